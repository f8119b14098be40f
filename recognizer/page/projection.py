"""How ink falls into rows or columns when it is projected along different directions."""

import numpy as np

from recognizer.kernels import kernel


@kernel
def pronounced(places: np.ndarray) -> np.ndarray:
    """How unevenly n points fall into rows, for each of K projections (K,): the sum of the squares of the rows' counts.

    ``places`` (K, n) are where each projection puts the points [rows].
    """
    squares = np.zeros(len(places))
    for k in range(len(places)):
        first = np.rint(places[k].min())
        counts = np.zeros(int(np.rint(places[k].max()) - first) + 1)
        for place in places[k]:
            counts[int(np.rint(place) - first)] += 1
        squares[k] = (counts * counts).sum()
    return squares
