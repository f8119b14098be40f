"""How the amount systems are joined, and from which confidence on they are trusted: measured on made-up amounts of hands not seen."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from recognizer.errors import InputError
from recognizer.networks.inference import folded
from recognizer.networks.store import load_model, save_model
from recognizer.page import Page
from recognizer.readers import Reader, Reading, load_amount_reader
from recognizer.readers.joined import JoinedReader, opinions, weighed
from recognizer.readers.sweep import sweep_reader
from recognizer.training.amounts import draw_text, write_amount
from recognizer.training.glyphs import load_hands
from recognizer.training.labelled_amounts import digits_of
from recognizer.training.rejection import Outcome, measured, thresholds

# Whether each reader found something, the texts found with their labels, and each reader's chances.
Answers = tuple[list[bool], list[tuple[str, tuple[int, ...]]], np.ndarray]

AMOUNTS = 1_500
WEIGHTS = ((0.0, 1.0), (0.2, 0.8), (0.3, 0.9), (0.4, 0.6), (0.5, 0.5), (0.5, 1.0), (0.7, 0.7), (1.0, 1.0))


def measure_thresholds(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Measure the displacement model ``out`` alone and with the segmentation model beside it; what is found is kept in ``out``."""
    model = load_model(out)
    segmentation = load_amount_reader(system="segmentation", models=out.parent)
    assert not isinstance(segmentation, JoinedReader)
    sweep = sweep_reader(folded(model.network), tuple(model.card["classes"]), 1.0)
    hands, generator = load_hands(data, "val"), np.random.default_rng(3)
    pairs, digits = [], []
    for number in range(AMOUNTS):
        amount = write_amount(draw_text(generator), hands, generator)
        pairs.append(_opinions(_read(segmentation, Page(amount.grey)), _read(sweep, Page(amount.grey))))
        digits.append(digits_of(amount.text))
        if number % 100 == 99:
            report(f"read {number + 1} of {AMOUNTS} made-up amounts")
    found = {weights: _outcomes(pairs, digits, weights) for weights in (*WEIGHTS, (1.0, 0.0))}
    for weights, outcomes in found.items():
        report(
            f"weights {weights}: {100 * _error(outcomes):.2f} % wrong, {100 * _accepted(outcomes):.1f} % accepted at 1 %"
        )
    best = max(
        WEIGHTS, key=lambda weights: _accepted(found[weights])
    )  # what two systems are asked for is whom to trust
    card = model.card | {
        **measured(found[0.0, 1.0]),
        "joined": {"weights": list(best), **measured(found[best])},
    }
    card["figures"] = card["figures"] | {
        f"{name} wrong, of {AMOUNTS} made-up amounts of validation hands": _error(found[weights])
        for name, weights in (("displacement", (0.0, 1.0)), ("segmentation", (1.0, 0.0)), ("joined", best))
    }
    save_model(out, model.network, model.arguments, card)


def _read(reader: Reader[Page], page: Page) -> Reading | None:
    try:
        return reader.read(page)
    except InputError:
        return None


def _opinions(*readings: Reading | None) -> Answers:
    found = [reading for reading in readings if reading]
    return [reading is not None for reading in readings], *(opinions(found) if found else ([], np.empty((0, 1))))


def _outcomes(pairs: list[Answers], digits: list[str], weights: tuple[float, float]) -> list[Outcome]:
    found: list[Outcome] = []
    for (known, texts, chances), truth in zip(pairs, digits, strict=True):
        own = [weight for weight, known_to in zip(weights, known, strict=True) if known_to]
        if not any(own):
            found.append((0.0, True))
            continue
        best = weighed(texts, chances, own)[0]
        found.append((best.confidence, digits_of(best.text) != truth))
    return found


def _error(outcomes: list[Outcome]) -> float:
    return sum(wrong for _, wrong in outcomes) / len(outcomes)


def _accepted(outcomes: list[Outcome]) -> float:
    threshold = thresholds(outcomes)["0.01"]
    return sum(confidence >= threshold for confidence, _ in outcomes) / len(outcomes)
