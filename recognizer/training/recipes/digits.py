"""The recipes of digits: MNIST under distortions, the pass chosen on validation digits. LeNet-5 by the book (1998 paper, section
III-B), and the modern small net."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
SMOOTHING = 0.03  # share of the small net's target given to all classes alike: some labels are wrong


@dataclass(frozen=True)
class Settings:
    """One recipe: a network, how digits are shown to it, what it minimises."""

    name: str
    distortions: str  # by name, for the card
    network: Callable[[], nn.Module]
    # Of ink (n, 1, 28, 28) in 0..255, as the network's input.
    distorted: Callable[[Tensor, np.random.Generator], Tensor]
    plain: Callable[[np.ndarray], Tensor]  # the input for digits (n, 28, 28) uint8 as they are
    loss: Callable[[nn.Module, Batch], Tensor]
    schedule: Schedule
    batch: int
    seed: int


def train_digits(run: Run, settings: Settings) -> None:
    """Train on 55,000 digits of an MNIST folder and choose the pass on the other 5,000."""
    torch.manual_seed(settings.seed)
    training, validation = load_digits(run.data, "train"), load_digits(run.data, "val")
    network = settings.network()
    images, classes = torch.from_numpy(training.images), torch.from_numpy(training.classes)

    def batches(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([settings.seed, number])
        order = torch.from_numpy(generator.permutation(len(images)))
        for chosen in order.split(settings.batch):
            yield settings.distorted(images[chosen, None].float(), generator), classes[chosen]

    def validate(network: nn.Module) -> float:
        return error_rate(network, settings.plain(validation.images), validation.classes)

    steps = -(-len(images) // settings.batch)
    progress = fit(network, Training(settings.schedule, steps, batches, settings.loss, validate), run)
    card = {
        "recipe": settings.name,
        "data": f"MNIST (Y. LeCun, C. Cortes, C. Burges): the first 55,000 training digits, {settings.distortions} distortions",
        "figures": {"validation error on the other 5,000": progress.best_error},
        "passes": progress.done,
        "classes": list("0123456789"),
    }
    save_model(run.out, network, {}, card)


def lenet5_distorted(ink: Tensor, generator: np.random.Generator) -> Tensor:
    """Ink (n, 1, 28, 28) in 0..255, each under a planar map of its own, as LeNet-5's input (n, 1, 32, 32)."""
    return to_grey_levels(distort(ink, Affine(), generator, 32))


def _lenet5_loss(network: nn.Module, batch: Batch) -> Tensor:
    return map_loss(network(batch[0]), batch[1], RUBBISH)


def _small_distorted(ink: Tensor, generator: np.random.Generator) -> Tensor:
    planar = Affine(shift=1.5, scale=0.1, squeeze=0.08, shear=0.12, rotation=0.14)
    return distort(ink / 255, planar, generator, elastic=Elastic(strength=24.0))


def _small_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy of the posteriors that the penalties stand for, towards slightly smoothed targets."""
    return functional.cross_entropy(-network(batch[0]), batch[1], label_smoothing=SMOOTHING)


LENET5 = Settings(
    name="lenet5",
    distortions="affine",
    network=LeNet5,
    distorted=lenet5_distorted,
    plain=framed,
    loss=_lenet5_loss,
    schedule=Schedule(passes=80, rate=3e-3, averaging=0.999),
    batch=64,
    seed=1998,
)
SMALL = Settings(
    name="small",
    distortions="planar and elastic",
    network=SmallNet,
    distorted=_small_distorted,
    plain=scaled,
    loss=_small_loss,
    schedule=Schedule(passes=46, rate=6e-3, warm_up=0.25, decay=0.02, averaging=0.998),
    batch=128,
    seed=2003,
)
