"""Amounts of money as texts to be written: after the habits of countries, or of digits with marks of any kind."""

import re

import numpy as np

from recognizer.language.money import (
    COUNTRIES,
    DIGITS,
    FILLERS_AFTER,
    FILLERS_BEFORE,
    NEIGHBOURS,
    RAISED,
    Country,
    Shares,
)

_HABITS = 0.6  # share of texts after the habits of one country
_CENTS = 0.6  # share of those that have cents other than 00
_SIGNS = (0.45, 0.2, 0.35)
_USUAL_CENTS = ("50", "25", "75", "99", "95", "90")
_SELDOM = 0.9  # of a nought before other digits
_LEADING = np.array([4, 22, 14, 11, 10, 9, 8, 8, 7, 7]) / 100  # shares of first digits: amounts of money begin low


def draw_text(generator: np.random.Generator) -> str:
    """An amount as people write it; a space is a gap, and characters are those that `money.character_of` knows."""
    return habitual_text(generator) if generator.random() < _HABITS else free_text(generator)


def habitual_text(generator: np.random.Generator) -> str:
    """An amount after the habits of a country."""
    countries = [*COUNTRIES.values(), *NEIGHBOURS]
    country: Country = countries[generator.integers(len(countries))]
    length = int(generator.choice([1, 2, 3, 4, 5, 6, 7], p=[0.05, 0.17, 0.26, 0.24, 0.18, 0.07, 0.03]))
    mark = drawn(country.thousands, generator)
    dollars = _grouped(_dollars(length, generator), mark)
    if generator.random() < _CENTS:
        usual = generator.random() < 0.35
        cents = str(generator.choice(_USUAL_CENTS)) if usual else f"{int(generator.integers(1, 100)):02}"
        written = dollars + _with_cents(_other_than(mark, country.cents, generator), cents)
    else:
        written = dollars + _other_than(mark, country.whole, generator)
    where = generator.choice(["before", "after", "nowhere"], p=_SIGNS)  # forms have the sign in print, or none
    before = drawn(country.before, generator) if where == "before" else ""
    after = drawn(country.after, generator) if where == "after" else ""
    first, last = drawn(FILLERS_BEFORE, generator), drawn(FILLERS_AFTER, generator)
    inside = generator.random() < 0.5  # strokes right before the digits, or before the sign
    return (before + first if inside else first + before) + written + (last + after if inside else after + last)


def _other_than(mark: str, ways: Shares, generator: np.random.Generator) -> str:
    """One of the ways that cents may stand behind groups with that mark between them: not after the same."""
    taken = mark.replace("lakh", ",") or " "
    return drawn({way: share for way, share in ways.items() if not way.startswith(taken) or taken == " "}, generator)


def drawn(shares: Shares, generator: np.random.Generator) -> str:
    """One of the ways, as often as its share says."""
    weights = np.array([*shares.values()], float)
    return [*shares][int(generator.choice(len(weights), p=weights / weights.sum()))]


def _dollars(length: int, generator: np.random.Generator) -> str:
    first = str(generator.choice(list(DIGITS), p=_LEADING))
    if first == "0" and length > 1 and generator.random() < _SELDOM:
        first = "1"
    digits = first + "".join(generator.choice(list(DIGITS), length - 1))
    if generator.random() < 0.3 and length > 1:
        zeros = int(generator.integers(1, length))
        digits = digits[: length - zeros] + "0" * zeros
    return digits


def _grouped(digits: str, mark: str) -> str:
    """The digits with a mark before every three of them, or before the last three and then every two."""
    if mark == "lakh":
        head, tail = digits[:-3], digits[-3:]
        return ",".join([*_groups(head, 2), tail]) if head else tail
    return mark.join(_groups(digits, 3))


def _groups(digits: str, size: int) -> list[str]:
    return [part[::-1] for part in re.findall(f".{{1,{size}}}", digits[::-1])[::-1]]


def _with_cents(way: str, cents: str) -> str:
    """A way of writing cents with these two in it; what is raised beside them is a hundred."""
    for mark, digits in (("cc", cents), ("rrr", _raised("100")), ("rr", _raised(cents))):
        way = way.replace(mark, digits)
    return way


def _raised(digits: str) -> str:
    return "".join(RAISED[int(digit)] for digit in digits)


def free_text(generator: np.random.Generator) -> str:
    """Digits with separators of either convention, cents, fillers."""
    length = int(generator.choice([1, 2, 3, 4, 5, 6, 7], p=[0.04, 0.1, 0.2, 0.26, 0.24, 0.11, 0.05]))
    digits = _dollars(length, generator)
    mark, point = (",", ".") if generator.random() < 0.5 else (".", ",")
    if length > 3 and generator.random() < 0.65:
        digits = _grouped(digits, str(generator.choice([mark, mark, " "])))
    draw = generator.random()
    if draw < 0.2:
        digits += point + "".join(generator.choice(list(DIGITS), 2))
    elif draw < 0.24:
        digits += " " + "".join(generator.choice(list(DIGITS), 2)) + "/100"
    before = ["", "$", "$ ", "*", "#", "-", "=", "**"]
    after = ["", "-", ".-", ",-", " -", "=", ".=", "--", point, "/", "*", "#", "- -"]
    digits = generator.choice(before, p=[0.76, 0.06, 0.04, 0.03, 0.04, 0.03, 0.02, 0.02]) + digits
    return str(
        digits
        + generator.choice(after, p=[0.54, 0.07, 0.07, 0.05, 0.04, 0.05, 0.03, 0.03, 0.06, 0.02, 0.015, 0.015, 0.01])
    )
