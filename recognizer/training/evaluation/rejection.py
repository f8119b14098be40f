"""How many readings can be accepted at how many errors (1998 paper, sections III-D and X-D)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from recognizer.readers.calibration import Calibration

RATES = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1)  # shares of wrong answers among all samples
POINTS = (0.001, 0.005, 0.01)  # the rates that thresholds are judged at

CURVE_STEP = 0.05
_LEAST = 1e-6  # chance that `surprise` counts
CERTAINTY = 0.95  # that a promise of `promised` is kept
BINS = 15  # parts that confidences are told apart by where they are compared with what came out
NEVER = 1.1  # a confidence that no reading reaches

Outcome = tuple[float, bool]  # confidence, wrong?


def rejection_curve(outcomes: Sequence[Outcome], samples: int) -> list[dict[str, float]]:
    """For each of RATES: the most readings, by falling confidence, that can be accepted within it.

    Shares are of all ``samples``, as the paper counts correct, error and reject; readings that failed are no outcomes.
    """
    curve = []
    for rate in RATES:
        accepted, wrong, _ = _accept(outcomes, rate * samples)
        curve.append({"max_error": rate, "accepted": accepted / samples, "wrong": wrong / samples})
    return curve


def accepted_at(outcomes: Sequence[Outcome], samples: int, rate: float, threshold: float) -> dict[str, float]:
    """What a ``threshold`` that was chosen for ``rate`` does here: shares of all ``samples`` that are accepted and correct,
    accepted and wrong (the error), and refused."""
    accepted = [wrong for confidence, wrong in outcomes if confidence >= threshold]
    correct, error = (len(accepted) - sum(accepted)) / samples, sum(accepted) / samples
    return {
        "max_error": rate,
        "threshold": threshold,
        "correct": correct,
        "error": error,
        "refused": 1 - len(accepted) / samples,
    }


def judged(
    outcomes: Sequence[Outcome], samples: int, seconds: Sequence[float], threshold: Callable[[float], float]
) -> dict[str, Any]:
    """The figures of readings of ``samples``, those that failed being no ``outcomes``.

    ``curve``: what could be accepted within each error rate; ``points``: what the ``threshold`` that is stored with the model for
    an error rate accepts.
    """
    unread = samples - len(outcomes)
    return {
        "samples": samples,
        "error": (sum(wrong for _, wrong in outcomes) + unread) / samples,
        "unread": unread / samples,
        "curve": rejection_curve(outcomes, samples),
        "points": [accepted_at(outcomes, samples, rate, threshold(rate)) for rate in POINTS],
        "seconds": sum(seconds),
        "median_seconds": sorted(seconds)[len(seconds) // 2] if seconds else 0.0,
    }


def thresholds(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """For each of RATES: the lowest confidence that keeps the share of wrong answers among all outcomes within it."""
    return {str(rate): _accept(outcomes, rate * len(outcomes))[2] for rate in RATES}


def measured(outcomes: Sequence[Outcome], name: str = "") -> dict[str, Any]:
    """What a model's card says of whom to trust (`recognizer.readers.trust`): its thresholds, and the curve. ``name`` is before both."""
    return {f"{name}thresholds": thresholds(outcomes), f"{name}curve": trust_curve(outcomes)}


def trust_curve(outcomes: Sequence[Outcome]) -> list[tuple[float, float, float]]:
    """Confidence, and the shares of all outcomes that are accepted from it on and that are accepted and wrong: where it matters,
    which is at the thresholds of RATES, and at every further CURVE_STEP of them that is accepted."""
    points = {confidence: (accepted, wrong) for confidence, accepted, wrong in _from_the_surest(outcomes)}
    wanted = {confidence for confidence in thresholds(outcomes).values() if confidence != NEVER}
    last = 0
    for confidence, (count, _) in points.items():
        if count - last >= CURVE_STEP * len(outcomes) or count == len(outcomes):
            wanted.add(confidence)
            last = count
    return [(c, count / len(outcomes), misses / len(outcomes)) for c, (count, misses) in points.items() if c in wanted]


