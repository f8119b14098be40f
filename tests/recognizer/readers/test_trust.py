"""Which confidence is enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.readers.trust import JOINED, trust_in
from recognizer.training.evaluation.rejection import NEVER, RATES, Outcome, measured

CARD = {"thresholds": {"0.0": 0.99, "0.01": 0.8, "0.05": 0.5}}
OUTCOMES = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 0.99, 1.0]), st.booleans()), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("max_error", "confidence"), [(0.0, 0.99), (0.009, 0.99), (0.01, 0.8), (0.03, 0.8), (0.05, 0.5), (1.0, 0.5)]
)
def test_the_threshold_is_that_of_the_largest_rate_allowed(max_error: float, confidence: float) -> None:
    assert trust_in(CARD).at(max_error).confidence == confidence


def test_where_no_rate_is_small_enough_only_certainty_is_accepted() -> None:
    assert trust_in({"thresholds": {"0.01": 0.5}}).at(0.001).confidence == 1.0
    assert trust_in({"thresholds": {}}).at(0.5).confidence == 1.0
    assert trust_in({}).at(0.5).confidence == 1.0


def test_without_a_curve_nobody_claims_to_know_how_many_are_accepted() -> None:
    trust = trust_in(CARD)
    assert not trust.whole
    assert trust.at(0.01).accepted is None


@given(OUTCOMES, st.sampled_from([*RATES, 0.3, 1.0]))
def test_the_curve_tells_what_its_thresholds_do(outcomes: list[Outcome], rate: float) -> None:
    trust = trust_in(measured(outcomes))
    assert trust.whole
    for point in trust.points:
        taken = [wrong for confidence, wrong in outcomes if confidence >= point.confidence]
        assert point.accepted == pytest.approx(len(taken) / len(outcomes))
        assert point.wrong == pytest.approx(sum(taken) / len(outcomes))
    assert trust.at(rate).wrong <= rate
    assert trust.points[-1].accepted == 1.0
    if rate in RATES:  # as good as the thresholds themselves
        found = trust_in(measured(outcomes)).at(rate).confidence
        exact = measured(outcomes)["thresholds"][str(rate)]
        assert found <= exact or exact == NEVER


def test_the_curve_is_short_however_many_outcomes_there_are() -> None:
    outcomes = [(1 - k / 2000, k % 7 == 0) for k in range(2000)]
    assert len(trust_in(measured(outcomes)).points) <= 20 + len(RATES)


def test_two_curves_live_in_one_card_under_their_names() -> None:
    card = measured([(0.9, False)]) | measured([(0.4, False)], JOINED)
    assert trust_in(card).at(0.0).confidence == 0.9
    assert trust_in(card, JOINED).at(0.0).confidence == 0.4
