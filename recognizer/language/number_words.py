"""Whole numbers in words, as expressions of lower-case letters without spaces: English, with lakh and crore, and German.

Each language comes twice, as one number and as all of them, which holds just what the single numbers hold (a test's law).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, reduce
from operator import or_

from recognizer.gtn.notation import Expression, in_order, text

MOST = 99_999_999  # the largest number that is written in words

_UNITS = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety"
UNITS, TENS = _UNITS.split(), ["", *_TENS.split()]  # by their number, and by that of their tens

# German without what is above its letters, which is folded away.
_EINER = (
    "null ein zwei drei vier funf sechs sieben acht neun zehn "
    "elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn"
)
_ZEHNER = "zehn zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig"
EINER, ZEHNER = _EINER.split(), ["", *_ZEHNER.split()]

AND = (text("and") | text("&")).optional()
UND = text("und").optional()
_HYPHEN = text("-").optional()
_LAKH = (text("lakh") | text("lac")) + text("s").optional()
_CRORE = text("crore") + text("s").optional()


# ---------------------------------------------------------------- one number


@cache  # amounts that are compared with one line have most of their parts in common
def below_hundred(number: int) -> Expression:
    """An English number of 0 to 99."""
    if number < 20:
        return text(UNITS[number])
    tens = text(TENS[number // 10])
    return tens + _HYPHEN + text(UNITS[number % 10]) if number % 10 else tens


def english(number: int) -> Expression:
    """All ways to write 0 to MOST: by thousands and millions, by lakh and crore, and like twelve hundred."""
    ways = [_scaled(number, [(10**6, _below_thousand, text("million")), (1000, _below_thousand, text("thousand"))])]
    if number >= 10**5:
        scales = [
            (10**7, below_hundred, _CRORE),
            (10**5, below_hundred, _LAKH),
            (1000, below_hundred, text("thousand")),
        ]
        ways.append(_scaled(number, scales))
    if 1100 <= number < 10_000 and number // 100 % 10:
        ways.append(_hundreds(number))
    return reduce(or_, ways)


def _scaled(number: int, scales: Sequence[tuple[int, Callable[[int], Expression], Expression]]) -> Expression:
    parts = []
    for scale, spelt, word in scales:
        if number >= scale:
            parts.append(spelt(number // scale) + word)
            number %= scale
    if number or not parts:
        parts.append(_below_thousand(number))
    return reduce(lambda before, part: before + AND + part, parts)


@cache
def _below_thousand(number: int) -> Expression:
    return _hundreds(number) if number >= 100 else below_hundred(number)


def _hundreds(number: int) -> Expression:
    hundreds = below_hundred(number // 100) + text("hundred")
    return hundreds + AND + below_hundred(number % 100) if number % 100 else hundreds


@cache
def german_below_hundred(number: int, alone: bool = True) -> Expression:
    """A German number of 0 to 99: a one that stands ``alone`` is eins, before another word it is ein."""
    if number < 20:
        return text("eins" if number == 1 and alone else EINER[number])
    tens = text(ZEHNER[number // 10])
    return text(EINER[number % 10]) + text("und") + tens if number % 10 else tens


def german(number: int) -> Expression:
    """All ways to write 0 to MOST."""
    parts = []
    if number >= 10**6:
        many = number // 10**6
        parts.append(text("einemillion") if many == 1 else german_below_hundred(many, False) + text("millionen"))
    if thousands := number // 1000 % 1000:
        some = text("ein").optional() if thousands == 1 else _german_below_thousand(thousands, False)
        parts.append(some + text("tausend"))
    if number % 1000 or not parts:
        parts.append(_german_below_thousand(number % 1000, True))
    return reduce(lambda before, part: before + UND + part, parts)


@cache
def _german_below_thousand(number: int, alone: bool) -> Expression:
    if number < 100:
        return german_below_hundred(number, alone)
    hundreds = (text("ein").optional() if number < 200 else text(EINER[number // 100])) + text("hundert")
    return hundreds + UND + german_below_hundred(number % 100, alone) if number % 100 else hundreds


# ---------------------------------------------------------------- all numbers


def all_below_hundred() -> Expression:
    """All English numbers of 1 to 99."""
    return any_of(UNITS[1:20]) | any_of(TENS[2:]) + (_HYPHEN + any_of(UNITS[1:10])).optional()


def all_english() -> Expression:
    """All English numbers from 0 to MOST (and more millions and crores)."""
    small = all_below_hundred()
    below_thousand = in_order([any_of(UNITS[1:10]) + text("hundred"), small], AND)
    thousand = text("thousand")
    western = in_order([below_thousand + text("million"), below_thousand + thousand, below_thousand], AND)
    large = in_order([small + _CRORE, small + _LAKH], AND)
    indian = large + (AND + in_order([small + thousand, below_thousand], AND)).optional()
    over_ten = any_of(UNITS[11:20]) | any_of(TENS[2:]) + _HYPHEN + any_of(UNITS[1:10])
    hundreds = over_ten + text("hundred") + (AND + small).optional()
    return western | indian | hundreds | text(UNITS[0])


def all_german() -> Expression:
    """All German numbers from 0 to MOST."""
    before, alone = _all_german_below_thousand("ein"), _all_german_below_thousand("eins")
    millions = text("einemillion") | _from_two() + text("millionen")
    return in_order([millions, before.optional() + text("tausend"), alone], UND) | text(EINER[0])


def all_german_below_hundred() -> Expression:
    """All German numbers of 1 to 99 before another word."""
    return text("ein") | _from_two()


def _from_two() -> Expression:
    return any_of(EINER[2:20]) | (any_of(EINER[1:10]) + text("und")).optional() + any_of(ZEHNER[2:])


def _all_german_below_thousand(one: str) -> Expression:
    hundreds = any_of(EINER[1:10]).optional() + text("hundert")
    return in_order([hundreds, text(one) | _from_two()], UND)


def any_of(words: Iterable[str]) -> Expression:
    """One of these words."""
    return reduce(or_, map(text, words))
