"""Numbers that options take, and the sentences that others get."""

from argparse import ArgumentTypeError
from collections.abc import Callable

import pytest

from recognizer.argument_types import count, country, positive, share


def test_numbers_are_taken() -> None:
    assert [share("0"), share("0.01"), share("1")] == [0.0, 0.01, 1.0]
    assert (positive("0.5"), count("12")) == (0.5, 12)


def test_countries_are_known_however_they_are_written() -> None:
    assert [country(text) for text in ("us", "US", "Euro Area", "nowhere")] == ["US", "US", "euro area", "nowhere"]


@pytest.mark.parametrize(
    ("take", "texts"),
    [
        (share, ["2", "-0.1", "nan", "much"]),
        (positive, ["0", "-1", "inf", "nan", ""]),
        (count, ["0", "-1", "1.5", "two"]),
    ],
)
def test_others_get_a_sentence(take: Callable[[str], float], texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(ArgumentTypeError, match=f"{text} is no "):
            take(text)
