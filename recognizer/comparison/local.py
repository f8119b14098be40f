"""LeNet-4's last hidden layer with another classifier on it: nearest neighbours, and local learning (section III-C-8; Bottou and
Vapnik, 1992)."""

import numpy as np
import torch

from recognizer.comparison.costs import count
from recognizer.comparison.neighbours import nearest, vote
from recognizer.comparison.variants import padded, regular
from recognizer.networks.lenet4 import LeNet4


class _OnFeatures:
    """The 120 features of LeNet-4 for all training digits, sorted by class."""

    def __init__(self, network: LeNet4, images: np.ndarray, classes: np.ndarray) -> None:
        self._network = network
        order = np.argsort(classes, kind="stable")
        self._templates, self._classes = self._features(images[order]), classes[order]
        adds, stored = count(network, torch.zeros(1, 1, 32, 32))
        self.multiply_adds, self.stored = adds + self._templates.size, stored + self._templates.size

    def _features(self, images: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            parts = [
                self._network.features(torch.from_numpy(padded(regular(images[start : start + 500]), 32)[:, None]))
                for start in range(0, len(images), 500)
            ]
        result: np.ndarray = torch.cat(parts).numpy()
        return result


class FeatureNeighbours(_OnFeatures):
    """The vote of the k nearest in the space of the features."""

    def __init__(self, network: LeNet4, images: np.ndarray, classes: np.ndarray, k: int = 5) -> None:
        super().__init__(network, images, classes)
        self._k = k

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`: (n, 10) of digits (n, 28, 28)."""
        return vote(self._features(images), self._templates, self._classes, self._k)


class LocalLearning(_OnFeatures):
    """For each digit a linear layer of its own, trained on the training digits nearest to it.

    It starts from what the network's own last layer answers and learns what that leaves, by least squares with ``decay``.
    """

    def __init__(
        self, network: LeNet4, images: np.ndarray, classes: np.ndarray, neighbours: int = 200, decay: float = 10.0
    ) -> None:
        super().__init__(network, images, classes)
        self._neighbours, self._decay = neighbours, decay
        self._left = np.float32(2) * np.eye(10, dtype=np.float32)[self._classes] - 1 - self._outputs(self._templates)
        size = self._templates.shape[1]
        self.multiply_adds += neighbours * size * (size + 1) // 2 + size**3 // 6 + 10 * size * (neighbours + size)

    def _outputs(self, features: np.ndarray) -> np.ndarray:
        """Answers (n, 10) of the network's own last layer, between -1.7 and 1.7."""
        with torch.inference_mode():
            maps = torch.from_numpy(features)[:, :, None, None]
            result: np.ndarray = self._network.squash(self._network.f6(maps)).flatten(1).numpy()
        return result

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`: (n, 10) of digits (n, 28, 28)."""
        features = self._features(images)
        outputs = self._outputs(features)
        damping = self._decay * torch.eye(features.shape[1])
        for chosen, _, near in nearest(features, self._templates, self._neighbours):
            around = torch.from_numpy(self._templates[near] - features[chosen][:, None])  # the digit is the origin
            left = torch.from_numpy(self._left[near])
            middle = around.mean(1, keepdim=True)
            mean = left.mean(1, keepdim=True)
            spread = (around - middle).transpose(1, 2)
            slopes = torch.linalg.solve(spread @ (around - middle) + damping, spread @ (left - mean))
            outputs[chosen] += (mean - middle @ slopes)[:, 0].numpy()
        return -outputs
