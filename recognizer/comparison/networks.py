"""Networks as classifiers of the study: any torch module, and the ones with a hidden layer or two (III-C-1, -3, -4 and -5)."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.comparison.costs import count
from recognizer.comparison.linear import View, flat
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit

BATCH = 128


class Network:
    """A torch module that gives penalties; ``prepare`` makes its input (n, ...) float32 of digits (n, 28, 28) uint8."""

    def __init__(self, network: nn.Module, prepare: Callable[[np.ndarray], np.ndarray]) -> None:
        self.network, self._prepare = network.eval(), prepare
        self.multiply_adds, self.stored = count(network, torch.from_numpy(prepare(np.zeros((1, 28, 28), np.uint8))))

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`."""
        with torch.inference_mode():
            parts = [
                self.network(torch.from_numpy(self._prepare(images[start : start + 500])))
                for start in range(0, len(images), 500)
            ]
        result: np.ndarray = torch.cat(parts).numpy()
        return result


class Perceptron(nn.Module):
    """Penalties of pixels (batch, inputs), through hidden layers of tanh units; none: a linear classifier."""

    def __init__(self, inputs: int, hidden: tuple[int, ...] = ()) -> None:
        super().__init__()
        sizes = (inputs, *hidden)
        self.hidden = nn.Sequential(*(layer for a, b in pairwise(sizes) for layer in (nn.Linear(a, b), nn.Tanh())))
        self.output = nn.Linear(sizes[-1], 10)

    def forward(self, pixels: Tensor) -> Tensor:
        """(batch, inputs) to penalties (batch, 10) in nats."""
        return -self.output(self.hidden(pixels))


class Products(nn.Module):
    """The linear classifier of the 40 principal components and their products (III-C-3): 821 inputs."""

    def __init__(self, pixels: np.ndarray, components: int = 40) -> None:
        super().__init__()
        centred = pixels - pixels.mean(0)
        _, vectors = np.linalg.eigh(centred.T @ centred / len(pixels))
        directions = vectors[:, ::-1][:, :components].T
        self.project = nn.Linear(pixels.shape[1], components)
        with torch.no_grad():
            self.project.weight.copy_(torch.from_numpy(directions.copy()))
            self.project.bias.copy_(torch.from_numpy(-directions @ pixels.mean(0)))
        self.project.requires_grad_(False)
        self.pairs: Tensor
        self.register_buffer("pairs", torch.triu_indices(components, components))
        with torch.no_grad():
            deviation = self._products(torch.from_numpy(pixels[:5000])).std(0)
        self.scale: Tensor
        self.register_buffer("scale", 1 / deviation)
        self.output = nn.Linear(self.pairs.shape[1], 10)

    def _products(self, pixels: Tensor) -> Tensor:
        components = self.project(pixels)
        return components[:, self.pairs[0]] * components[:, self.pairs[1]]

    def forward(self, pixels: Tensor) -> Tensor:
        """(batch, pixels) to penalties (batch, 10) in nats."""
        return -self.output(self._products(pixels) * self.scale)


def learn(
    network: nn.Module,
    inputs: Callable[[int], np.ndarray],
    classes: np.ndarray,
    schedule: Schedule,
    run: Run,
) -> None:
    """Train by cross-entropy in mini-batches for a fixed number of passes; ``inputs(k)`` (n, ...) are those of pass k.

    Nothing is chosen on the way: the averaged weights of the last pass are taken.
    """
    targets = torch.from_numpy(classes)

    def batches(number: int) -> Iterator[Batch]:
        images = torch.from_numpy(inputs(number))
        for chosen in torch.from_numpy(np.random.default_rng([1998, number]).permutation(len(classes))).split(BATCH):
            yield images[chosen], targets[chosen]

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        return functional.cross_entropy(-network(batch[0]), batch[1])

    fit(network, Training(schedule, -(-len(classes) // BATCH), batches, loss, lambda _: 0.0), run)


def flat_view(view: View) -> Callable[[np.ndarray], np.ndarray]:
    """Digits to the pixels of their view, about -0.1 to 1.2 as the LeNets see them."""
    return lambda images: flat(view, images) * np.float32(1.275) - np.float32(0.1)
