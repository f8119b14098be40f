"""What currency an amount says: of texts, and of graphs of what may be read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import chain, compose, viterbi
from recognizer.language.currency import SIGNS, currency_in, currency_transducer
from recognizer.language.money import CHARACTERS, CURRENCIES

CLASSES = (*CHARACTERS, "junk")
TRANSDUCER = currency_transducer(CLASSES)
TEXTS = st.lists(st.sampled_from(["r", "s", "f", "$", "k", "u", "d", "1", ".", *SIGNS]), max_size=6).map("".join)


def _said(text: str, times: list[int], gaps: list[bool]) -> list[str]:
    """The signs that the transducer writes of a text of which each character is read so many times, some with a gap behind them."""
    labels = [
        label
        for character, count, gap in zip(text, times, gaps, strict=True)
        for label in [CLASSES.index(character) + 1] * count + [len(CLASSES)] * gap
    ]
    written = compose(chain(labels), TRANSDUCER)
    assert np.isfinite(viterbi(written))
    return [SIGNS[label - 1] for label in written.output.tolist() if label]


@given(TEXTS, st.data())
def test_the_graph_says_what_the_text_says(text: str, data: st.DataObject) -> None:
    """However often each character is read in a row; what is no character stands anywhere."""
    times = [data.draw(st.integers(1, 3)) for _ in text]
    gaps = [data.draw(st.booleans()) for _ in text]
    once = "".join(a for k, a in enumerate(text) if k == 0 or a != text[k - 1])  # read twice is once
    said = _said(text, times, gaps)
    assert len(said) <= 1
    assert (CURRENCIES[said[0]] if said else None) == currency_in(once)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("$ 5.00", "USD"),
        ("R$5,00", "BRL"),
        ("5 zł", "PLN"),
        ("kr 5", None),
        ("SFr. 5.-", "CHF"),
        ("5 xx/100", None),
        ("5 €", "EUR"),
    ],
)
def test_a_text_says_its_currency(text: str, code: str | None) -> None:
    assert currency_in(text) == code
