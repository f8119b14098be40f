"""Cheques made up: the same every time, with the amount where it is said to be."""

import numpy as np
import pytest

from recognizer.page import Page
from recognizer.page.fields import find_fields, shows_cheque
from recognizer.page.layout import lay_out
from recognizer.page.rectify import rectify
from recognizer.training.synthesis.cheques import Writers, WrittenCheque, draw_cheque
from recognizer.training.synthesis.legal_texts import draw_amount, in_words
from tests.recognizer.training.hands import hands


@pytest.fixture(scope="module")
def writers() -> Writers:
    return Writers(hands(), hands()["unipen"])


@pytest.fixture(scope="module")
def cheques(writers: Writers) -> list[WrittenCheque]:
    return [draw_cheque(writers, np.random.default_rng(number)) for number in range(6)]


def test_the_same_generator_draws_the_same_cheque(writers: Writers, cheques: list[WrittenCheque]) -> None:
    again = draw_cheque(writers, np.random.default_rng(2))
    assert again.amount == cheques[2].amount
    assert np.array_equal(again.grey, cheques[2].grey)


def test_the_amount_is_on_the_image_and_has_ink(cheques: list[WrittenCheque]) -> None:
    for cheque in cheques:
        left, top, right, foot = cheque.box
        rows, columns = cheque.grey.shape
        assert 0 <= left < right <= columns
        assert 0 <= top < foot <= rows
        inside = cheque.grey[int(top) : int(foot) + 1, int(left) : int(right) + 1].astype(float)
        assert np.quantile(inside, 0.05) < np.median(inside) - 15


def test_its_place_is_found_among_the_fields(cheques: list[WrittenCheque]) -> None:
    near = 0
    for cheque in cheques:
        sheet = rectify(cheque.grey)
        fields = find_fields(lay_out(sheet.grey))
        places = sheet.on_page(fields.boxes.reshape(-1, 2)).reshape(-1, 4)
        near += bool((np.abs(places[:, 2:] - cheque.box[2:]).max(1) < 0.02 * cheque.grey.shape[1]).any())
    assert near >= 4


def test_it_looks_like_a_cheque(cheques: list[WrittenCheque]) -> None:
    assert sum(shows_cheque(Page(cheque.grey)) for cheque in cheques) >= 5


def test_amounts_have_dollars_and_two_digits_of_cents() -> None:
    generator = np.random.default_rng(0)
    drawn = [draw_amount(generator) for _ in range(300)]
    assert all(1 <= dollars < 10_000 and 0 <= cents < 100 for dollars, cents in drawn)
    assert 0.3 < np.mean([cents == 0 for _, cents in drawn]) < 0.7


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Zero"),
        (15, "Fifteen"),
        (20, "Twenty"),
        (451, "Four Hundred Fifty One"),
        (1000, "One Thousand"),
        (9012, "Nine Thousand Twelve"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words
