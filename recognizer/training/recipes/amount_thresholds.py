"""How the amount systems are joined, and from which confidence on they are trusted: measured on made-up amounts of hands not seen."""

from dataclasses import dataclass

import numpy as np

from recognizer.language.written import value_written
from recognizer.networks.inference import folded
from recognizer.networks.store import Model, load_model, save_model
from recognizer.page import Page
from recognizer.readers import Reader, load_amount_reader
from recognizer.readers.doubt import NO_DOUBTS, doubts_about
from recognizer.readers.sweep import sweep_reader
from recognizer.training.evaluation.joined_amounts import DISPLACEMENT, SEGMENTATION, Heard, hear, read
from recognizer.training.evaluation.rejection import Outcome, calibration_error, promised, reliability, surprise
from recognizer.training.learning.loop import Run
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import MADE_UP, load_hands

# How much each system counts, and how sure both together are: both are chosen.
RATIOS = (DISPLACEMENT, (0.2, 0.8), (0.35, 0.65), (0.5, 0.5))
SCALES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)
WEIGHTS = tuple((a * scale, b * scale) for a, b in RATIOS for scale in SCALES)


@dataclass(frozen=True)
class Settings:
    """How many amounts are read."""

    made_up: int = MADE_UP  # hands
    amounts: int = 2_500


SETTINGS = Settings()


def measure_thresholds(run: Run, settings: Settings) -> None:
    """Measure a displacement model, the run's ``out``, alone and with the segmentation model beside it; what is found is kept in it."""
    model = load_model(run.out)
    heard = _heard(model, run, settings)
    found = {weights: [each.outcome(weights) for each in heard] for weights in (*WEIGHTS, SEGMENTATION)}
    for weights, outcomes in found.items():
        run.report(
            f"weights {weights}: {_error(outcomes):.2%} wrong, surprise {surprise(outcomes):.4f}, "
            f"calibration error {calibration_error(outcomes):.3f}, {_accepted(outcomes):.1%} accepted at 1 %"
        )
    best = min(WEIGHTS, key=lambda weights: surprise(found[weights]))
    card = model.card | {
        **promised(found[DISPLACEMENT]),
        "joined": {"weights": list(best), "reliability": reliability(found[best]), **promised(found[best])},
    }
    card["figures"] = card["figures"] | {
        f"{name} wrong (value), of {settings.amounts} made-up amounts of validation hands": _error(found[weights])
        for name, weights in (("displacement", DISPLACEMENT), ("segmentation", SEGMENTATION), ("joined", best))
    }
    card["figures"]["calibration error of both joined, on the same"] = calibration_error(found[best])
    card["figures"]["accepted at 1 % (95 % bound) of the same"] = _accepted(found[best])
    save_model(run.out, model.network, model.arguments, card)


def _heard(model: Model, run: Run, settings: Settings) -> list[Heard]:
    """What both systems think of made-up amounts by hands that neither has seen."""
    segmentation = load_amount_reader(system="segmentation", models=run.out.parent)
    assert isinstance(segmentation, Reader)
    sweep = sweep_reader(folded(model.network), tuple(model.card["classes"]), 1.0)
    hands, generator = load_hands(run.data, "val", settings.made_up), np.random.default_rng(3)
    heard = []
    for number in range(settings.amounts):
        text = draw_text(generator)
        page = Page(write_amount(text, hands, generator).grey)
        readings = [read(reader, page) for reader in (segmentation, sweep)]
        doubts = doubts_about(page, sweep) if any(readings) else NO_DOUBTS
        heard.append(hear(readings, value_written(text) or "", doubts))
        if number % 100 == 99:
            run.report(f"read {number + 1} of {settings.amounts} made-up amounts")
    return heard


def _error(outcomes: list[Outcome]) -> float:
    return sum(wrong for _, wrong in outcomes) / len(outcomes)


def _accepted(outcomes: list[Outcome]) -> float:
    threshold = promised(outcomes)["thresholds"]["0.01"]
    return sum(confidence >= threshold for confidence, _ in outcomes) / len(outcomes)
