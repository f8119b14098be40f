"""The recipe of the network that reads legal amounts: lines of words made up afresh, learnt from their texts alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import torch

from recognizer.language.legal_amount import CLASSES
from recognizer.networks.displacement import Displacement
from recognizer.networks.store import save_model
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.evaluation.displacement import characters_error
from recognizer.training.learning.displacement import line_batches, line_loss
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.synthesis.glyphs import font_advice
from recognizer.training.synthesis.legal_lines import load_scribes, make_lines

NETWORK = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "classes": len(CLASSES),
    "widths": [16, 32, 48, 96],
    "dilations": [1, 2, 4],
    "dropout": 0.1,
}


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how many lines."""

    network: dict[str, Any] = field(default_factory=NETWORK.copy)
    lines: int = 4_000  # made up at a time
    shown: int = 4  # passes that show the same ones, distorted anew
    validation: int = 400
    columns: int = 4_000  # of a batch, some nine lines
    steps: int = 440  # batches of a pass: nearly all there are
    cycles: tuple[Schedule, ...] = (
        Schedule(passes=7, rate=4e-3, decay=0.02, averaging=0.998),
        Schedule(passes=14, rate=3e-3, decay=0.02, averaging=0.998),
    )


SETTINGS = Settings()


def train_legal(run: Run, settings: Settings) -> None:
    """Train on lines of the training writers, validate on those of others."""
    torch.manual_seed(1998)
    validation = make_lines(load_scribes(run.data, "val"), settings.validation, np.random.default_rng(1))
    scribes = load_scribes(run.data, "train")
    if not scribes.fonts:
        run.report(font_advice(run.data))
    network = Displacement(**settings.network)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    made: dict[tuple[int, int], LinePictures] = {}

    def of_pass(cycle: int, number: int) -> Iterator[Batch]:
        index = cycle, number // settings.shown
        if index not in made:
            made.clear()
            made[index] = make_lines(scribes, settings.lines, np.random.default_rng([1998, *index]))
        generator = np.random.default_rng([2998, cycle, number])
        return islice(line_batches(made[index], CLASSES, settings.columns, generator), settings.steps)

    validate = partial(characters_error, lines=validation, alphabet=CLASSES)
    for cycle, schedule in enumerate(settings.cycles):
        training = Training(schedule, settings.steps, partial(of_pass, cycle), line_loss, validate)
        progress = fit(network, training, run, str(cycle))
    card = {
        "recipe": "legal",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words and characters of the training writers; open handwriting "
        "fonts (OFL): written as lines on made-up paper",
        "figures": {"characters wrong, best path without grammar (made-up, validation hands)": progress.best_error},
        "passes": sum(schedule.passes for schedule in settings.cycles),
        "classes": list(CLASSES),
    }
    save_model(run.out, network, settings.network, card)
