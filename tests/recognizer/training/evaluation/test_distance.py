"""Edit distance: a metric, checked against its definition."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from recognizer.training.evaluation.distance import edit_distance, error_rates

texts = st.text("abc", max_size=6)


def by_definition(a: str, b: str) -> int:
    @cache
    def of(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        return min(of(i - 1, j) + 1, of(i, j - 1) + 1, of(i - 1, j - 1) + (a[i - 1] != b[j - 1]))

    return of(len(a), len(b))


@given(texts, texts)
def test_it_is_the_least_number_of_edits(a: str, b: str) -> None:
    assert edit_distance(a, b) == by_definition(a, b) == edit_distance(b, a)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_rates_are_shares_of_all(pairs: list[tuple[str, str]]) -> None:
    wrong, edits = error_rates(pairs)
    assert wrong == sum(read != truth for read, truth in pairs) / len(pairs)
    total = sum(len(truth) for _, truth in pairs)
    assert not total or edits == sum(edit_distance(read, truth) for read, truth in pairs) / total
