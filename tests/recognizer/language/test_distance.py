"""Edit distance: a metric, checked against its definition."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from recognizer.language.distance import edit_distance

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


@given(texts, texts)
def test_words_are_symbols_as_characters_are(a: str, b: str) -> None:
    assert edit_distance([each * 2 for each in a], [each * 2 for each in b]) == edit_distance(a, b)
