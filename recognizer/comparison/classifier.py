"""What every classifier of the study is: penalties for ten digits, and what one answer costs."""

from typing import Protocol

import numpy as np


class Classifier(Protocol):
    """Reads digits. ``multiply_adds`` is what one answer takes, ``stored`` how many numbers must be kept for it."""

    multiply_adds: int
    stored: int

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """Penalties (n, 10) of digits (n, 28, 28) uint8: the lowest is the answer, the gap to the next how sure it is."""


def from_votes(distances: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """Penalties of a vote among the nearest templates.

    ``distances`` (n, 10) are those to each class's nearest template, ``neighbours`` (n, k) the classes of the k nearest.
    A vote counts one; what is less than a vote, the nearness of the class, breaks ties.
    """
    votes = (neighbours[:, :, None] == np.arange(10)).sum(1)
    nearest = distances.min(1, keepdims=True)
    return distances / (distances + nearest).clip(min=1e-12) - votes
