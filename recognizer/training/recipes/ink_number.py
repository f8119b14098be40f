"""The recipe of the pen number recogniser: segments of made-up numbers, learnt one by one and through the graph of all."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.ink import segment
from recognizer.language.amount import number_grammar
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.store import save_model
from recognizer.training.evaluation.rejection import Outcome, measured
from recognizer.training.evaluation.strings import error_of, outcome
from recognizer.training.learning.globally import lattices, string_images, string_losses
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.synthesis.ink_segments import CLASSES, LabelledNumbers, make_numbers
from recognizer.training.synthesis.ink_strings import DigitWriters, Variation, load_writers

CHARACTER = {
    "input_channels": segment.CHANNELS,
    "rows": segment.ROWS,
    "columns": segment.COLUMNS,
    "classes": len(CLASSES),
    "widths": [16, 32, 64],
    "hidden": 128,
    "kernel": 3,
    "dropout": 0.2,
}
FEATURES = len(segment.FEATURES)
WRITING = Variation(
    size=0.38,
    baseline=0.15,
    gap=(-0.22, 0.7),
    gap_jitter=0.12,
    mixed=0.4,
    slant=0.15,
    distortion=0.8,
    ligatures=0.05,
    stairs=0.12,
)
SMOOTHING = 0.02  # of the labels of segments
MISLABELLED = 0.01  # share of numbers whose text is not trusted: bounds what one of them can cost
_SETS = ("unipen/chars.npz", "pendigits/train.npz")


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how many numbers."""

    character: dict[str, Any] = field(default_factory=CHARACTER.copy)
    numbers: int = 4_000  # made up at a time
    shown: int = 2  # passes that show the same ones
    batch: int = 40  # numbers
    cycles: tuple[Schedule, ...] = (  # each starts from the best weights of the one before it
        Schedule(passes=24, rate=4e-3, decay=0.02, averaging=0.998),
        Schedule(passes=10, rate=1e-3, decay=0.02, averaging=0.999),
    )
    validation: int = 2_000  # numbers made up for validation
    a_pass: int = 500  # of them read after each pass


SETTINGS = Settings()


def train_ink_number(run: Run, settings: Settings) -> None:
    """Train on numbers set from the training writers' digits, validate on the other writers'."""
    torch.manual_seed(1998)
    writers = load_writers([run.data / name for name in _SETS], "train", evenness=0.5)
    unseen = load_writers([run.data / _SETS[0]], "val", evenness=0.0)
    validation = make_numbers(unseen, Variation(), settings.validation, np.random.default_rng(1998))
    run.report(
        f"{len(writers.shares)} writers; {np.mean(~validation.whole):.2%} of the validation numbers are cut wrong"
    )
    often = validation.chosen(np.arange(min(settings.a_pass, settings.validation)))
    network = SegmentRecogniser(settings.character, FEATURES)

    def validate(network: nn.Module) -> float:
        return error_of(outcomes(network, often))

    for cycle, schedule in enumerate(settings.cycles):
        with _Ahead(writers, settings, cycle) as ahead:
            steps = -(-settings.numbers // settings.batch)
            fit(network, Training(schedule, steps, ahead.batches, _loss, validate), run, str(cycle))
    found = outcomes(network, validation)
    card = {
        "recipe": "ink-number",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), digits of the training writers; pen digits "
        "(E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0): set as numbers of 1 to 8 digits",
        "figures": {"numbers of 1 to 8 digits wrong (validation writers)": error_of(found)},
        "passes": sum(schedule.passes for schedule in settings.cycles),
        "classes": list(CLASSES),
        **measured(found),
    }
    save_model(run.out, network, {"character": settings.character, "features": FEATURES}, card)


def outcomes(network: nn.Module, numbers: LabelledNumbers) -> list[Outcome]:
    """Confidence of the answer to every number, and whether it is wrong."""
    grammar = number_grammar(CLASSES)
    targets = [[label + 1 for label in labels] for labels in numbers.labels]
    return [outcome(network, numbers.chosen(np.array([k])), grammar, target) for k, target in enumerate(targets)]


class _Ahead:
    """Writes the numbers of coming passes in a process of its own, while those of this pass are learnt."""

    def __init__(self, writers: DigitWriters, settings: Settings, cycle: int) -> None:
        self._writers, self._settings, self._cycle = writers, settings, cycle
        self._pool = ProcessPoolExecutor(1)
        self._coming: dict[int, Future[LabelledNumbers]] = {}

    def __enter__(self) -> "_Ahead":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def batches(self, number: int) -> Iterator[Batch]:
        """The batches of one pass; some passes show the same numbers, in other orders."""
        shown, last = self._settings.shown, self._settings.cycles[self._cycle].passes - 1
        wanted = {number // shown, min(number + shown, last) // shown}
        for index in wanted - set(self._coming):
            self._coming[index] = self._pool.submit(_write, self._writers, self._settings.numbers, self._cycle, index)
        for index in set(self._coming) - wanted:
            del self._coming[index]
        generator = np.random.default_rng([1998, self._cycle, number, 1])
        return _batches(self._coming[number // shown].result(), self._settings.batch, generator)


def _write(writers: DigitWriters, numbers: int, cycle: int, index: int) -> LabelledNumbers:
    return make_numbers(writers, WRITING, numbers, np.random.default_rng([1998, cycle, index]))


def _batches(numbers: LabelledNumbers, size: int, generator: np.random.Generator) -> Iterator[Batch]:
    """Images, features, classes, first and last cuts of the segments of ``size`` numbers; their ends, lengths and digits."""
    order = generator.permutation(len(numbers))
    for chosen in np.split(order, range(size, len(order), size)):
        part = numbers.chosen(chosen)
        lengths = np.array([len(labels) for labels in part.labels])
        arrays = (part.features, part.classes, part.first, part.last, part.ends, lengths, np.concatenate(part.labels))
        yield string_images(part), *(torch.from_numpy(array) for array in arrays)


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    """How badly the segments are told apart, and with it how badly whole numbers are read."""
    images, features, classes = batch[:3]
    first, last, ends, lengths, digits = (value.numpy() for value in batch[3:])
    penalties = network(images, features)
    alone = functional.cross_entropy(-penalties, classes, label_smoothing=SMOOTHING)
    targets = np.split(digits + 1, np.cumsum(lengths)[:-1])
    whole = string_losses(lattices(first, last, ends), penalties, number_grammar(CLASSES), targets)
    whole = whole[torch.isfinite(whole)]  # what no path writes teaches nothing
    return alone - torch.log((1 - MISLABELLED) * torch.exp(-whole) + MISLABELLED).mean()
