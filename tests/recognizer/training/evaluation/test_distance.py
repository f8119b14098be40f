"""Shares of what is read wrongly."""

from hypothesis import given
from hypothesis import strategies as st

from recognizer.language.distance import edit_distance
from recognizer.training.evaluation.distance import error_rates

texts = st.text("abc", max_size=6)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_rates_are_shares_of_all(pairs: list[tuple[str, str]]) -> None:
    wrong, edits = error_rates(pairs)
    assert wrong == sum(read != truth for read, truth in pairs) / len(pairs)
    total = sum(len(truth) for _, truth in pairs)
    assert not total or edits == sum(edit_distance(read, truth) for read, truth in pairs) / total
