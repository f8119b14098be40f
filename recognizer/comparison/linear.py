"""Classifiers whose last step is linear in some fixed features (section III-C-1, -3 and -4), in closed form."""

from collections.abc import Callable

import numpy as np

View = Callable[[np.ndarray], np.ndarray]  # digits (n, 28, 28) uint8 to ink (n, rows, columns) float32


def with_one(features: np.ndarray) -> np.ndarray:
    """(n, d) with a column of ones, for the bias."""
    return np.concatenate([features, np.ones((len(features), 1), np.float32)], 1)


def flat(view: View, images: np.ndarray) -> np.ndarray:
    """The pixels (n, d) float32 of a view of the digits."""
    ink = view(images)
    return ink.reshape(len(ink), -1)


class Pairwise:
    """45 linear units, one for each pair of digits, taught +1 for one and -1 for the other by least squares.

    A digit's penalty is the sum of what speaks for the others against it.
    """

    def __init__(self, view: View, images: np.ndarray, classes: np.ndarray, ridge: float = 10.0) -> None:
        self._view = view
        pixels = with_one(flat(view, images))
        products = [pixels[classes == c].T @ pixels[classes == c] for c in range(10)]
        sums = [pixels[classes == c].sum(0) for c in range(10)]
        self._pairs = [(i, j) for i in range(10) for j in range(i)]
        damping = ridge * np.eye(pixels.shape[1], dtype=np.float32)
        self._weights = np.stack(
            [np.linalg.solve(products[i] + products[j] + damping, sums[i] - sums[j]) for i, j in self._pairs], 1
        )
        self.multiply_adds = self.stored = self._weights.size

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`."""
        units = np.clip(with_one(flat(self._view, images)) @ self._weights, -1, 1)
        result = np.zeros((len(images), 10), np.float32)
        for (i, j), unit in zip(self._pairs, units.T, strict=True):
            result[:, i] -= unit
            result[:, j] += unit
        return result


class RadialUnits:
    """1000 Gaussian units, 100 centres for each digit by k-means, and a linear layer by regularised least squares."""

    def __init__(
        self,
        view: View,
        images: np.ndarray,
        classes: np.ndarray,
        centres: int = 100,
        width: float = 0.5,
        ridge: float = 1e-3,
        seed: int = 0,
    ) -> None:
        from sklearn.cluster import KMeans  # type: ignore[import-untyped]

        self._view = view
        pixels = flat(view, images)
        each = [
            KMeans(min(centres, int((classes == c).sum())), n_init=1, max_iter=30, random_state=seed).fit(
                pixels[classes == c]
            )
            for c in range(10)
        ]
        self._centres = np.concatenate([model.cluster_centers_ for model in each]).astype(np.float32)
        spread = sum(model.inertia_ for model in each) / len(pixels)  # mean squared distance to the nearest centre
        self._rate = np.float32(width / spread)
        units = with_one(self._units(pixels))
        targets = 2 * np.eye(10, dtype=np.float32)[classes] - 1
        damping = ridge * len(units) / units.shape[1] * np.eye(units.shape[1])
        self._weights = np.linalg.solve(units.T.astype(float) @ units + damping, units.T @ targets).astype(np.float32)
        self.multiply_adds = self.stored = self._centres.size + self._weights.size

    def _units(self, pixels: np.ndarray) -> np.ndarray:
        squares = (pixels**2).sum(1)[:, None] + (self._centres**2).sum(1) - 2 * pixels @ self._centres.T
        return np.exp(-self._rate * squares)

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`."""
        parts = [part for part in np.array_split(images, max(len(images) // 1000, 1)) if len(part)]
        return np.concatenate([-with_one(self._units(flat(self._view, part))) @ self._weights for part in parts])
