import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import batch, chain, compose, viterbi
from recognizer.language.amount import amount_grammar
from recognizer.language.money import character_of
from recognizer.page import Page, segment_page
from recognizer.training.synthesis.amount_segments import CLASSES
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import NOBODY, write_amount
from tests.recognizer.training.hands import hands

SEEDS = st.integers(0, 2**32 - 1)


def test_what_is_drawn_to_be_written_is_an_amount() -> None:
    generator = np.random.default_rng(7)
    texts = [draw_text(generator) for _ in range(2000)]
    labels = [[CLASSES.index(character_of(each)) + 1 for each in text.replace(" ", "")] for text in texts]
    penalties = viterbi(compose(batch([chain(label) for label in labels]), amount_grammar(CLASSES)))
    assert [text for text, penalty in zip(texts, penalties, strict=True) if not np.isfinite(penalty)] == []
    assert {len(re.sub(r"\D", "", text)) for text in texts} >= {*range(1, 8)}
    texts += [draw_text(generator) for _ in range(8000)]
    for part in ("$", "€", "₹", "kr", "zł", ",", ".", " ", "/100", "-", "*", "=", "'", "·", "⁵", "XX", "/-"):
        assert any(part in text for text in texts), part


@given(SEEDS)
@settings(max_examples=30)
def test_of_what_is_written_each_pixel_is_known(seed: int) -> None:
    generator = np.random.default_rng(seed)
    text = draw_text(generator)
    amount = write_amount(text, hands(), generator)
    assert amount.text == text
    assert amount.grey.dtype == np.uint8
    assert amount.grey.shape == amount.owner.shape
    assert NOBODY <= amount.owner.min() <= amount.owner.max() < len(text)
    found = {*np.unique(amount.owner).tolist()}
    assert not found & {index for index, character in enumerate(text) if character == " "}
    wanted = {index for index, character in enumerate(text) if character.isdigit()}
    assert len(wanted - found) == 0
    # From left to right: the middles of the digits' ink.
    middles = [np.nonzero(amount.owner == index)[1].mean() for index in sorted(wanted)]
    assert (np.diff(middles) > -0.35 * amount.grey.shape[0]).all()


@given(SEEDS)
@settings(max_examples=5)
def test_the_same_generator_writes_the_same(seed: int) -> None:
    first, second = (write_amount("1.250,75", hands(), np.random.default_rng(seed)) for _ in range(2))
    np.testing.assert_array_equal(first.grey, second.grey)
    np.testing.assert_array_equal(first.owner, second.owner)


@pytest.mark.parametrize("seed", range(12))
def test_ink_is_darker_than_the_paper_around_it(seed: int) -> None:
    amount = write_amount("4725", hands(), np.random.default_rng(seed))
    assert amount.grey[amount.owner >= 0].mean() < amount.grey[amount.owner == NOBODY].mean() - 10


def test_most_of_what_is_written_can_be_cut() -> None:
    generator, cut = np.random.default_rng(11), 0
    for _ in range(30):
        amount = write_amount(draw_text(generator), hands(), generator)
        assert len(amount.grey) < 192  # so that training sees the resolution that readers use
        try:
            segment_page(Page(amount.grey))
            cut += 1
        except InputError:
            continue
    assert cut >= 28


def test_no_digit_hides_its_neighbour() -> None:
    """A narrow one is overlapped by half of its own width, not of that of a nought."""
    for seed in range(150):
        amount = write_amount("0101", hands(), np.random.default_rng(seed), as_they_are=True)
        columns = [np.nonzero(amount.owner == index)[1] for index in range(4)]
        widths = [np.ptp(each) for each in columns]
        for k in range(3):
            shared = columns[k].max() - columns[k + 1].min()
            assert shared < 0.5 * min(widths[k : k + 2]) + 0.02 * amount.grey.shape[0], seed
