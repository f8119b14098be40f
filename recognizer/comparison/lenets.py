"""The LeNets of the study: by the book without distortions, boosted with them (III-B, III-C-7 to -9)."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.comparison.local import FeatureNeighbours, LocalLearning
from recognizer.comparison.networks import Network
from recognizer.comparison.study import Study, timed
from recognizer.comparison.variants import padded, regular, small
from recognizer.networks.layers import TableConvolution
from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet4 import BoostedLeNet4, LeNet4
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.losses import map_loss
from recognizer.networks.store import load_model
from recognizer.platform import resources_folder
from recognizer.training.learning.by_pattern import Stochastic, learn_by_pattern
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.recipes.digits import lenet5_distorted

# LeNet-1 and LeNet-4, whose codes are 8 apart, learn with j of 4. LeNet-5's, of 84 units, are 24 to 152 apart: a tenth of that
# lets classes compete. What was tried on held-out digits is told by `page.CHOICES`.
DISCRIMINATIVE, OF_84_UNITS = Stochastic(4.0), Stochastic(2.0, damping=0.05, scale=0.1)
BATCH = 64
FIRST = Schedule(passes=24, rate=4e-3)
OTHERS = Schedule(passes=12, rate=3e-3)
BOOSTED_RUBBISH = 4.0
POOL_ROUNDS = 25  # times that the training digits are distorted anew in search of hard ones


def centred16(images: np.ndarray) -> np.ndarray:
    """Digits (n, 28, 28) uint8 as LeNet-1 sees them: reduced to 16 x 16, in the middle of 28 x 28; (n, 1, 28, 28) grey levels."""
    return padded(small(images), 28)[:, None]


def framed(images: np.ndarray) -> np.ndarray:
    """Digits (n, 28, 28) uint8 as LeNet-4 and LeNet-5 see them: (n, 1, 32, 32) grey levels."""
    return padded(regular(images), 32)[:, None]


def widely_started() -> LeNet5:
    """A new LeNet-5 whose convolutions' weights are uniform in +-1 / sqrt(fan-in).

    With the +-2.4 / fan-in of appendix A its second derivatives span eight orders of magnitude; by the paper's rates of the
    first pass, 7e-5 to 0.016, they should span three at most.
    """
    network = LeNet5()
    with torch.no_grad():
        for layer in (network.c1, network.c3, network.c5, network.f6):
            if isinstance(layer, TableConvolution):
                map_of = layer.kernel_of // layer.inputs
                fan_in = torch.bincount(map_of) * layer.weight[0].numel()
                layer.weight.mul_((fan_in[map_of].sqrt() / 2.4)[:, None, None])
            else:
                fan_in = torch.tensor(layer.weight[0].numel())
                layer.weight.mul_(fan_in.sqrt() / 2.4)
            layer.bias.mul_(fan_in.sqrt() / 2.4)
    return network


def by_the_book(
    name: str, make: Callable[[], nn.Module], prepare: Callable[[np.ndarray], np.ndarray], how: Stochastic
) -> Callable[[Study], Network]:
    """A row's training: 20 passes of 60,000, pattern by pattern, with the paper's optimiser and rates."""

    def train(study: Study) -> Network:
        torch.manual_seed(1998)

        def learn(network: nn.Module) -> None:
            images = prepare(study.training.images)[:, 0]
            learn_by_pattern(network, lambda _: images, study.training.classes, how, timed(study, name))

        return Network(study.network(name, make(), learn), prepare)

    return train


def shipped(name: str, prepare: Callable[[np.ndarray], np.ndarray]) -> Callable[[Study], Network]:
    """A row whose model the program ships: it is trained by ``main.py train``."""
    return lambda study: Network(load_model(resources_folder() / "models" / f"{name}.safetensors").network, prepare)


lenet1 = by_the_book("lenet1", LeNet1, centred16, DISCRIMINATIVE)
lenet4 = by_the_book("lenet4", LeNet4, framed, DISCRIMINATIVE)
lenet5 = by_the_book("lenet5-plain", widely_started, framed, OF_84_UNITS)


def lenet4_neighbours(study: Study) -> FeatureNeighbours:
    """LeNet-4 with nearest neighbours instead of its last layer."""
    return FeatureNeighbours(_lenet4(study), study.training.images, study.training.classes)


def lenet4_local(study: Study) -> LocalLearning:
    """LeNet-4 with local learning on its last layer."""
    return LocalLearning(_lenet4(study), study.training.images, study.training.classes)


class Boosted(Network):
    """Three LeNet-4, most digits read by the first alone: ``multiply_adds`` is the mean over the digits last read."""

    def __init__(self, network: BoostedLeNet4) -> None:
        super().__init__(network, framed)
        self._boosted = network
        first = Network(network.nets[0], framed)
        self._one, self.stored = first.multiply_adds, 3 * first.stored
        self.multiply_adds = self._one

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`."""
        first = torch.from_numpy(Network(self._boosted.nets[0], framed).penalties(images))
        nets_asked = 1 + 2 * float(self._boosted.unsure(first).float().mean())
        self.multiply_adds = int(self._one * nets_asked)
        return super().penalties(images)


