"""How ink falls into rows or columns when it is projected along different directions."""

import numpy as np


def pronounced(places: np.ndarray) -> np.ndarray:
    """How unevenly n points fall into rows, for each of K projections (K,): the sum of the squares of the rows' counts.

    ``places`` (K, n) are where each projection puts the points [rows].
    """
    rows = np.round(places).astype(int)
    rows -= rows.min()
    count, height = len(rows), int(rows.max()) + 1
    cells = rows + height * np.arange(count)[:, None]
    counts = np.bincount(cells.ravel(), minlength=height * count).reshape(count, height)
    squares: np.ndarray = (counts.astype(float) ** 2).sum(1)
    return squares
