"""How far a reading is from the truth."""

from collections.abc import Sequence


def edit_distance(read: Sequence[object], truth: Sequence[object]) -> int:
    """Least number of insertions, deletions and substitutions that make one sequence the other (Levenshtein)."""
    row = list(range(len(truth) + 1))
    for i, symbol in enumerate(read):
        corner, row[0] = row[0], i + 1
        for j, wanted in enumerate(truth):
            corner, row[j + 1] = row[j + 1], min(corner + (symbol != wanted), row[j] + 1, row[j + 1] + 1)
    return row[-1]
