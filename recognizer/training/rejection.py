"""How many readings can be accepted at how many errors (1998 paper, sections III-D and X-D)."""

from collections.abc import Sequence

RATES = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1)  # shares of wrong answers among all samples

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


def thresholds(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """For each of RATES: the lowest confidence that keeps the share of wrong answers among all outcomes within it."""
    return {str(rate): _accept(outcomes, rate * len(outcomes))[2] for rate in RATES}


def _accept(outcomes: Sequence[Outcome], allowed: float) -> tuple[int, int, float]:
    """How many are accepted when at most ``allowed`` of them may be wrong, how many of those are, and the lowest confidence."""
    accepted, wrong, lowest, misses = 0, 0, 1.0, 0
    for count, (confidence, miss) in enumerate(sorted(outcomes, reverse=True), 1):
        misses += miss
        if misses > allowed:
            break
        accepted, wrong, lowest = count, misses, confidence
    return accepted, wrong, lowest
