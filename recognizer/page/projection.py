"""How ink falls into rows or columns when it is projected along different directions."""

import numpy as np

from recognizer.kernels import kernel


@kernel
def pronounced(across: np.ndarray, along: np.ndarray, turns: np.ndarray) -> np.ndarray:
    """How unevenly n points fall into rows, for each of K projections (K,): the sum of the squares of the rows' counts.

    Each of the ``turns`` (K, 2) puts the points at so many times their place ``across`` (n,) less so many times that ``along`` (n,)
    [rows].
    """
    squares = np.zeros(len(turns))
    rows = np.empty(len(across), np.int32)
    for k in range(len(turns)):
        for i in range(len(across)):
            rows[i] = np.int32(np.rint(turns[k, 0] * across[i] - turns[k, 1] * along[i]))
        first = rows.min()
        counts = np.zeros(rows.max() - first + 1)
        for row in rows:
            counts[row - first] += 1
        squares[k] = (counts * counts).sum()
    return squares
