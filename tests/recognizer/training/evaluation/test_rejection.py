import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.training.evaluation.rejection import NEVER, RATES, Outcome, accepted_at, rejection_curve, thresholds

OUTCOMES = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 0.99, 1.0]), st.booleans()), max_size=40)


def _best(outcomes: list[Outcome], allowed: float) -> tuple[int, int, float]:
    """Most accepted, wrong among them, and the threshold, by trying every threshold."""
    found = (0, 0, NEVER)
    for threshold in sorted({confidence for confidence, _ in outcomes}, reverse=True):
        accepted = [miss for confidence, miss in outcomes if confidence >= threshold]
        if sum(accepted) <= allowed:
            found = (len(accepted), sum(accepted), threshold)
    return found


@given(OUTCOMES, st.integers(0, 10))
def test_the_curve_is_that_of_the_best_threshold(outcomes: list[Outcome], unread: int) -> None:
    samples = len(outcomes) + unread
    if not samples:
        return
    for point, rate in zip(rejection_curve(outcomes, samples), RATES, strict=True):
        accepted, wrong, _ = _best(outcomes, rate * samples)
        assert point == {"max_error": rate, "accepted": accepted / samples, "wrong": wrong / samples}


@given(OUTCOMES)
def test_what_a_threshold_accepts_keeps_within_its_rate(outcomes: list[Outcome]) -> None:
    found = thresholds(outcomes)
    assert [float(rate) for rate in found] == list(RATES)
    for rate, threshold in found.items():
        wrong = sum(miss for confidence, miss in outcomes if confidence >= threshold)
        assert wrong <= float(rate) * len(outcomes)
        assert threshold == _best(outcomes, float(rate) * len(outcomes))[2]


@given(OUTCOMES)
def test_more_errors_allowed_never_accept_less(outcomes: list[Outcome]) -> None:
    accepted = [point["accepted"] for point in rejection_curve(outcomes, max(1, len(outcomes)))]
    assert accepted == sorted(accepted)


def test_where_the_surest_reading_is_wrong_nothing_is_sure_enough() -> None:
    assert thresholds([(1.0, True), (1.0, False)])["0.0"] == NEVER > 1


def test_a_curve_by_hand() -> None:
    outcomes = [(0.99 - 0.001 * k, False) for k in range(90)] + [(0.5, True)] + [(0.4, False)] * 8 + [(0.1, True)]
    curve = {point["max_error"]: point for point in rejection_curve(outcomes, 100)}
    assert curve[0.005]["accepted"] == pytest.approx(0.9)
    assert curve[0.01] == {"max_error": 0.01, "accepted": 0.99, "wrong": 0.01}
    assert curve[0.02]["accepted"] == pytest.approx(1.0)
    assert np.isclose(thresholds(outcomes)["0.01"], 0.4)


@given(OUTCOMES, st.integers(0, 10), st.sampled_from([0.0, 0.2, 0.5, 0.95, NEVER]))
def test_correct_error_and_refused_are_everything(outcomes: list[Outcome], unread: int, threshold: float) -> None:
    samples = len(outcomes) + unread
    if not samples:
        return
    point = accepted_at(outcomes, samples, 0.01, threshold)
    assert point["correct"] + point["error"] + point["refused"] == pytest.approx(1)
    assert point["error"] * samples == pytest.approx(sum(miss for sure, miss in outcomes if sure >= threshold))
    assert point["refused"] * samples >= unread - 1e-9
