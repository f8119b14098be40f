"""How the amount systems are joined, and from which confidence on they are trusted: measured on made-up amounts of hands not seen.

Each is written as people write: all of it in one hand, and by hands that people have. Shapes and mixtures that nobody writes are to
be learnt from; here they would ask for thresholds that refuse what is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from recognizer.language.written import value_written
from recognizer.networks.inference import folded
from recognizer.networks.store import load_model, save_model
from recognizer.page import Page
from recognizer.platform import model_beside
from recognizer.readers.calibration import Calibration
from recognizer.readers.catalog import load_reader
from recognizer.readers.displacement import displacement_reader
from recognizer.readers.doubt import NO_DOUBTS, doubts_about
from recognizer.training.data.many import by_two
from recognizer.training.evaluation.joined_amounts import DISPLACEMENT, SEGMENTATION, Heard, hear, read
from recognizer.training.evaluation.rejection import (
    Outcome,
    calibration_error,
    calibration_of,
    promised,
    reliability,
    surprise,
)
from recognizer.training.learning.loop import Run
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import load_hands

# How much each system counts: what is least often wrong is chosen, for two systems err apart on hands that neither knows.
RATIOS = (DISPLACEMENT, (0.1, 0.9), (0.2, 0.8), (0.35, 0.65), (0.5, 0.5))
SCALES = (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.6)  # and how sure both together are: what is as sure as it is right


@dataclass(frozen=True)
class Settings:
    """How many amounts are read."""

    amounts: int = 16_000  # in whole shards; promises keep a margin for chance, which fewer would make wide
    shard: int = 250  # amounts read by one worker at a time, from a seed of their own


SETTINGS = Settings()


def measure_thresholds(run: Run, settings: Settings) -> None:
    """Measure a displacement model, the run's ``out``, alone and with the segmentation model beside it; what is found is kept in it."""
    model, heard = load_model(run.out), _heard(run, settings)
    found = {weights: [each.outcome(weights) for each in heard] for weights in (*RATIOS, SEGMENTATION)}
    ratio = min(RATIOS, key=lambda weights: _error(found[weights]))
    scaled = [(ratio[0] * scale, ratio[1] * scale) for scale in SCALES]
    found |= {weights: [each.outcome(weights) for each in heard] for weights in scaled}
    for weights, outcomes in found.items():
        run.report(
            f"weights {weights[0]:.2f}, {weights[1]:.2f}: {_error(outcomes):.2%} wrong, surprise {surprise(outcomes):.4f}, "
            f"calibration error {calibration_error(outcomes):.3f}, {_accepted(outcomes):.1%} accepted at 1 %"
        )
    best = min(scaled, key=lambda weights: surprise(found[weights]))
    calibration, outcomes = calibration_of(found[best]), _each_half_by_the_other(found[best])
    card = model.card | {
        **promised(found[DISPLACEMENT]),
        "joined": {
            "weights": list(best),
            "calibration": [list(knot) for knot in calibration.knots],
            "reliability": reliability(outcomes),
            **promised(_by(calibration, found[best])),
        },
    }
    card["figures"] = card["figures"] | {
        f"{name} wrong (value), of {len(heard)} made-up amounts of validation hands": _error(found[weights])
        for name, weights in (("displacement", DISPLACEMENT), ("segmentation", SEGMENTATION), ("joined", best))
    }
    card["figures"]["calibration error of both joined, each half calibrated by the other"] = calibration_error(outcomes)
    card["figures"]["accepted at 1 % (95 % bound) of the same"] = _accepted(outcomes)
    save_model(run.out, model.network, model.arguments, card)


def _each_half_by_the_other(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with their confidence calibrated by those that it is not measured on."""
    one, other = outcomes[::2], outcomes[1::2]
    return _by(calibration_of(other), one) + _by(calibration_of(one), other)


def _by(calibration: Calibration, outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [(calibration.of(confidence), wrong) for confidence, wrong in outcomes]


def _heard(run: Run, settings: Settings) -> list[Heard]:
    """What both systems think of made-up amounts by hands that neither has seen."""
    work = [(run.data, run.out, settings, number) for number in range(settings.amounts // settings.shard)]
    heard: list[Heard] = []
    for shard in by_two(_hear_shard, work):
        heard += shard
        run.report(f"read {len(heard)} of {settings.amounts} made-up amounts")
    return heard


def _hear_shard(work: tuple[Path, Path, Settings, int]) -> list[Heard]:
    data, out, settings, number = work
    torch.set_num_threads(1)
    model = load_model(out)
    segmentation = load_reader("amount", system="segmentation", models=model_beside("amount", out.parent).parent)
    displacement = displacement_reader(folded(model.network), tuple(model.card["classes"]), 1.0)
    hands, generator = load_hands(data, "val", made_up=1), np.random.default_rng([3, number])
    hands.pop("shapes")
    heard = []
    for _ in range(settings.shard):
        text = draw_text(generator)
        page = Page(write_amount(text, hands, generator, as_they_are=True).grey)
        readings = [read(reader, page) for reader in (segmentation, displacement)]
        doubts = doubts_about(page, displacement) if any(readings) else NO_DOUBTS
        heard.append(hear(readings, value_written(text) or "", doubts))
    return heard


def _error(outcomes: list[Outcome]) -> float:
    return sum(wrong for _, wrong in outcomes) / len(outcomes)


def _accepted(outcomes: list[Outcome]) -> float:
    threshold = promised(outcomes)["thresholds"]["0.01"]
    return sum(confidence >= threshold for confidence, _ in outcomes) / len(outcomes)
