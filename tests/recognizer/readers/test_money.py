"""Which currency is told of an amount that was read."""

import numpy as np
import pytest

from recognizer.gtn import Graph, graph_of
from recognizer.language.money import CHARACTERS
from recognizer.readers.money import Money

CLASSES = (*CHARACTERS, "junk")
R, DOLLAR, FIVE, SIX, JUNK = (CLASSES.index(each) + 1 for each in ("r", "$", "5", "6", "junk"))


def _read(chance: float) -> Graph:
    """A stroke that is an R with such a chance, else nothing; a dollar sign; a 5. Or, with a tenth of all chances, a euro and a 6."""
    euro = CLASSES.index("€") + 1
    labels = [R, JUNK, DOLLAR, FIVE, euro, SIX]
    shares = np.array([0.9 * chance, 0.9 * (1 - chance), 1, 1, 0.1, 1])
    written = [FIVE if label == FIVE else SIX if label == SIX else 0 for label in labels]
    return graph_of(
        [0, 0, 1, 2, 0, 3], [1, 1, 2, 4, 3, 4], labels, (-np.log(shares)).astype(np.float32), written, final=[4]
    )


@pytest.mark.parametrize(
    ("chance", "country", "code"),
    [(0.9, None, "BRL"), (0.1, None, "USD"), (0.6, None, None), (0.6, "India", "INR"), (0.9, "India", "BRL")],
)
def test_a_currency_in_doubt_is_not_told(chance: float, country: str | None, code: str | None) -> None:
    """All readings of the value count, not the best of them; where a country is chosen, its currency is what nobody contradicts."""
    assert Money(CLASSES, country).currency(_read(chance), (FIVE,)) == code


def test_other_values_have_no_say() -> None:
    assert Money(CLASSES).currency(_read(0.1), (SIX,)) == "EUR"
