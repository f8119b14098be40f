"""The words of amounts against the spelling that cheques are made up with."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.gtn import Graph, batch, chain, compose, viterbi
from recognizer.language.legal_amount import CLASSES, OTHER, UNSAID, legal_amount, legal_grammar
from recognizer.language.number_words import MOST
from recognizer.training.synthesis.legal_texts import in_words

GRAMMAR = legal_grammar()
LABELS = {symbol: label for label, symbol in enumerate(CLASSES, 1)}
DOLLARS = st.integers(0, 120) | st.integers(0, MOST) | st.integers(1, 99).map(lambda n: 1000 * n)


def cost(graph: Graph, *texts: str) -> np.ndarray:
    """The penalty of each text."""
    lines = [chain([LABELS[character] for character in text.lower() if character != " "]) for text in texts]
    return np.asarray(viterbi(compose(batch(lines), graph)))


def writings(dollars: int, cents: int) -> list[str]:
    """Ways to write an amount, spelt independently of the grammar."""
    words = in_words(dollars)
    figures = [f"{cents:02}", str(cents)] if cents else ["00", "0", "no", "xx"]
    fractions = [
        f"{joint}{over}/{under}" for joint in ("", " and ", "&") for over in figures for under in ("100", "xx")
    ]
    spellings = {
        words,
        words.upper(),
        words.replace("Hundred ", "Hundred and "),
        words.replace("Thousand ", "Thousand&"),
    }
    spellings |= {words.replace("ty ", "ty-") if "ty Thousand" not in words else words}
    tails = fractions + ([] if cents else [""])
    return [f"{a}{b}{c}" for a, b, c in product(spellings, tails, ("", " dollars", " only"))]


@given(DOLLARS, st.just(0) | st.integers(0, 99))
@settings(max_examples=12)
def test_all_ways_to_write_an_amount_are_free(dollars: int, cents: int) -> None:
    texts = writings(dollars, cents)
    assert (cost(legal_amount(dollars, cents), *texts) == 0).all()
    assert (cost(GRAMMAR, *texts) == 0).all()


@given(DOLLARS, st.integers(0, 99), DOLLARS, st.integers(0, 99))
@settings(max_examples=12)
def test_those_of_another_amount_are_not(dollars: int, cents: int, others: int, other_cents: int) -> None:
    if (dollars, cents) != (others, other_cents):
        assert (cost(legal_amount(dollars, cents), *writings(others, other_cents)) >= min(OTHER, UNSAID)).all()


def test_every_number_below_a_thousand_is_told_from_every_other() -> None:
    texts = [in_words(number) for number in range(1000)]
    for number in range(20, 1000, 323):
        free = np.flatnonzero(cost(legal_amount(number, 0), *texts) == 0)
        assert free.tolist() == [number]
    assert (cost(GRAMMAR, *texts) == 0).all()


def test_what_stands_after_the_words_costs_by_the_character() -> None:
    assert cost(legal_amount(20, 0), "twenty and q")[0] == 4 * OTHER
    assert cost(legal_amount(20, 0), "twenty and 00/100 ---")[0] == 3 * OTHER
    assert cost(legal_amount(20, 45), "twenty")[0] == UNSAID
    assert np.isinf(cost(legal_amount(20, 0), "q twenty", "twelve", ""))[[0, 1, 2]].all()


def test_nonsense_is_no_amount() -> None:
    nonsense = ["thousand", "hundred", "and", "onehundredhundred", "twentyteen", "zerothousand"]
    costs = cost(GRAMMAR, *nonsense)
    assert np.isinf(costs[:3]).all()
    assert (costs[3:] > 0).all()
