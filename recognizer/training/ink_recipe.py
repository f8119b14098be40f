"""The recipe of the pen number recogniser: segments of made-up numbers, learnt one by one and through the graph of all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.gtn import batch as batch_graphs
from recognizer.gtn import best_path, chain, discriminative_forward_loss, recognition_graph, segmentation_graph
from recognizer.ink import segment
from recognizer.networks.compact import Compact
from recognizer.networks.store import save_model
from recognizer.training.ink_segments import CLASSES, JUNK, LabelledNumbers, make_numbers
from recognizer.training.ink_strings import Variation, Writers, load_writers
from recognizer.training.loop import Batch, Schedule, fit

NUMBERS, VALIDATION_NUMBERS = 4_000, 1_000  # made up for one pass, and for validation
BATCH = 40  # numbers
ARGUMENTS = {
    "input_channels": segment.CHANNELS,
    "rows": segment.ROWS,
    "columns": segment.COLUMNS,
    "classes": len(CLASSES),
    "widths": [16, 32, 64],
    "hidden": 128,
    "kernel": 3,
    "dropout": 0.2,
}
SCHEDULE = Schedule(passes=45, rate=4e-3, decay=0.02, averaging=0.998)
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
WHOLE_SHARE = 1.0  # weight of a number's loss against that of its segments
_SETS = ("unipen/chars.npz", "pendigits/train.npz")


def train_ink_number(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on numbers set from the training writers' digits in ``data``, validate on the other writers', write ``out``."""
    torch.manual_seed(1998)
    torch.set_num_threads(1)
    writers = load_writers([data / name for name in _SETS], "train", evenness=0.5)
    unseen = load_writers([data / _SETS[0]], "val", evenness=0.0)
    validation = make_numbers(unseen, Variation(), VALIDATION_NUMBERS, np.random.default_rng(1998))
    report(f"{len(writers.shares)} writers; {(~validation.whole).mean():.2%} of the validation numbers are cut wrong")
    network = Compact(**ARGUMENTS)  # type: ignore[arg-type]

    with ProcessPoolExecutor(1) as ahead:  # writes the numbers of the next pass during this one
        coming = {}

        def numbers(number: int) -> LabelledNumbers:
            for index in (number, number + 1):
                if index not in coming and index < SCHEDULE.passes:
                    coming[index] = ahead.submit(_write, writers, index)
            return coming.pop(number).result()

        progress = fit(
            network,
            SCHEDULE,
            -(-NUMBERS // BATCH),
            lambda number: _batches(numbers(number), number),
            _loss,
            lambda network: error_rate(network, validation),
            out.with_suffix(".checkpoint"),
            resume,
            report,
        )
    card = {
        "recipe": "ink-number",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), digits of the training writers; pen digits "
        "(E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0): set as numbers of 1 to 8 digits",
        "figures": {"validation error on numbers of 1 to 8 digits": progress.best_error},
        "passes": progress.done,
        "classes": list(CLASSES),
    }
    save_model(out, network, ARGUMENTS, card)


def number_loss(penalties: Tensor, first: np.ndarray, last: np.ndarray, ends: np.ndarray, labels: Tensor) -> Tensor:
    """-log P(text) of each number whose text the cuts allow (n,), by discriminative forward over all its segmentations.

    ``penalties`` (S, classes) of the segments of all numbers; ``labels`` (N, longest) digits, -1 behind the last.
    """
    segmentations, targets, start = [], [], 0
    for end, digits in zip(ends.tolist(), labels.numpy(), strict=True):
        its = slice(start, end)
        segmentations.append(segmentation_graph(first[its], last[its], cuts=int(last[its].max()) + 1))
        targets.append(chain(digits[digits >= 0] + 1))
        start = end
    recognition = recognition_graph(batch_graphs(segmentations), penalties[:, :JUNK], np.arange(1, JUNK + 1))
    losses = torch.as_tensor(discriminative_forward_loss(recognition, batch_graphs(targets)))
    return losses[torch.isfinite(losses)]


def error_rate(network: nn.Module, numbers: LabelledNumbers) -> float:
    """Share of numbers whose best path reads otherwise than their text; any sequence of digits makes sense."""
    with torch.inference_mode():
        batches = torch.from_numpy(numbers.images).split(1000)
        penalties = torch.cat([network(images.float() / 255) for images in batches]).numpy()
    wrong = 0
    for number, labels in enumerate(numbers.labels):
        its = numbers.segments(number)
        cuts = int(numbers.last[its].max()) + 1
        graph = segmentation_graph(numbers.first[its], numbers.last[its], cuts=cuts)
        best = best_path(recognition_graph(graph, penalties[its, :JUNK], np.arange(1, JUNK + 1)))
        wrong += tuple((best.label - 1).tolist()) != labels
    return wrong / len(numbers)


def _write(writers: Writers, number: int) -> LabelledNumbers:
    return make_numbers(writers, WRITING, NUMBERS, np.random.default_rng([1998, number]))


def _batches(numbers: LabelledNumbers, number: int) -> Iterator[Batch]:
    """Images, classes, first and last cuts of the segments of BATCH numbers; their ends and labels."""
    order = np.random.default_rng([1998, number, 1]).permutation(len(numbers))
    for chosen in np.split(order, range(BATCH, len(order), BATCH)):
        slices = [numbers.segments(number) for number in chosen]
        its = np.concatenate([np.arange(s.start, s.stop) for s in slices])
        ends = np.cumsum([s.stop - s.start for s in slices])
        labels = np.full((len(chosen), max(len(numbers.labels[number]) for number in chosen)), -1)
        for row, number in enumerate(chosen):
            labels[row, : len(numbers.labels[number])] = numbers.labels[number]
        images = torch.from_numpy(numbers.images[its]).float() / 255
        arrays = (numbers.classes[its], numbers.first[its], numbers.last[its], ends, labels)
        yield images, *(torch.from_numpy(array) for array in arrays)


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    """How badly the segments are told apart, and with it how badly whole numbers are read."""
    images, classes, first, last, ends, labels = batch
    penalties = network(images)
    alone = functional.cross_entropy(-penalties, classes, label_smoothing=SMOOTHING)
    whole = number_loss(penalties, first.numpy(), last.numpy(), ends.numpy(), labels)
    trusted = -torch.log((1 - MISLABELLED) * torch.exp(-whole) + MISLABELLED)
    return alone + WHOLE_SHARE * trusted.mean()
