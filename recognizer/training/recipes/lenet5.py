"""The recipe of LeNet-5 by the book: MNIST with affine distortions (1998 paper, section III-B)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.networks.lenet5 import LeNet5, to_grey_levels
from recognizer.networks.losses import map_loss
from recognizer.networks.store import save_model
from recognizer.training.data.mnist import Digits, load_digits
from recognizer.training.learning.loop import Batch, Schedule, fit
from recognizer.training.synthesis.distort import Affine, distort

SIZE = 32  # side of the network's input: a 28 x 28 digit with 2 px of paper around it
BATCH = 64
RUBBISH = 10.0  # j of the loss: between the penalty of a well-read digit and the distance of neighbouring codes
SCHEDULE = Schedule(passes=80, rate=3e-3, averaging=0.999)
DISTORTION = Affine()


def train_lenet5(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on 55,000 digits of the MNIST folder ``data``, choose the pass on the other 5,000 and write the model to ``out``."""
    torch.manual_seed(1998)
    training, validation = load_digits(data, "train"), load_digits(data, "val")
    network = LeNet5()
    images = torch.from_numpy(training.images)
    classes = torch.from_numpy(training.classes)

    def batches(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([1998, number])
        order = torch.from_numpy(generator.permutation(len(images)))
        for chosen in order.split(BATCH):
            yield to_grey_levels(distort(images[chosen, None].float(), DISTORTION, generator, SIZE)), classes[chosen]

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        return map_loss(network(batch[0]), batch[1], RUBBISH)

    progress = fit(
        network,
        SCHEDULE,
        -(-len(images) // BATCH),
        batches,
        loss,
        lambda network: error_rate(network, validation),
        out.with_suffix(".checkpoint"),
        resume,
        report,
    )
    card = {
        "recipe": "lenet5",
        "data": "MNIST (Y. LeCun, C. Cortes, C. Burges): the first 55,000 training digits, affine distortions",
        "figures": {"validation error on the other 5,000": progress.best_error},
        "passes": progress.done,
        "classes": list("0123456789"),
    }
    save_model(out, network, {}, card)


def padded(images: np.ndarray) -> Tensor:
    """Digits (n, 28, 28) uint8 as LeNet-5's input (n, 1, 32, 32)."""
    return functional.pad(
        to_grey_levels(torch.from_numpy(images)[:, None]), (2, 2, 2, 2), value=float(to_grey_levels(torch.zeros(1)))
    )


def error_rate(network: nn.Module, digits: Digits) -> float:
    """Share of digits whose lowest penalty is another class's."""
    with torch.inference_mode():
        answers = torch.cat([network(batch).argmin(1) for batch in padded(digits.images).split(500)])
    return float((answers.numpy() != digits.classes).mean())
