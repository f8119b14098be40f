"""Numbers in words against a library that spells them."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from recognizer.gtn import Graph, batch, chain, compose, viterbi
from recognizer.gtn.notation import Expression, grammar
from recognizer.language.legal_amount import CLASSES, PLAIN
from recognizer.language.number_words import (
    MOST,
    all_below_hundred,
    all_english,
    all_german,
    all_german_below_hundred,
    below_hundred,
    english,
    german,
    german_below_hundred,
)

LABELS = {symbol: label for label, symbol in enumerate(CLASSES, 1)}
NUMBERS = st.integers(0, 120) | st.integers(0, MOST) | st.integers(0, 999).map(lambda n: 1000 * n)
LANGUAGES = [("en", english), ("en_IN", english), ("de", german)]
ALL = {english: grammar(all_english(), LABELS), german: grammar(all_german(), LABELS)}


def takes(graph: Graph, *words: str) -> np.ndarray:
    """Whether it takes each, at no penalty."""
    plain = ["".join(c for c in each.lower().translate(PLAIN) if c in LABELS) for each in words]
    lines = batch([chain([LABELS[c] for c in each]) for each in plain])
    found: np.ndarray = np.asarray(viterbi(compose(lines, graph))) == 0
    return found


@pytest.mark.parametrize(("language", "spelt"), LANGUAGES)
@given(number=NUMBERS, other=NUMBERS)
@settings(max_examples=15)
def test_a_number_is_written_as_the_library_spells_it_and_no_other_is(
    language: str, spelt: Callable[[int], Expression], number: int, other: int
) -> None:
    words = num2words(number, lang=language).replace("einstausend", "eintausend")  # an s that the library alone writes
    assert takes(ALL[spelt], words).all()
    assert takes(grammar(spelt(number), LABELS), words).all()
    assert takes(grammar(spelt(other), LABELS), words).all() == (number == other)


@pytest.mark.parametrize(
    ("spelt", "number", "ways"),
    [
        (english, 1230, ["twelve hundred thirty", "twelve hundred and thirty", "onethousand&twohundredthirty"]),
        (english, 1_250_000, ["twelve lakhs fifty thousand", "twelve lac and fifty thousand"]),
        (german, 1100, ["tausendhundert", "tausendundeinhundert"]),
        (german, 21_000_101, ["einundzwanzig Millionen und hunderteins"]),
    ],
)
def test_people_write_it_otherwise_too(spelt: Callable[[int], Expression], number: int, ways: list[str]) -> None:
    assert takes(grammar(spelt(number), LABELS), *ways).all()
    assert takes(ALL[spelt], *ways).all()


def test_what_is_no_number_is_not_taken() -> None:
    nonsense = ["", "and", "thousand", "onethousandand", "twentyteen", "andfive", "onehundredhundred", "zerothousand"]
    assert not takes(ALL[english], *nonsense).any()
    unsinn = ["", "und", "einsundzwanzig", "einsmillion", "zweihundertund", "einundzwanzigeins", "nulltausend"]
    assert not takes(ALL[german], *unsinn).any()


def test_below_a_hundred_all_are_just_the_single_ones() -> None:
    words = [num2words(n) for n in range(101)]
    assert np.flatnonzero(takes(grammar(all_below_hundred(), LABELS), *words)).tolist() == [*range(1, 100)]
    assert all(takes(grammar(below_hundred(n), LABELS), words[n]).all() for n in range(100))
    worte = [num2words(n, lang="de") for n in range(101)]
    before = np.flatnonzero(takes(grammar(all_german_below_hundred(), LABELS), *worte)).tolist()
    assert before == [*range(2, 100)]  # a one before another word is no eins
    assert all(takes(grammar(german_below_hundred(n), LABELS), worte[n]).all() for n in range(100))