def promised(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What a model's card says of whom to trust, as `measured` does, but with room for chance: its shares of wrong ones, of all
    that are read, are the upper ends of `CERTAINTY` intervals (Clopper, Pearson, Biometrika 26, 1934)."""
    points = [(c, accepted, upper_bound(wrong, len(outcomes))) for c, accepted, wrong in _from_the_surest(outcomes)]
    lowest = {
        str(rate): min((confidence for confidence, _, bound in points if bound <= rate), default=NEVER)
        for rate in RATES
    }
    wanted = {*lowest.values(), *(points[k][0] for k in range(0, len(points), max(1, round(CURVE_STEP * len(points)))))}
    curve = [(confidence, count / len(outcomes), bound) for confidence, count, bound in points if confidence in wanted]
    return {"thresholds": lowest, "curve": curve}


def upper_bound(wrong: int, count: int) -> float:
    """The share of wrong ones that is not exceeded, with CERTAINTY, where so many of ``count`` are wrong."""
    from scipy.special import betaincinv

    return 1.0 if wrong == count else float(betaincinv(wrong + 1, count - wrong, CERTAINTY))


def reliability(outcomes: Sequence[Outcome]) -> list[tuple[float, float, int]]:
    """Mean confidence, share of right answers and number of those in each of BINS equal parts of 0..1 that hold any."""
    confidence, wrong = np.array(outcomes, float).reshape(-1, 2).T
    part = np.minimum((confidence * BINS).astype(int), BINS - 1)
    counts = np.bincount(part, minlength=BINS)
    there = np.flatnonzero(counts)
    means = [np.bincount(part, values, BINS)[there] / counts[there] for values in (confidence, 1 - wrong)]
    return list(zip(*(each.tolist() for each in (*means, counts[there])), strict=True))


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """How far confidence is from the share of right answers, mean over the parts of `reliability`."""
    parts = reliability(outcomes)
    return sum(count * abs(confidence - right) for confidence, right, count in parts) / max(len(outcomes), 1)


def calibration_of(outcomes: Sequence[Outcome], parts: int = 25) -> Calibration:
    """How often readings as sure as each other are right: in ``parts`` of as many readings each, by isotonic regression (Zadrozny and
    Elkan, KDD 2002), with one right and one wrong more in each part, since no share is certain."""
    from scipy.optimize import isotonic_regression

    ranked = [part for part in np.array_split(np.array(sorted(outcomes), float), parts) if len(part)]
    counts = np.array([len(part) for part in ranked])
    right = np.array([len(part) - part[:, 1].sum() + 1 for part in ranked]) / (counts + 2)
    blocks = isotonic_regression(right, weights=counts).blocks
    sure = np.add.reduceat([part[:, 0].sum() for part in ranked], blocks[:-1])
    share = np.add.reduceat(right * counts, blocks[:-1])
    size = np.add.reduceat(counts, blocks[:-1])
    return Calibration(tuple(zip((sure / size).tolist(), (share / size).tolist(), strict=True)))


def surprise(outcomes: Sequence[Outcome]) -> float:
    """-log of the chance that confidence gave to what came out, mean [nats]: low where it is high for what is right alone."""
    confidence, wrong = np.array(outcomes, float).T
    chances = np.where(wrong > 0, 1 - confidence, confidence)
    return float(-np.log(np.maximum(chances, _LEAST)).mean())


def _accept(outcomes: Sequence[Outcome], allowed: float) -> tuple[int, int, float]:
    """How many are accepted when at most ``allowed`` of them may be wrong, how many of those are, and the lowest confidence."""
    best = 0, 0, NEVER
    for confidence, accepted, wrong in _from_the_surest(outcomes):
        if wrong > allowed:
            break
        best = accepted, wrong, confidence
    return best


def _from_the_surest(outcomes: Sequence[Outcome]) -> Iterator[tuple[float, int, int]]:
    """Each confidence, how many readings are accepted from it on, and how many of those are wrong: readings of the same confidence
    are accepted together or not at all."""
    accepted = wrong = 0
    for confidence, equals in groupby(sorted(outcomes, key=itemgetter(0), reverse=True), key=itemgetter(0)):
        misses = [miss for _, miss in equals]
        accepted, wrong = accepted + len(misses), wrong + sum(misses)
        yield confidence, accepted, wrong
