"""Nearest neighbours by Euclidean distance (section III-C-2)."""

from collections.abc import Iterator

import numpy as np

from recognizer.comparison.classifier import from_votes
from recognizer.comparison.linear import View, flat

CHUNK = 250  # patterns compared with all templates at a time: 60 MB


def nearest(patterns: np.ndarray, templates: np.ndarray, count: int) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
    """For chunks of ``patterns`` (n, d): which ones, their squared distances to all ``templates`` (m, d), and the
    numbers of the ``count`` nearest, nearest first."""
    squares = (templates**2).sum(1)
    for start in range(0, len(patterns), CHUNK):
        chosen = slice(start, min(start + CHUNK, len(patterns)))
        part = patterns[chosen]
        distances = (part**2).sum(1)[:, None] + squares - 2 * part @ templates.T
        several = np.argpartition(distances, min(count, len(templates) - 1), 1)[:, :count]
        order = np.argsort(np.take_along_axis(distances, several, 1), 1, kind="stable")
        yield chosen, distances.clip(min=0), np.take_along_axis(several, order, 1)


class NearestNeighbours:
    """The vote of the k nearest of all training digits."""

    def __init__(self, view: View, images: np.ndarray, classes: np.ndarray, k: int = 3) -> None:
        order = np.argsort(classes, kind="stable")
        self._view, self._k = view, k
        self._templates, self._classes = flat(view, images)[order], classes[order]
        self.multiply_adds = self.stored = self._templates.size

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`: (n, 10) of digits (n, 28, 28)."""
        return vote(flat(self._view, images), self._templates, self._classes, self._k)


def vote(patterns: np.ndarray, templates: np.ndarray, classes: np.ndarray, k: int) -> np.ndarray:
    """Penalties (n, 10) of the k nearest; ``classes`` of the templates must be sorted, each of the ten there."""
    starts = np.searchsorted(classes, np.arange(10))
    result = np.empty((len(patterns), 10), np.float32)
    for chosen, distances, neighbours in nearest(patterns, templates, k):
        by_class = np.sqrt(np.minimum.reduceat(distances, starts, 1))
        result[chosen] = from_votes(by_class, classes[neighbours])
    return result
