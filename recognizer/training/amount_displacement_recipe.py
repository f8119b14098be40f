"""The recipe of the space displacement network for amounts: whole lines made up afresh, learnt from their texts alone."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from recognizer.networks.displacement import Displacement
from recognizer.networks.store import save_model
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.amount_sweeps import CLASSES, Sweeps, batches, digits_error, make_sweeps
from recognizer.training.glyphs import font_advice, load_hands
from recognizer.training.loop import Batch, Schedule, fit
from recognizer.training.sweep_loss import sweep_loss

NETWORK = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "classes": len(CLASSES),
    "widths": [32, 64, 64, 128],
    "dilations": [1, 2],
    "dropout": 0.1,
}
STRINGS, SHOWN = 8_000, 3  # made up at a time, and the passes that show the same ones, distorted anew
VALIDATION = 1_500
COLUMNS = 4_000  # of a batch, some thirty strings
STEPS = 280  # batches of a pass: nearly all there are
SCHEDULE = Schedule(passes=18, rate=3e-3, decay=0.02, averaging=0.998)


def train_amount_displacement(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on amounts written with the digits and signs in ``data``, validate on hands that are not in them, write ``out``."""
    torch.manual_seed(1998)
    validation = make_sweeps(load_hands(data, "val"), VALIDATION, np.random.default_rng(1))
    hands = load_hands(data, "train")
    if "fonts" not in hands:
        report(font_advice(data))
    report(f"hands: {', '.join(f'{len(writers)} {source}' for source, writers in hands.items())}")
    network = Displacement(**NETWORK)  # type: ignore[arg-type]
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    made: dict[int, Sweeps] = {}

    def of_pass(number: int) -> Iterator[Batch]:
        index = number // SHOWN
        if index not in made:
            made.clear()
            made[index] = make_sweeps(hands, STRINGS, np.random.default_rng([1998, index]))
        return islice(batches(made[index], CLASSES, COLUMNS, np.random.default_rng([2998, number])), STEPS)

    progress = fit(
        network,
        SCHEDULE,
        STEPS,
        of_pass,
        sweep_loss,
        lambda network: digits_error(network, validation),
        out.with_suffix(".checkpoint"),
        resume,
        report,
    )
    card = {
        "recipe": "amount-displacement",
        "data": "MNIST (Y. LeCun, C. Cortes, C. Burges); UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), training writers; "
        "pen digits (E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0); digits of open handwriting fonts (OFL) and of made-up shapes: "
        "written as strings on made-up paper",
        "figures": {"strings wrong, best path without grammar (made-up, validation hands)": progress.best_error},
        "passes": SCHEDULE.passes,
        "classes": list(CLASSES),
    }
    save_model(out, network, NETWORK, card)
