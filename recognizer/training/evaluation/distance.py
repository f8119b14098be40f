"""How far a reading is from the truth."""

from collections.abc import Iterable, Sequence


def edit_distance(read: Sequence[object], truth: Sequence[object]) -> int:
    """Least number of insertions, deletions and substitutions that make one sequence the other (Levenshtein)."""
    row = list(range(len(truth) + 1))
    for i, symbol in enumerate(read):
        corner, row[0] = row[0], i + 1
        for j, wanted in enumerate(truth):
            corner, row[j + 1] = row[j + 1], min(corner + (symbol != wanted), row[j] + 1, row[j + 1] + 1)
    return row[-1]


def error_rates(pairs: Iterable[tuple[Sequence[object], Sequence[object]]]) -> tuple[float, float]:
    """Of sequences as read and as meant: the share that is not read exactly, and edits for each symbol that is meant."""
    edits = symbols = wrong = count = 0
    for read, truth in pairs:
        distance = edit_distance(read, truth)
        edits, symbols, wrong, count = edits + distance, symbols + len(truth), wrong + (distance > 0), count + 1
    return wrong / max(count, 1), edits / max(symbols, 1)
