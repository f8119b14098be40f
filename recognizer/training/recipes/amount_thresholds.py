"""How the amount systems are joined, and from which confidence on they are trusted: measured on made-up amounts of hands not seen."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from recognizer.networks.inference import folded
from recognizer.networks.store import load_model, save_model
from recognizer.page import Page
from recognizer.readers import load_amount_reader
from recognizer.readers.joined import JoinedReader
from recognizer.readers.sweep import sweep_reader
from recognizer.training.data.labelled_amounts import digits_of
from recognizer.training.evaluation.joined_amounts import DISPLACEMENT, SEGMENTATION, hear, read
from recognizer.training.evaluation.rejection import Outcome, measured, thresholds
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import load_hands

AMOUNTS = 1_500
WEIGHTS = (DISPLACEMENT, (0.2, 0.8), (0.3, 0.9), (0.4, 0.6), (0.5, 0.5), (0.5, 1.0), (0.7, 0.7), (1.0, 1.0))


def measure_thresholds(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Measure the displacement model ``out`` alone and with the segmentation model beside it; what is found is kept in ``out``."""
    model = load_model(out)
    segmentation = load_amount_reader(system="segmentation", models=out.parent)
    assert not isinstance(segmentation, JoinedReader)
    sweep = sweep_reader(folded(model.network), tuple(model.card["classes"]), 1.0)
    hands, generator = load_hands(data, "val"), np.random.default_rng(3)
    heard = []
    for number in range(AMOUNTS):
        amount = write_amount(draw_text(generator), hands, generator)
        readings = [read(reader, Page(amount.grey)) for reader in (segmentation, sweep)]
        heard.append(hear(readings, digits_of(amount.text)))
        if number % 100 == 99:
            report(f"read {number + 1} of {AMOUNTS} made-up amounts")
    found = {weights: [each.outcome(weights) for each in heard] for weights in (*WEIGHTS, SEGMENTATION)}
    for weights, outcomes in found.items():
        report(
            f"weights {weights}: {100 * _error(outcomes):.2f} % wrong, {100 * _accepted(outcomes):.1f} % accepted at 1 %"
        )
    best = max(
        WEIGHTS, key=lambda weights: _accepted(found[weights])
    )  # what two systems are asked for is whom to trust
    card = model.card | {
        **measured(found[DISPLACEMENT]),
        "joined": {"weights": list(best), **measured(found[best])},
    }
    card["figures"] = card["figures"] | {
        f"{name} wrong, of {AMOUNTS} made-up amounts of validation hands": _error(found[weights])
        for name, weights in (("displacement", DISPLACEMENT), ("segmentation", SEGMENTATION), ("joined", best))
    }
    save_model(out, model.network, model.arguments, card)


def _error(outcomes: list[Outcome]) -> float:
    return sum(wrong for _, wrong in outcomes) / len(outcomes)


def _accepted(outcomes: list[Outcome]) -> float:
    threshold = thresholds(outcomes)["0.01"]
    return sum(confidence >= threshold for confidence, _ in outcomes) / len(outcomes)