def boosted(study: Study) -> Boosted:
    """Train three LeNet-4 on distorted digits: on all; on half that the first misreads; on those that the two dispute."""
    network = BoostedLeNet4()
    torch.manual_seed(1998)

    def learn(network: nn.Module) -> None:
        assert isinstance(network, BoostedLeNet4)
        parts = [timed(study, "lenet4-boosted", str(number)) for number in (1, 2, 3)]
        report = parts[0].report
        first, second, third = network.nets
        _fit(first, lambda k: _distorted(study, k), FIRST, len(study.training.classes), parts[0])
        images, classes = _pool(study, 100, lambda x: [first(x).argmin(1)], _misread_and_as_many, report)
        _fit(second, _fixed(images, classes), OTHERS, len(classes), parts[1])
        images, classes = _pool(study, 200, lambda x: [first(x).argmin(1), second(x).argmin(1)], _disputed, report)
        _fit(third, _fixed(images, classes), OTHERS, len(classes), parts[2])

    trained = study.network("lenet4-boosted", network, learn)
    assert isinstance(trained, BoostedLeNet4)
    return Boosted(trained)


# ---------------------------------------------------------------- boosting


def _lenet4(study: Study) -> LeNet4:
    network = lenet4(study).network
    assert isinstance(network, LeNet4)
    return network


def _fit(
    network: nn.Module,
    batches: Callable[[int], Iterator[Batch]],
    schedule: Schedule,
    patterns: int,
    run: Run,
) -> None:
    def loss(network: nn.Module, batch: Batch) -> Tensor:
        return map_loss(network(batch[0]), batch[1], BOOSTED_RUBBISH)

    fit(network, Training(schedule, -(-patterns // BATCH), batches, loss, lambda _: 0.0), run)


def _distorted(study: Study, number: int) -> Iterator[Batch]:
    """All training digits in a new order, each under a new planar map."""
    generator = np.random.default_rng([1998, number])
    images, classes = torch.from_numpy(study.training.images), torch.from_numpy(study.training.classes)
    for chosen in torch.from_numpy(generator.permutation(len(classes))).split(BATCH):
        yield lenet5_distorted(images[chosen, None].float(), generator), classes[chosen]


def _fixed(images: Tensor, classes: Tensor) -> Callable[[int], Iterator[Batch]]:
    """Batches of what a pool holds, in a new order each pass."""

    def batches(number: int) -> Iterator[Batch]:
        for chosen in torch.from_numpy(np.random.default_rng([1999, number]).permutation(len(classes))).split(BATCH):
            yield images[chosen], classes[chosen]

    return batches


def _pool(
    study: Study,
    seed: int,
    answers: Callable[[Tensor], list[Tensor]],
    choose: Callable[[list[Tensor], Tensor], Tensor],
    report: Callable[[str], None],
) -> tuple[Tensor, Tensor]:
    """Distorted digits that ``choose`` takes by what the nets answer."""
    images, classes = [], []
    for number in range(POOL_ROUNDS):
        for distorted, right in _distorted(study, seed + number):
            with torch.inference_mode():
                chosen = choose(answers(distorted), right)
            images.append(distorted[chosen])
            classes.append(right[chosen])
        report(f"{sum(map(len, classes))} digits chosen after {number + 1}/{POOL_ROUNDS} rounds")
    return torch.cat(images), torch.cat(classes)


def _misread_and_as_many(answers: list[Tensor], right: Tensor) -> Tensor:
    """The misread ones and as many that were read right: half of the stream each."""
    wrong = torch.nonzero(answers[0] != right).flatten()
    others = torch.nonzero(answers[0] == right).flatten()
    return torch.cat([wrong, others[: len(wrong)]])


def _disputed(answers: list[Tensor], right: Tensor) -> Tensor:
    return torch.nonzero(answers[0] != answers[1]).flatten()
