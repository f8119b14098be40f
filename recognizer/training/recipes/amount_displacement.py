"""The recipe of the space displacement network for amounts: whole lines made up afresh.

First it learns what to say in the middle of each character and that nothing is said elsewhere, from where they stand; then,
globally, the texts (1998 paper, sections VI and VII), the places still beside them: from texts alone it gets surer than it is right.
Each run is a cycle that goes on from the model that ships, if there is one: the first learnt digits and a few signs, the next all
ways of writing money.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.networks.displacement import Displacement
from recognizer.networks.store import save_model
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.learning.before import go_on
from recognizer.training.learning.loop import Batch, Schedule, fit
from recognizer.training.synthesis.amount_sweeps import CLASSES, digits_error, make_sweeps
from recognizer.training.synthesis.glyphs import Hand, font_advice, load_hands
from recognizer.training.synthesis.placed_sweeps import (
    PlacedSweeps,
    make_placed,
    placed_batches,
    placed_loss,
    places_loss,
)

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
ALONE = Schedule(passes=8, rate=3e-3, decay=0.02, averaging=0.998)
WHOLE = Schedule(passes=10, rate=2e-3, decay=0.02, averaging=0.999)


def train_amount_displacement(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on amounts written with the digits and signs in ``data``, validate on hands that are not in them, write ``out``."""
    torch.manual_seed(1998)
    validation = make_sweeps(load_hands(data, "val"), VALIDATION, np.random.default_rng(1))
    hands = load_hands(data, "train")
    if "fonts" not in hands:
        report(font_advice(data))
    report(f"hands: {', '.join(f'{len(writers)} {source}' for source, writers in hands.items())}")
    network = Displacement(**NETWORK)  # type: ignore[arg-type]
    known = go_on(network, CLASSES, "amount-displacement")
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def learn(stage: str, seed: int, schedule: Schedule, loss: Callable[[nn.Module, Batch], Tensor]) -> float:
        error = fit(
            network,
            schedule,
            STEPS,
            partial(_batches, hands, seed, {}),
            loss,
            lambda network: digits_error(network, validation),
            out.with_suffix(f".{stage}.checkpoint"),
            resume,
            report,
        ).best_error
        report(f"{stage}: {error:.2%} of the made-up validation amounts wrong")
        return error

    before = learn("places", 1998, ALONE, places_loss)
    after = learn("texts", 4998, WHOLE, placed_loss)
    card = {
        "recipe": "amount-displacement",
        "data": "MNIST (Y. LeCun, C. Cortes, C. Burges); UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), training writers; "
        "pen digits (E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0); digits of open handwriting fonts (OFL) and of made-up shapes: "
        "written as amounts of money, after the habits of several countries, on made-up paper",
        "figures": {
            "strings wrong, best path without grammar (made-up, validation hands), before global training": before,
            "strings wrong, best path without grammar (made-up, validation hands)": after,
        },
        "passes": known.get("passes", 0) + ALONE.passes + WHOLE.passes,
        "classes": list(CLASSES),
    }
    save_model(out, network, NETWORK, card)


def _batches(hands: dict[str, list[Hand]], seed: int, made: dict[int, PlacedSweeps], number: int) -> Iterator[Batch]:
    """The batches of one pass; the amounts of the last passes are kept in ``made``."""
    index = number // SHOWN
    if index not in made:
        made.clear()
        made[index] = make_placed(hands, STRINGS, np.random.default_rng([seed, index]))
    return islice(placed_batches(made[index], COLUMNS, np.random.default_rng([seed + 1000, number])), STEPS)
