"""Tangent distance (III-C-6; Simard, LeCun and Denker, 1993): nearest neighbours up to small distortions of both sides.

A digit may be shifted, scaled, rotated, squeezed along both pairs of axes and made bolder; to first order these move it in
a plane of seven dimensions, and the distance of two digits is that of their planes.
"""

import numpy as np
from numba import njit
from scipy.ndimage import gaussian_filter1d

from recognizer.comparison.linear import View
from recognizer.comparison.neighbours import nearest

TANGENTS = 7
SHARPNESS = 8  # a template twice as far as the nearest votes with 2^-8 of its weight
MARGIN = 2  # px of paper around an image, so that ink at its edge has slopes on both sides


def tangents(ink: np.ndarray) -> np.ndarray:
    """The directions (n, 7, pixels) that the distortions move images (n, side, side) in, not normalised.

    In order: shift across, shift down, scale, rotation, squeeze along the axes, squeeze along the diagonals, thickness.
    """
    side = ink.shape[-1]
    down, across = np.gradient(ink, axis=(1, 2))
    places = (np.arange(side, dtype=np.float32) - (side - 1) / 2) / (side / 2)
    x, y = places[None, None, :], places[None, :, None]
    directions = (
        across,
        down,
        x * across + y * down,
        y * across - x * down,
        x * across - y * down,
        y * across + x * down,
        across**2 + down**2,
    )
    return np.stack(directions, 1).reshape(len(ink), TANGENTS, -1).astype(np.float32)


def planes(ink: np.ndarray) -> np.ndarray:
    """Orthonormal bases (n, 7, pixels) of the tangent planes."""
    result = np.empty((len(ink), TANGENTS, ink[0].size), np.float32)
    for start in range(0, len(ink), 2000):
        part = tangents(ink[start : start + 2000])
        # An empty image has no tangents.
        part += 1e-6 * np.random.default_rng(0).standard_normal(part.shape, np.float32)
        result[start : start + 2000] = np.linalg.qr(part.transpose(0, 2, 1))[0].transpose(0, 2, 1)
    return result


class TangentDistance:
    """The weighted vote of the k nearest by two-sided tangent distance, looked for among the nearest by Euclidean distance.

    ``blur`` [px] smooths the images, ``stiffness`` is what moving away from them costs, as a share of the squared way. The
    ink of each image is divided by the square root of its length, so that bold digits are not far from all others.
    """

    def __init__(
        self,
        view: View,
        images: np.ndarray,
        classes: np.ndarray,
        k: int = 4,
        candidates: int = 300,
        blur: float = 0.65,
        stiffness: float = 0.01,
    ) -> None:
        self._view, self._k, self._blur, self._stiffness = view, k, blur, np.float32(stiffness)
        self._candidates = min(candidates, len(images))
        self._ink = self._smooth(images)
        self._planes = planes(self._ink)
        self._classes = classes
        pixels = self._ink[0].size
        self.stored = self._ink.size + self._planes.size
        self.multiply_adds = self._ink.size + self._candidates * pixels * (TANGENTS**2 + 2 * TANGENTS + 1)

    def _smooth(self, images: np.ndarray) -> np.ndarray:
        ink = np.pad(self._view(images), ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN)))
        for axis in (1, 2):
            ink = gaussian_filter1d(ink, self._blur, axis)
        length = np.sqrt((ink**2).sum((1, 2), keepdims=True)).clip(min=1e-6)
        return ink / np.sqrt(length)

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`."""
        ink = self._smooth(images)
        flat, templates = ink.reshape(len(ink), -1), self._ink.reshape(len(self._ink), -1)
        bases = planes(ink)
        result = np.empty((len(images), 10), np.float32)
        for chosen, _, neighbours in nearest(flat, templates, self._candidates):
            distances = tangent_distances(
                flat[chosen], bases[chosen], templates, self._planes, neighbours, self._stiffness
            )
            result[chosen] = weighted_vote(distances, self._classes[neighbours], self._k)
        return result


def weighted_vote(distances: np.ndarray, classes: np.ndarray, k: int) -> np.ndarray:
    """Penalties (n, 10) [nats] by the k nearest of candidates with squared ``distances`` (n, c) and ``classes`` (n, c).

    Each votes with the power `SHARPNESS` of its distance to the nearest one's. A class with no vote has that of its nearest
    candidate, which is less than any.
    """
    distances = distances.clip(min=1e-12)
    weights = (distances.min(1, keepdims=True) / distances) ** (SHARPNESS / 2)
    order = np.argsort(distances, 1, kind="stable")[:, :k]
    voters, votes = np.take_along_axis(classes, order, 1), np.take_along_axis(weights, order, 1)
    sums = np.stack([np.where(voters == c, votes, 0).sum(1) for c in range(10)], 1)
    best = np.stack([np.where(classes == c, weights, 0).max(1) for c in range(10)], 1)
    penalties: np.ndarray = -np.log(np.maximum(sums, best).clip(min=1e-9))
    return penalties


@njit(fastmath=True, cache=True)
def tangent_distances(
    patterns: np.ndarray,
    bases: np.ndarray,
    templates: np.ndarray,
    planes_: np.ndarray,
    neighbours: np.ndarray,
    stiffness: np.float32,
) -> np.ndarray:
    """Squared tangent distances (n, candidates) of each pattern and each of its candidates.

    With orthonormal bases P and Q and d the difference: |d|^2 - r' M^-1 r, where r = (P d, Q d) and M = [(1 + s) I, P Q'; Q P', (1 + s) I].
    """
    result = np.empty(neighbours.shape, np.float32)
    size, t = patterns.shape[1], bases.shape[1]
    difference = np.empty(size, np.float32)
    matrix, right = np.empty((2 * t, 2 * t), np.float32), np.empty(2 * t, np.float32)
    for n in range(len(patterns)):
        for c in range(neighbours.shape[1]):
            other = neighbours[n, c]
            total = np.float32(0)
            for p in range(size):
                difference[p] = patterns[n, p] - templates[other, p]
                total += difference[p] * difference[p]
            matrix[:] = 0
            for i in range(2 * t):
                matrix[i, i] = 1 + stiffness
            for i in range(t):
                ours, theirs = np.float32(0), np.float32(0)
                for p in range(size):
                    ours += bases[n, i, p] * difference[p]
                    theirs += planes_[other, i, p] * difference[p]
                right[i], right[t + i] = ours, theirs
                for j in range(t):
                    product = np.float32(0)
                    for p in range(size):
                        product += bases[n, i, p] * planes_[other, j, p]
                    matrix[i, t + j] = matrix[t + j, i] = product
            result[n, c] = max(total - _quadratic(matrix, right), np.float32(0))
    return result


@njit(fastmath=True, cache=True)
def _quadratic(matrix: np.ndarray, right: np.ndarray) -> np.float32:
    """r' M^-1 r by elimination in place; M is symmetric and positive."""
    total = np.float32(0)
    for i in range(len(right)):
        total += right[i] * right[i] / matrix[i, i]
        for j in range(i + 1, len(right)):
            factor = matrix[j, i] / matrix[i, i]
            right[j] -= factor * right[i]
            for k in range(i + 1, len(right)):
                matrix[j, k] -= factor * matrix[i, k]
    return total
