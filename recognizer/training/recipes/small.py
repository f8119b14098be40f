"""The recipe of the modern small net: MNIST with planar and elastic distortions, chosen on validation digits."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.networks.small import SmallNet
from recognizer.networks.store import save_model
from recognizer.training.data.mnist import Digits, load_digits
from recognizer.training.learning.loop import Batch, Schedule, fit
from recognizer.training.synthesis.distort import Affine, Elastic, distort

BATCH = 128
SMOOTHING = 0.03  # share of the target given to all classes alike: some labels are wrong
SCHEDULE = Schedule(passes=46, rate=6e-3, warm_up=0.25, decay=0.02, averaging=0.998)
DISTORTION = Affine(shift=1.5, scale=0.1, squeeze=0.08, shear=0.12, rotation=0.14)
BENDING = Elastic(strength=24.0)


def train_small(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on 55,000 digits of the MNIST folder ``data``, choose the pass on the other 5,000 and write the model to ``out``."""
    torch.manual_seed(2003)
    training, validation = load_digits(data, "train"), load_digits(data, "val")
    network = SmallNet()
    images, classes = torch.from_numpy(training.images), torch.from_numpy(training.classes)

    def batches(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([2003, number])
        order = torch.from_numpy(generator.permutation(len(images)))
        for chosen in order.split(BATCH):
            yield (
                distort(images[chosen, None].float() / 255, DISTORTION, generator, elastic=BENDING),
                classes[chosen],
            )

    progress = fit(
        network,
        SCHEDULE,
        -(-len(images) // BATCH),
        batches,
        smoothed_loss,
        lambda network: error_rate(network, validation),
        out.with_suffix(".checkpoint"),
        resume,
        report,
    )
    card = {
        "recipe": "small",
        "data": "MNIST (Y. LeCun, C. Cortes, C. Burges): the first 55,000 training digits, planar and elastic distortions",
        "figures": {"validation error on the other 5,000": progress.best_error},
        "passes": progress.done,
        "classes": list("0123456789"),
    }
    save_model(out, network, {}, card)


def smoothed_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy of the posteriors that the penalties stand for, towards slightly smoothed targets."""
    return functional.cross_entropy(-network(batch[0]), batch[1], label_smoothing=SMOOTHING)


def error_rate(network: nn.Module, digits: Digits) -> float:
    """Share of digits whose lowest penalty is another class's."""
    with torch.inference_mode():
        ink = torch.from_numpy(digits.images)[:, None].float() / 255
        answers = torch.cat([network(batch).argmin(1) for batch in ink.split(500)])
    return float((answers.numpy() != digits.classes).mean())
