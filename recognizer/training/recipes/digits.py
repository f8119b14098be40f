"""The recipes of digits: MNIST under distortions, the pass chosen on validation digits. LeNet-5 by the book (1998 paper, section
III-B), and the modern small net."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.networks.lenet5 import LeNet5, to_grey_levels
from recognizer.networks.losses import map_loss
from recognizer.networks.small import SmallNet
from recognizer.networks.store import save_model
from recognizer.training.data.mnist import load_digits
from recognizer.training.evaluation.digits import error_rate, framed, scaled
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.synthesis.distort import Affine, Elastic, distort

RUBBISH = 10.0  # j of LeNet-5's loss: between the penalty of a well-read digit and the distance of neighbouring codes
SMOOTHING = 0.02  # share of the small net's target given to all classes alike: some labels are wrong


@dataclass(frozen=True)
class Cycle:
    """Passes with digits that are distorted in one way, with one rise and fall of the learning rate."""

    distorted: Callable[[Tensor, np.random.Generator], Tensor]  # ink (n, 1, 28, 28) in 0..255 as the network's input
    schedule: Schedule


@dataclass(frozen=True)
class Settings:
    """One recipe: a network, how digits are shown to it, what it minimises."""

    name: str
    distortions: str  # by name, for the card
    network: Callable[[], nn.Module]
    cycles: tuple[Cycle, ...]  # one after the other
    judged: Callable[[np.ndarray], Tensor]  # of digits (n, 28, 28) uint8, each once or more: what passes are judged by
    loss: Callable[[nn.Module, Batch], Tensor]
    batch: int
    seed: int


def train_digits(run: Run, settings: Settings) -> None:
    """Train on 55,000 digits of an MNIST folder and choose the pass on the other 5,000."""
    torch.manual_seed(settings.seed)
    training, validation = load_digits(run.data, "train"), load_digits(run.data, "val")
    network = settings.network()
    images, classes = torch.from_numpy(training.images), torch.from_numpy(training.classes)

    judged = settings.judged(validation.images)
    answers = np.resize(validation.classes, len(judged))

    def batches(distorted: Callable[[Tensor, np.random.Generator], Tensor], number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([settings.seed, number])
        order = torch.from_numpy(generator.permutation(len(images)))
        for chosen in order.split(settings.batch):
            yield distorted(images[chosen, None].float(), generator), classes[chosen]

    def validate(network: nn.Module) -> float:
        return error_rate(network, judged, answers)

    steps = -(-len(images) // settings.batch)
    passes = 0
    for number, cycle in enumerate(settings.cycles):
        shown = partial(batches, cycle.distorted)
        progress = fit(network, Training(cycle.schedule, steps, shown, settings.loss, validate), run, f"cycle-{number}")
        passes += progress.done
    card = {
        "recipe": settings.name,
        "data": f"MNIST (Y. LeCun, C. Cortes, C. Burges): the first 55,000 training digits, {settings.distortions} distortions",
        "figures": {
            "validation error on the other 5,000": progress.best_error,
            "times each of these was shown": len(judged) // len(validation.classes),
        },
        "passes": passes,
        "classes": list("0123456789"),
    }
    save_model(run.out, network, {}, card)


def lenet5_distorted(ink: Tensor, generator: np.random.Generator) -> Tensor:
    """Ink (n, 1, 28, 28) in 0..255, each under a planar map of its own, as LeNet-5's input (n, 1, 32, 32)."""
    return to_grey_levels(distort(ink, Affine(), generator, 32))


def _lenet5_loss(network: nn.Module, batch: Batch) -> Tensor:
    return map_loss(network(batch[0]), batch[1], RUBBISH)


def _bent(ink: Tensor, generator: np.random.Generator, share: float) -> Tensor:
    """Ink (n, 1, 28, 28) in 0..255 as the small net's input, each under a planar and an elastic map of its own, of ``share`` of the
    full strength."""
    planar = Affine(
        shift=1.5 * share, scale=0.1 * share, squeeze=0.08 * share, shear=0.12 * share, rotation=0.14 * share
    )
    return distort(ink / 255, planar, generator, elastic=Elastic(strength=24.0 * share))


def _as_is_and_bent(images: np.ndarray) -> Tensor:
    """Digits as they are, and bent a little in eight ways: which of the unclear ones one way gets right is luck."""
    ink, generator = torch.from_numpy(images)[:, None].float(), np.random.default_rng(7)
    return torch.cat([scaled(images), *(_bent(ink, generator, 0.5) for _ in range(8))])


def _small_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy of the posteriors that the penalties stand for, towards slightly smoothed targets."""
    return functional.cross_entropy(-network(batch[0]), batch[1], label_smoothing=SMOOTHING)


LENET5 = Settings(
    name="lenet5",
    distortions="affine",
    network=LeNet5,
    cycles=(Cycle(lenet5_distorted, Schedule(passes=300, rate=3e-3, averaging=0.9995)),),
    judged=framed,
    loss=_lenet5_loss,
    batch=64,
    seed=1998,
)
SMALL = Settings(
    name="small",
    distortions="planar and elastic",
    network=SmallNet,
    cycles=(
        Cycle(partial(_bent, share=1.0), Schedule(passes=80, rate=6e-3, warm_up=0.25, decay=0.02)),
        # Nearer to what is to be read, once the rest is known.
        Cycle(partial(_bent, share=0.5), Schedule(passes=12, rate=1.5e-3, decay=0.02)),
    ),
    judged=_as_is_and_bent,
    loss=_small_loss,
    batch=128,
    seed=2003,
)
