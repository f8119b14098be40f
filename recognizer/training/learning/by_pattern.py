"""Training as in 1998: one pattern at a time, with a rate for each weight from second derivatives (appendix C)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.files import replacing
from recognizer.networks.curvature import diagonal, likelihood_curvature, map_curvature, scaled
from recognizer.networks.levenberg import DAMPING, Levenberg
from recognizer.networks.pattern import chain_of, learn
from recognizer.training.learning.loop import Run

RATES = (5e-4,) * 2 + (2e-4,) * 3 + (1e-4,) * 3 + (5e-5,) * 4 + (1e-5,) * 8  # eta of each of the 20 passes (III-B)
FIRST_STRETCH = 25  # patterns until the second estimate of the curvature
ESTIMATED_ON = 500  # patterns that the curvature is estimated on before each pass


@dataclass(frozen=True)
class Stochastic:
    """What is minimised and how fast: the discriminative loss, or, where there is no ``rubbish``, the likelihood (mean squared
    error), of the penalties times ``scale``; a pass for each of the global ``rates``."""

    rubbish: float | None
    rates: tuple[float, ...] = RATES
    damping: float = DAMPING  # mu: what is added to the curvature of a weight
    scale: float = 1.0  # of the penalties: where codes differ in many units, less than 1 lets their classes compete
    seed: int = 1998  # of the order of patterns, and of those that the curvature is estimated on


@dataclass
class Course:
    """What a run leaves: mean loss, errors made while learning and rates by pass, and the weights after each pass."""

    losses: list[float]
    misread: list[float]  # share of patterns that were misread when their turn came
    rates: list[float]  # the middle one of the weights' own rates
    weights: list[Tensor]  # (P,) after each pass, in the order of the trainable parameters


def learn_by_pattern(
    network: nn.Module, patterns: Callable[[int], np.ndarray], classes: np.ndarray, how: Stochastic, run: Run
) -> Course:
    """Train ``network`` in place.

    ``patterns(k)`` are the images (n, side, side) float32 of pass k, always in the order of ``classes`` (n,); they are
    shown in one random order that never changes. The curvature is estimated before each pass, as published, and in the
    first pass again after 25, 50, 100, ... patterns: the first weights are so small that it grows ten thousandfold there.
    Each pass ends with a checkpoint, from which a run that resumes goes on.
    """
    course, checkpoint = Course([], [], [], []), run.checkpoint()
    optimiser = Levenberg(network, how.damping)
    curvature = likelihood_curvature if how.rubbish is None else map_curvature(how.rubbish)
    if run.resume and checkpoint.exists():
        course = Course(**torch.load(checkpoint, weights_only=True))
        optimiser.weights.copy_(course.weights[-1])
    order = np.random.default_rng(how.seed).permutation(len(classes))
    for number in range(len(course.losses), len(how.rates)):
        images = patterns(number)
        generator = np.random.default_rng([how.seed, number])
        chain = chain_of(network, images.shape[-1])
        total, misread = 0.0, 0
        for part in _stretches(len(order), first=number == 0):
            chosen = generator.choice(len(classes), min(ESTIMATED_ON, len(classes)), False)
            batch = torch.from_numpy(images[chosen][:, None]), torch.from_numpy(classes[chosen])
            optimiser.set_rates(how.rates[number], diagonal(network, [batch], scaled(curvature, how.scale)))
            shown = order[part]
            mean, wrong = learn(
                chain, images[shown], classes[shown], optimiser.weights, optimiser.rates, how.rubbish, how.scale
            )
            total, misread = total + mean * len(shown), misread + wrong
        loss = total / len(order)
        course.losses.append(loss)
        course.misread.append(misread / len(classes))
        course.rates.append(float(optimiser.rates.median()))
        course.weights.append(optimiser.weights.clone())
        with replacing(checkpoint) as file:
            torch.save(vars(course), file)
        run.report(
            f"pass {number + 1}/{len(how.rates)}: loss {loss:.4f}, {misread / len(classes):.2%} misread while learning"
        )
    network.eval()
    return course


def _stretches(count: int, first: bool) -> Iterator[slice]:
    """The parts of a pass that one estimate of the curvature serves."""
    start, end = 0, FIRST_STRETCH if first else count
    while start < count:
        yield slice(start, min(end, count))
        start, end = end, 2 * end
