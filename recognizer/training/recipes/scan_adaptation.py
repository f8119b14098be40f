"""The reader of writing on images fitted to somebody's own lines: global training from their texts alone (1998 paper, section VI).

Words that no person wrote are mixed in, drawn on paper and scanned, so that what the reader knew is not forgotten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path

import numpy as np
from torch import Tensor, nn

from recognizer.errors import InputError
from recognizer.ink.tracing import Tracing
from recognizer.language.lexicon import english
from recognizer.networks.store import load_model, save_model
from recognizer.page import load_pages
from recognizer.platform import model_file
from recognizer.readers.sizes import in_sizes
from recognizer.readers.text import tracing_reader
from recognizer.readers.tracing import tracing_of_line
from recognizer.training.data.inksets import load_inkset
from recognizer.training.data.labelled_images import LabelledImage, labelled_images
from recognizer.training.data.word_pictures import WordPictures, by_width
from recognizer.training.evaluation.displacement import word_errors
from recognizer.training.evaluation.text import errors, read_all
from recognizer.training.learning.displacement import line_loss, word_batch
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.synthesis import rehearsal
from recognizer.training.synthesis.scanned_sets import pictures_of, scanned_inks, scans_in

HELD = 5  # one line in so many, the last ones, is measured on


@dataclass(frozen=True)
class Settings:
    """What is fitted, and how long."""

    model: Path = field(default_factory=partial(model_file, "scan-displacement"))
    old: int = 6  # times that each old word is scanned
    columns: int = 2_400  # of a batch of own lines, and of one of old words
    schedule: Schedule = Schedule(passes=10, rate=5e-4, decay=0.02, averaging=0.98)
    fewest: int = 20  # lines that are worth training on


SETTINGS = Settings()


def train_scans(run: Run, settings: Settings) -> None:
    """Fit the reader's network to the lines of the data but the last fifth, and measure it on those before and after.

    Raises InputError where there are too few lines.
    """
    model, lines = load_model(settings.model), labelled_images(run.data, "all")
    if len(lines) < settings.fewest:
        raise InputError(f"{len(lines)} lines are too few to learn from; {settings.fewest} are needed.")
    count = len(lines) - len(lines) // HELD
    own = pictures_of(scans_in([(line.file, line.text) for line in lines[:count]]))
    old = _old(settings.old)
    network = model.network
    figures = {"before": _figures(network, lines[count:])}
    run.report(f"{len(own)} lines to learn, {len(lines) - count} held out; before: {figures['before']}")

    def batches(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([1998, number])
        mixed_in = cycle(by_width(old.widths, settings.columns, generator))
        for chosen in by_width(own.widths, settings.columns, generator):
            yield (*word_batch(own, chosen, generator), *word_batch(old, next(mixed_in), generator))

    def validate(network: nn.Module) -> float:  # what is held out must not choose among the passes
        return word_errors(network, own, np.arange(len(own)))[1]

    steps = sum(1 for _ in by_width(own.widths, settings.columns, np.random.default_rng(0))) + 1
    network.requires_grad_(True)
    fit(network, Training(settings.schedule, steps, batches, _loss, validate), run)
    network.requires_grad_(False)
    figures["after"] = _figures(network, lines[count:])
    run.report(f"after: {figures['after']}")
    card = model.card | {
        "recipe": "scans",
        "data": f"{model.card['data']}; adapted to {count} lines of its user's",
        "figures": {f"{len(lines) - count} lines held out": figures},
    }
    save_model(run.out, network, model.arguments, card)


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    """Of own lines and of old words alike."""
    return line_loss(network, batch[: len(batch) // 2]) + line_loss(network, batch[len(batch) // 2 :])


def _old(times: int) -> WordPictures:
    """Old words as scans, which need no data."""
    words = load_inkset(rehearsal.FILE)
    sets = [pictures_of(scanned_inks(words, rehearsal.MIXED_IN, len(words), seed)) for seed in range(times)]
    ends = np.cumsum([0, *(len(each.columns) for each in sets)])
    return WordPictures(
        columns=np.concatenate([each.columns for each in sets]),
        ends=np.concatenate([each.ends + before for each, before in zip(sets, ends, strict=False)]),
        labels=np.concatenate([each.labels for each in sets]),
        writers=np.concatenate([each.writers for each in sets]),
    )


def _figures(network: nn.Module, lines: Sequence[LabelledImage]) -> dict[str, float]:
    """Shares of characters and words that are read wrong with the English lexicon."""
    traced = [(partial(_traced, line.file), line.text) for line in lines]
    found = errors(read_all(in_sizes(tracing_reader(network, 1.0, english())), traced).pairs)
    return {"characters wrong": found["character_error"], "words wrong": found["word_error"]}


def _traced(file: Path) -> Tracing:
    return tracing_of_line(load_pages(file)[0].grey)
