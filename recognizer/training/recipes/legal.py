"""The recipe of the network that reads legal amounts: lines of words made up afresh, learnt from their texts alone."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import nn

from recognizer.language.legal import CLASSES
from recognizer.networks.displacement import STRIDE, Displacement
from recognizer.networks.store import save_model
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.data.word_pictures import by_width
from recognizer.training.evaluation.distance import edit_distance
from recognizer.training.learning.loop import Batch, Schedule, fit
from recognizer.training.learning.sweep_loss import sweep_loss
from recognizer.training.synthesis.amount_sweeps import Sweeps, batches
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
BLANK = len(CLASSES) - 1
LINES, SHOWN = 4_000, 4  # made up at a time, and the passes that show the same ones, distorted anew
VALIDATION = 400
COLUMNS = 4_000  # of a batch, some nine lines
STEPS = 440  # batches of a pass: nearly all there are
CYCLES = (
    Schedule(passes=7, rate=4e-3, decay=0.02, averaging=0.998),
    Schedule(passes=8, rate=3e-3, decay=0.02, averaging=0.998),
)


def train_legal(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on lines of the training writers in ``data``, validate on those of others, write ``out``."""
    torch.manual_seed(1998)
    validation = make_lines(load_scribes(data, "val"), VALIDATION, np.random.default_rng(1))
    scribes = load_scribes(data, "train")
    if not scribes.fonts:
        report(font_advice(data))
    network = Displacement(**NETWORK)  # type: ignore[arg-type]
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    made: dict[tuple[int, int], Sweeps] = {}

    def of_pass(cycle: int, number: int) -> Iterator[Batch]:
        index = cycle, number // SHOWN
        if index not in made:
            made.clear()
            made[index] = make_lines(scribes, LINES, np.random.default_rng([1998, *index]))
        return islice(batches(made[index], CLASSES, COLUMNS, np.random.default_rng([2998, cycle, number])), STEPS)

    for cycle, schedule in enumerate(CYCLES):
        progress = fit(
            network,
            schedule,
            STEPS,
            partial(of_pass, cycle),
            sweep_loss,
            lambda network: characters_error(network, validation),
            out.with_suffix(f".{cycle}.checkpoint"),
            resume,
            report,
        )
    card = {
        "recipe": "legal",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words and characters of the training writers; open handwriting "
        "fonts (OFL): written as lines on made-up paper",
        "figures": {"characters wrong, best path without grammar (made-up, validation hands)": progress.best_error},
        "passes": sum(schedule.passes for schedule in CYCLES),
        "classes": list(CLASSES),
    }
    save_model(out, network, NETWORK, card)


def characters_error(network: nn.Module, lines: Sweeps) -> float:
    """Edits for each true character, reading the best class of each frame."""
    edits = 0
    for chosen in by_width(lines.widths, 2 * COLUMNS, np.random.default_rng(0)):
        with torch.inference_mode():
            best = network(torch.from_numpy(lines.batch(chosen))).argmin(2).numpy()
        for frames, k in zip(best, chosen, strict=True):
            starts = np.flatnonzero(np.diff(frames[: lines.images[k].shape[2] // STRIDE], prepend=-1))
            read = [int(c) for c in frames[starts] if c != BLANK]
            edits += edit_distance(read, [CLASSES.index(character) for character in lines.texts[k]])
    return min(1.0, edits / sum(map(len, lines.texts)))
