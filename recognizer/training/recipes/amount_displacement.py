"""The recipe of the space displacement network for amounts: whole lines made up afresh.

First it learns what to say in the middle of each character and that nothing is said elsewhere, from where they stand; then,
globally, the texts (1998 paper, sections VI and VII), the places still beside them: from texts alone it gets surer than it is right.
Each run is a cycle that goes on from the model that ships, if there is one, and makes the mean of both: the first learnt digits and
a few signs, the next all ways of writing money, the third that a long stroke at the beginning is rather a 1 than a sign or print and
that a point may be no larger than the pen is wide, the fourth digits as hands have them that are not in the data.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.networks.displacement import Displacement
from recognizer.networks.store import save_model
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.evaluation.displacement import digits_error
from recognizer.training.learning.before import go_on, meet
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.learning.placed_pictures import placed_batches, placed_loss, places_loss
from recognizer.training.synthesis.amount_pictures import CLASSES, make_pictures
from recognizer.training.synthesis.glyphs import MADE_UP, Hand, font_advice, load_hands
from recognizer.training.synthesis.placed_pictures import PlacedPictures, make_placed

NETWORK = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "classes": len(CLASSES),
    "widths": [32, 64, 64, 128],
    "dilations": [1, 2],
    "dropout": 0.1,
}


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how many strings."""

    network: dict[str, Any] = field(default_factory=NETWORK.copy)
    made_up: int = MADE_UP  # hands
    strings: int = 8_000  # made up at a time
    shown: int = 3  # passes that show the same ones, distorted anew
    validation: int = 1_500
    columns: int = 4_000  # of a batch, some thirty strings
    steps: int = 280  # batches of a pass: nearly all there are
    alone: Schedule = Schedule(passes=1, rate=2e-3, decay=0.02, averaging=0.998)
    whole: Schedule = Schedule(passes=16, rate=1.2e-3, warm_up=0.05, decay=0.02, averaging=0.999)


SETTINGS = Settings()


def train_amount_displacement(run: Run, settings: Settings) -> None:
    """Train on amounts written with the digits and signs of the data, validate on hands that are not in them."""
    torch.manual_seed(1998)
    validation = make_pictures(
        load_hands(run.data, "val", settings.made_up), settings.validation, np.random.default_rng(1)
    )
    hands = load_hands(run.data, "train", settings.made_up)
    if "fonts" not in hands:
        run.report(font_advice(run.data))
    run.report(f"hands: {', '.join(f'{len(writers)} {source}' for source, writers in hands.items())}")
    network = Displacement(**settings.network)
    known = go_on(network, CLASSES, "amount-displacement")
    start = copy.deepcopy(network.state_dict())
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def learn(stage: str, seed: int, schedule: Schedule, loss: Callable[[nn.Module, Batch], Tensor]) -> float:
        batches = partial(_batches, hands, settings, seed, {})
        validate = partial(digits_error, amounts=validation)
        error = fit(network, Training(schedule, settings.steps, batches, loss, validate), run, stage).best_error
        run.report(f"{stage}: {error:.2%} of the made-up validation amounts wrong")
        return error

    before = learn("places", 1998, settings.alone, places_loss)
    after = learn("texts", 4998, settings.whole, placed_loss)
    if known:
        meet(network, start)
        after = digits_error(network, validation)
        run.report(f"halfway between before and after this run: {after:.2%}")
    card = {
        "recipe": "amount-displacement",
        "data": "MNIST (Y. LeCun, C. Cortes, C. Burges); UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), training writers; "
        "pen digits (E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0); digits of open handwriting fonts (OFL) and of made-up shapes: "
        "written as amounts of money, after the habits of several countries, on made-up paper",
        "figures": {
            "strings wrong, best path without grammar (made-up, validation hands), before global training": before,
            "strings wrong, best path without grammar (made-up, validation hands)": after,
        },
        "passes": known.get("passes", 0) + settings.alone.passes + settings.whole.passes,
        "classes": list(CLASSES),
    }
    save_model(run.out, network, settings.network, card)


def _batches(
    hands: dict[str, list[Hand]], settings: Settings, seed: int, made: dict[int, PlacedPictures], number: int
) -> Iterator[Batch]:
    """The batches of one pass; the amounts of the last passes are kept in ``made``."""
    index = number // settings.shown
    if index not in made:
        made.clear()
        made[index] = make_placed(hands, settings.strings, np.random.default_rng([seed, index]))
    generator = np.random.default_rng([seed + 1000, number])
    return islice(placed_batches(made[index], settings.columns, generator), settings.steps)
