"""What the study shows beside its table: learning curves, training-set sizes, optimisers, and what LeNet-5 withstands (III-B)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from scipy.ndimage import affine_transform
from torch import nn

from recognizer.comparison.lenets import BATCH, OF_84_UNITS, framed, widely_started
from recognizer.comparison.networks import Network
from recognizer.comparison.study import Study, timed
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.losses import likelihood_loss
from recognizer.networks.pattern import chain_of, learn
from recognizer.networks.store import load_model
from recognizer.platform import resources_folder
from recognizer.training.learning.by_pattern import Stochastic, learn_by_pattern

SIZES = (15_000, 30_000)  # and 60,000, which is a row of the table
PASSES = 6  # of the comparison of optimisers
LIKELIHOOD = Stochastic(None, damping=0.2)  # what they minimise
STEEPEST = 2e-4  # rate of plain stochastic gradient, the best of 1e-4, 2e-4 and 5e-4 over one pass


def by_pass(study: Study) -> dict[str, Any]:
    """Training and test error of LeNet-5 by the book after each of its passes; nothing is chosen by them."""
    course = torch.load(study.work / "lenet5-plain.checkpoint", weights_only=True)
    network = LeNet5()
    chosen = np.random.default_rng(0).choice(len(study.training.classes), 10_000, False)
    train, test = [], []
    for weights in course["weights"]:
        _set(network, weights)
        train.append(_error(network, study.training.images[chosen], study.training.classes[chosen]))
        test.append(_error(network, study.test.images, study.test.classes))
    return {"training": train, "test": test, "while_learning": course["misread"], "median_rate": course["rates"]}


def by_size(study: Study) -> dict[str, Any]:
    """Test error of LeNet-5 by the book after 20 passes of fewer digits."""
    errors: dict[str, float] = {}
    for size in SIZES:
        torch.manual_seed(1998)
        network = widely_started()
        images, name = framed(study.training.images[:size])[:, 0], f"lenet5-{size}"
        learn_by_pattern(
            network,
            lambda _, images=images: images,  # type: ignore[misc]
            study.training.classes[:size],
            OF_84_UNITS,
            timed(study, name),
        )
        errors[str(size)] = _error(network, study.test.images, study.test.classes)
    return errors


def by_optimiser(study: Study) -> dict[str, Any]:
    """Validation error of LeNet-5 by pass, on 55,000 digits and by mean squared error: its own optimiser, one rate for all,
    AdamW in mini-batches."""
    size = len(study.training.classes) - len(study.validation.classes)
    images, classes = framed(study.training.images[:size])[:, 0], study.training.classes[:size]
    order = np.random.default_rng(1998).permutation(size)

    def levenberg() -> list[float]:
        network = _fresh()
        how = replace(LIKELIHOOD, rates=(5e-4, 5e-4, 2e-4, 2e-4, 2e-4, 1e-4)[:PASSES])
        course = learn_by_pattern(network, lambda _: images, classes, how, timed(study, "optimiser-levenberg"))
        errors = []
        for weights in course.weights:
            _set(network, weights)
            errors.append(_validation_error(study, network))
        return errors

    def steepest() -> list[float]:
        network, errors = _fresh(), []
        weights = torch.cat([p.detach().reshape(-1) for p in network.parameters() if p.requires_grad])
        chain, rates = chain_of(network, 32), torch.full_like(weights, STEEPEST)
        for number in range(PASSES):
            learn(chain, images[order], classes[order], weights, rates, LIKELIHOOD.rubbish)
            _set(network, weights)
            errors.append(_validation_error(study, network))
            study.report(f"one rate, pass {number + 1}: {errors[-1]:.2%}")
        return errors

    def adamw() -> list[float]:
        network, errors = _fresh(), []
        optimiser = torch.optim.AdamW((p for p in network.parameters() if p.requires_grad), 2e-3)
        tensors, targets = torch.from_numpy(images)[:, None], torch.from_numpy(classes)
        for number in range(PASSES):
            for chosen in torch.from_numpy(order).split(BATCH):
                optimiser.zero_grad()
                likelihood_loss(network(tensors[chosen]), targets[chosen]).backward()
                optimiser.step()
            errors.append(_validation_error(study, network))
            study.report(f"AdamW, pass {number + 1}: {errors[-1]:.2%}")
        return errors

    return {
        "stochastic diagonal Levenberg-Marquardt": levenberg(),
        f"stochastic gradient, one rate ({STEEPEST:g})": steepest(),
        "AdamW, batches of 64": adamw(),
    }


def robustness(study: Study) -> dict[str, Any]:
    """Error of the shipped LeNet-5 on 2,000 validation digits that are inverted in places, scaled, turned and shifted."""
    network = load_model(resources_folder() / "models" / "lenet5.safetensors").network
    images, classes = study.validation.images[:2000], study.validation.classes[:2000]
    generator = np.random.default_rng(0)

    def noisy(amount: float) -> np.ndarray:
        return np.where(generator.random(images.shape) < amount, 255 - images, images)

    def turned(degrees: float) -> np.ndarray:
        c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
        return _mapped(images, np.array([[c, -s], [s, c]]))

    tests: dict[str, tuple[Callable[[float], np.ndarray], list[float]]] = {
        "share of inverted pixels": (noisy, [0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3]),
        "scale": (lambda k: _mapped(images, np.eye(2) / k), [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35]),
        "rotation [degrees]": (turned, [-60, -45, -30, -20, -10, 0, 10, 20, 30, 45, 60]),
        "shift down [px]": (lambda d: np.roll(images, int(d), 1), [-8, -6, -4, -2, 0, 2, 4, 6, 8]),
        "shift across [px]": (lambda d: np.roll(images, int(d), 2), [-8, -6, -4, -2, 0, 2, 4, 6, 8]),
    }
    return {
        what: {"amounts": amounts, "errors": [_error(network, make(amount), classes) for amount in amounts]}
        for what, (make, amounts) in tests.items()
    }


EXPERIMENTS: dict[str, Callable[[Study], dict[str, Any]]] = {
    "robustness": robustness,
    "by_pass": by_pass,
    "by_size": by_size,
    "by_optimiser": by_optimiser,
}


def _mapped(images: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Images (n, 28, 28) under a linear map about their middle, places of the result to places of the original."""
    middle = np.array([13.5, 13.5])
    return np.stack([affine_transform(image, matrix, middle - matrix @ middle, order=1) for image in images])


def _fresh() -> LeNet5:
    torch.manual_seed(1998)
    return LeNet5()


def _set(network: nn.Module, weights: torch.Tensor) -> None:
    trainable = [parameter for parameter in network.parameters() if parameter.requires_grad]
    nn.utils.vector_to_parameters(weights, trainable)


def _validation_error(study: Study, network: nn.Module) -> float:
    return _error(network, study.validation.images, study.validation.classes)


def _error(network: nn.Module, images: np.ndarray, classes: np.ndarray) -> float:
    return float((Network(network, framed).penalties(images).argmin(1) != classes).mean())
