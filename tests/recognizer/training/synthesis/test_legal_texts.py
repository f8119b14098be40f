"""Amounts in words as people write them are among the amounts that are read, as what they say."""

import numpy as np
import pytest
from num2words import num2words

from recognizer.gtn import batch, chain, compose, viterbi
from recognizer.language.legal_amount import CLASSES, OTHER, PLAIN, UNSAID, legal_amount, legal_grammar
from recognizer.training.synthesis.legal_texts import PEOPLE, draw_words, in_german, in_lakhs, in_words, written


def cost(graph, *texts):  # type: ignore[no-untyped-def]
    plain = [text.lower().translate(PLAIN).replace(" ", "") for text in texts]
    lines = batch([chain([CLASSES.index(character) + 1 for character in text]) for text in plain])
    return np.asarray(viterbi(compose(lines, graph)))


@pytest.mark.parametrize("people", PEOPLE)
def test_what_people_write_says_its_amount(people: str) -> None:
    generator = np.random.default_rng(0)
    for _ in range(40):
        whole, cents = int(10 ** generator.uniform(0, 6.9)), int(generator.choice([0, 5, 50, generator.integers(100)]))
        texts = [written(whole, cents, people, generator) for _ in range(3)]
        said = cost(legal_amount(whole, cents), *texts)
        assert (said <= 7 * OTHER).all(), texts  # "dollars" may stand there twice
        assert (said == 0).mean() > 0.6
        assert (cost(legal_amount(whole + 1, cents), *texts) >= min(OTHER, UNSAID)).all()


def test_any_words_are_an_amount() -> None:
    generator = np.random.default_rng(0)
    costs = cost(legal_grammar(), *(draw_words(generator) for _ in range(200)))
    assert (costs <= 12 * OTHER).all()
    assert (costs == 0).mean() > 0.95


@pytest.mark.parametrize(
    "number", [0, 1, 13, 21, 100, 101, 999, 1000, 2100, 12_345, 99_999, 100_000, 1_234_567, 30_000_001]
)
def test_numbers_are_spelt_as_a_library_spells_them(number: int) -> None:
    def plain(words: str) -> str:
        return words.lower().translate(PLAIN).replace(",", "").replace("-", " ").replace(" and ", " ")

    assert plain(in_words(number)) == plain(num2words(number))
    assert plain(in_lakhs(number)) == plain(num2words(number, lang="en_IN"))
    if number:
        assert plain(in_german(number)) == plain(num2words(number, lang="de"))
