"""How far two texts are from each other."""

from collections.abc import Sequence

import numpy as np

from recognizer.kernels import kernel


def edit_distance(read: Sequence[object], truth: Sequence[object]) -> int:
    """Least number of insertions, deletions and substitutions that make one sequence the other (Levenshtein)."""
    known: dict[object, int] = {}
    numbers = [np.array([known.setdefault(symbol, len(known)) for symbol in each], np.int32) for each in (read, truth)]
    return int(_edit_distance(*numbers))


@kernel
def _edit_distance(read: np.ndarray, truth: np.ndarray) -> int:
    row = np.arange(len(truth) + 1)
    for i in range(len(read)):
        corner, row[0] = row[0], i + 1
        for j in range(len(truth)):
            edits = min(corner + (read[i] != truth[j]), row[j] + 1, row[j + 1] + 1)
            corner, row[j + 1] = row[j + 1], edits
    return row[-1]
