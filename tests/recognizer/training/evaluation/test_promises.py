import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from recognizer.training.evaluation.rejection import (
    CERTAINTY,
    NEVER,
    RATES,
    Outcome,
    calibration_error,
    calibration_of,
    promised,
    reliability,
    surprise,
    upper_bound,
)

OUTCOMES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@given(st.integers(1, 500), st.data())
def test_a_bound_is_where_so_few_errors_become_unlikely(accepted: int, data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, accepted - 1))
    bound = upper_bound(wrong, accepted)
    assert wrong / accepted < bound <= 1
    assert binom.cdf(wrong, accepted, bound) == pytest.approx(1 - CERTAINTY, abs=1e-6)


def test_all_wrong_has_no_bound() -> None:
    assert upper_bound(3, 3) == 1


@given(OUTCOMES)
def test_what_is_promised_holds_where_it_was_measured(outcomes: list[Outcome]) -> None:
    card = promised(outcomes)
    for rate, lowest in card["thresholds"].items():
        accepted = [wrong for confidence, wrong in outcomes if confidence >= lowest]
        assert lowest == NEVER or upper_bound(sum(accepted), len(outcomes)) <= float(rate)
    for confidence, share, bound in card["curve"]:
        accepted = [wrong for sure, wrong in outcomes if sure >= confidence]
        assert share == pytest.approx(len(accepted) / len(outcomes))
        assert bound == pytest.approx(upper_bound(sum(accepted), len(outcomes)))


def test_few_right_answers_promise_nothing() -> None:
    assert promised([(0.9, False)] * 200)["thresholds"]["0.01"] == NEVER
    assert promised([(0.9, False)] * 400)["thresholds"]["0.01"] == 0.9
    assert [float(rate) for rate in promised([(0.9, False)])["thresholds"]] == list(RATES)


@given(OUTCOMES)
def test_reliability_counts_every_reading_once(outcomes: list[Outcome]) -> None:
    parts = reliability(outcomes)
    assert sum(count for _, _, count in parts) == len(outcomes)
    assert sum(right * count for _, right, count in parts) == pytest.approx(sum(not wrong for _, wrong in outcomes))
    assert 0 <= calibration_error(outcomes) <= 1


def test_who_is_as_sure_as_he_is_right_has_no_calibration_error() -> None:
    outcomes = [(0.75, k % 4 == 0) for k in range(400)] + [(0.25, k % 4 != 0) for k in range(400)]
    assert calibration_error(outcomes) == pytest.approx(0)
    assert calibration_error([(0.99, True)] * 10) == pytest.approx(0.99)
    assert calibration_error([]) == 0


@given(OUTCOMES)
def test_who_is_surer_is_no_less_sure_once_calibrated(outcomes: list[Outcome]) -> None:
    calibration = calibration_of(outcomes)
    shares = [calibration.of(confidence) for confidence in np.linspace(0, 1, 50)]
    assert (np.diff(shares) > -1e-12).all()  # but for rounding
    assert 0 <= shares[0] < shares[-1] <= 1


def test_who_is_too_sure_is_as_sure_as_right_once_calibrated() -> None:
    generator = np.random.default_rng(5)
    sure = generator.random(8_000)
    outcomes = [(float(one), bool(chance > one**3)) for one, chance in zip(sure, generator.random(8_000), strict=True)]
    calibration = calibration_of(outcomes[::2])
    others = [(calibration.of(confidence), wrong) for confidence, wrong in outcomes[1::2]]
    assert calibration_error(outcomes) > 0.2
    assert calibration_error(others) < 0.03


def test_surprise_is_least_for_the_true_share() -> None:
    shares = np.linspace(0.1, 0.9, 9)
    outcomes = [surprise([(share, k % 10 < 3) for k in range(100)]) for share in shares]
    assert shares[int(np.argmin(outcomes))] == pytest.approx(0.7)
