"""How many readings can be accepted at how many errors (1998 paper, sections III-D and X-D)."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

RATES = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1)  # shares of wrong answers among all samples
POINTS = (0.001, 0.005, 0.01)  # the rates that thresholds are judged at

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


def thresholds(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """For each of RATES: the lowest confidence that keeps the share of wrong answers among all outcomes within it."""
    return {str(rate): _accept(outcomes, rate * len(outcomes))[2] for rate in RATES}


def _accept(outcomes: Sequence[Outcome], allowed: float) -> tuple[int, int, float]:
    """How many are accepted when at most ``allowed`` of them may be wrong, how many of those are, and the lowest confidence.

    Readings of the same confidence are accepted together or not at all.
    """
    accepted, wrong, lowest = 0, 0, NEVER
    ranked = sorted(outcomes, key=itemgetter(0), reverse=True)
    for confidence, equals in groupby(ranked, key=itemgetter(0)):
        misses = [miss for _, miss in equals]
        if wrong + sum(misses) > allowed:
            break
        accepted, wrong, lowest = accepted + len(misses), wrong + sum(misses), confidence
    return accepted, wrong, lowest
