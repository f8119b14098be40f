"""Characters a second: LeNet-5 by the book and as readers run it, the small net and the readers' network, against plain torch.

Each against the same layers as a plain ``torch.nn.Sequential``, measured in turns in the same run; and how long it takes to
learn: one pass of 60,000 distorted digits in mini-batches, and pattern by pattern, from a part of it.
"""

import copy
import time
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING

from recognizer import platform

if TYPE_CHECKING:
    from torch import nn

BATCHES, THREADS = (1, 16, 256), (1, 2)
ROUNDS = 15  # timings of each net, in turns
DIGITS = 60_000
LEARNT = 6_400  # digits that a pass is extrapolated from
BY_PATTERN = 1_500


def run() -> dict[str, float | int | str]:
    """Characters a second and their ratios to plain torch by batch and threads; seconds a pass of training takes."""
    import torch

    before = torch.get_num_threads()
    figures: dict[str, float | int | str] = {}
    try:
        for threads in THREADS:
            platform.set_threads(threads)
            for batch in BATCHES:
                figures |= _inference(batch, threads)
        figures |= _training()
    finally:
        platform.set_threads(before)
    return figures


def _inference(batch: int, threads: int) -> dict[str, float | int | str]:
    import torch
    from torch import nn

    from recognizer.networks.compact import Compact
    from recognizer.networks.inference import folded
    from recognizer.networks.layers import ScaledTanh
    from recognizer.networks.lenet5 import LeNet5
    from recognizer.networks.small import SmallNet

    plain = nn.Sequential(
        *(nn.Conv2d(1, 6, 5), ScaledTanh(), nn.AvgPool2d(2), ScaledTanh()),
        *(nn.Conv2d(6, 16, 5), ScaledTanh(), nn.AvgPool2d(2), ScaledTanh()),
        *(nn.Conv2d(16, 120, 5), ScaledTanh(), nn.Flatten(), nn.Linear(120, 84), ScaledTanh(), nn.Linear(84, 10)),
    ).eval()
    small, book, compact = SmallNet().eval(), LeNet5().eval(), Compact(1, 28, 28, 11).eval()
    plain_small = _plain(*small.features, small.output)
    plain_compact = _plain(*compact.features, *compact.hidden, compact.output)
    large, usual = torch.randn(batch, 1, 32, 32), torch.rand(batch, 1, 28, 28)
    with torch.inference_mode():
        lenet = _speeds(large, plain, book, folded(book))
        modern = _speeds(usual, plain_small, folded(small))
        readers = _speeds(usual, plain_compact, folded(compact))
    end = f"batch_{batch}_threads_{threads}"
    return {
        f"lenet5_{end}_per_s": round(lenet[1]),
        f"lenet5_{end}_ratio": round(lenet[1] / lenet[0], 2),
        f"lenet5_folded_{end}_per_s": round(lenet[2]),
        f"lenet5_folded_{end}_ratio": round(lenet[2] / lenet[0], 2),
        f"small_{end}_per_s": round(modern[1]),
        f"small_{end}_ratio": round(modern[1] / modern[0], 2),
        f"readers_{end}_per_s": round(readers[1]),
        f"readers_{end}_ratio": round(readers[1] / readers[0], 2),
    }


def _plain(*layers: "nn.Module") -> "nn.Sequential":
    """The layers as torch lays them out where nobody says otherwise."""
    from torch import contiguous_format, nn

    return nn.Sequential(*copy.deepcopy(layers)).to(memory_format=contiguous_format)  # type: ignore[call-overload]


def _speeds(images: object, *networks: Callable[[object], object]) -> list[float]:
    """Characters a second of each network: the median of timings that take turns, so that others' load meets all alike."""
    count = len(images)  # type: ignore[arg-type]
    repeats = max(1, 64 // count)
    seconds: list[list[float]] = [[] for _ in networks]
    for number in range(ROUNDS + 2):
        for network, times in zip(networks, seconds, strict=True):
            start = time.perf_counter()
            for _ in range(repeats):
                network(images)
            if number > 1:
                times.append((time.perf_counter() - start) / repeats)
    return [count / median(times) for times in seconds]


def _training() -> dict[str, float | int | str]:
    import numpy as np
    import torch

    from recognizer.networks.lenet5 import LeNet5
    from recognizer.networks.levenberg import Levenberg
    from recognizer.networks.losses import map_loss
    from recognizer.networks.pattern import chain_of, learn
    from recognizer.training.recipes.digits import lenet5_distorted

    generator = np.random.default_rng(0)
    digits, classes = torch.rand(LEARNT, 1, 28, 28) * 255, torch.randint(0, 10, (LEARNT,))
    network = LeNet5()
    optimiser = torch.optim.AdamW((p for p in network.parameters() if p.requires_grad), 1e-3)
    seconds: list[float] = []
    for chosen in torch.arange(LEARNT).split(64):
        start = time.perf_counter()
        optimiser.zero_grad()
        map_loss(network(lenet5_distorted(digits[chosen], generator)), classes[chosen], 10.0).backward()
        optimiser.step()
        seconds.append((time.perf_counter() - start) / len(chosen))

    network = LeNet5()
    stochastic = Levenberg(network)
    patterns = torch.randn(BY_PATTERN, 32, 32).numpy()
    learn(chain_of(network, 32), patterns[:1], classes[:1].numpy(), stochastic.weights, stochastic.rates, 10.0)
    start = time.perf_counter()
    learn(chain_of(network, 32), patterns, classes[:BY_PATTERN].numpy(), stochastic.weights, stochastic.rates, 10.0)
    by_pattern = (time.perf_counter() - start) / BY_PATTERN
    return {
        "training_pass_s": round(DIGITS * median(seconds), 1),
        "training_pass_by_pattern_s": round(DIGITS * by_pattern, 1),
    }
