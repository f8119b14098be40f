"""What accepting comes to, from curves and from thresholds alone."""

from pathlib import Path

import pytest

from recognizer.readers.trust import trust_in
from recognizer.training.evaluation.rejection import measured, promised
from ui.model.documents.acceptance import commonest, nearest, own_count, promise, stops, thresholds
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict

OUTCOMES = [(1 - k / 1000, k >= 600 and k % 8 == 0) for k in range(1000)]
CURVE = trust_in(measured(OUTCOMES))
THREE = trust_in({"thresholds": {"0.001": 0.99, "0.005": 0.95, "0.01": 0.9}})


def test_every_stop_of_the_slider_changes_something_and_more_errors_never_accept_less() -> None:
    trusts = {"amount": CURVE}
    found = [thresholds(trusts, rate)["amount"] for rate in stops(trusts)]
    assert found == sorted(set(found), reverse=True)
    assert stops({}) == ()


def test_the_promise_of_a_curve_is_what_was_measured() -> None:
    for rate in stops({"amount": CURVE}):
        threshold = thresholds({"amount": CURVE}, rate)["amount"]
        taken = [wrong for confidence, wrong in OUTCOMES if confidence >= threshold]
        words = promise({"amount": CURVE}, "amount", rate)
        assert f" {len(taken):,} accepted (about {sum(taken)} wrong), {1000 - len(taken):,} to check" in words


@pytest.mark.parametrize("count", [1, 7, 497, 1000, 4001])
def test_the_promise_tells_how_many_were_measured(count: int) -> None:
    curve = trust_in(measured([(1 - k / count, k % 3 == 0) for k in range(count)]))
    assert curve.samples == count
    assert trust_in(promised([(1 - k / count, k % 3 == 0) for k in range(count)])).samples in (count, None)
    assert f"measured on {count:,}:" in promise({"amount": curve}, "amount", 1.0)
    assert THREE.samples is None


def test_a_queue_tells_its_own_count() -> None:
    def row(confidence: float, verdict: Verdict | None = None) -> Row:
        return Row(Result(DocumentPage(Path("a"), 1), kind="amount", text="1", confidence=confidence), verdict)

    right, wrong = Verdict(State.ACCEPTED), Verdict(State.CORRECTED, "2")
    assert own_count([], {"amount": 0.9}) == ""
    assert own_count([row(0.95), row(0.5)], {"amount": 0.9}) == "Here: 1 of 2 accepted."
    rows = [row(0.95), row(0.95, right), row(0.95, wrong), row(0.5, wrong), row(0.5, Verdict(State.SKIPPED))]
    assert own_count(rows, {"amount": 0.9}) == "Here: 3 of 5 accepted; 1 wrong among 3 that were checked."


def test_thresholds_alone_promise_no_more_than_they_know() -> None:
    words = promise({"amount": THREE}, "amount", 0.005)
    assert "at most 5 are accepted wrongly" in words
    assert "not stored" in words
    assert promise({"amount": THREE}, "amount", 0.001).count("at most 1 ") == 1
    assert "a person looks at all" in promise({}, "cheque", 0.01)


@pytest.mark.parametrize(("rate", "number"), [(0.0, 0), (0.001, 0), (0.006, 1), (0.01, 2), (1.0, 2)])
def test_the_slider_stands_at_the_largest_rate_that_is_put_up_with(rate: float, number: int) -> None:
    assert nearest(stops({"amount": THREE}), rate) == number


def test_the_commonest_kind_speaks() -> None:
    kinds = ["amount", "cheque", "cheque", "", "", ""]
    assert commonest(Result(DocumentPage(Path("a"), 1), kind=kind) for kind in kinds) == "cheque"
    assert commonest([]) == "amount"


def test_a_thousand_is_told_in_whole_numbers_but_for_a_few() -> None:
    trust = trust_in({"curve": [(0.9, 0.3607, 0.0025), (0.5, 0.9, 0.0104)]})
    assert "361 accepted (about 2.5 wrong), 639 to check" in promise({"amount": trust}, "amount", 0.005)
    assert "900 accepted (about 10 wrong), 100 to check" in promise({"amount": trust}, "amount", 0.05)
