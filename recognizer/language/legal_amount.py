"""The legal amount: what an amount of money looks like in words, as graphs of lower-case letters (beyond the 1998 paper)."""

from collections.abc import Iterable
from functools import cache, reduce
from operator import add, or_
from string import ascii_lowercase

from recognizer.gtn import Graph
from recognizer.gtn.notation import NOTHING, Expression, grammar, one_of, text
from recognizer.language.amount import DIGITS

CLASSES = (*ascii_lowercase, *DIGITS, *"/-&", "blank")  # of a network that reads legal amounts, letters of either case
MOST = 99_999  # dollars

_UNITS = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety"
UNITS, TENS = _UNITS.split(), ["", *_TENS.split()]  # by their number, and by that of their tens

# Prices [nats] of each character after the words that belongs to no cents (print, fillers, cents over a bar), and of cents that
# are not among them.
OTHER, UNSAID = 2.0, 2.0

_AND = (text("and") | text("&")).optional()
_HYPHEN = text("-").optional()
_DOLLARS = text("dollars").optional()
_REST = one_of(CLASSES[:-1]).many(penalty=OTHER)


def legal_grammar() -> Graph:
    """All amounts below 100,000, in the ways that `legal_amount` takes each."""
    units, teens = _any(UNITS[1:10]), _any(UNITS[10:])
    small = units | teens | _any(TENS[2:]) + (_HYPHEN + units).optional()
    thousands, hundreds = small + text("thousand"), units + text("hundred")
    below_thousand = (hundreds + _AND).optional() + small | hundreds
    dollars = (thousands + _AND).optional() + below_thousand | thousands | text("zero")
    cents = _over_hundred(one_of(DIGITS) * 2 | _no_cents())
    return _graph(dollars + _after_dollars(cents | NOTHING))


def legal_amount(dollars: int, cents: int) -> Graph:
    """One amount: its words, hyphens and "and" as one likes, cents over a hundred, "dollars" and "only", and at a price anything.

    ``dollars``: 0 to MOST.
    """
    parts = [_small(dollars // 1000) + text("thousand")] if dollars >= 1000 else []
    if hundreds := dollars // 100 % 10:
        parts.append(text(UNITS[hundreds]) + text("hundred"))
    if dollars % 100 or not parts:
        parts.append(_small(dollars % 100))
    written = reduce(lambda before, part: before + _AND + part, parts)
    return _graph(written + _cents(cents))


def _graph(amount: Expression) -> Graph:
    return grammar(amount, {symbol: label for label, symbol in enumerate(CLASSES, 1)})


def _after_dollars(cents: Expression) -> Expression:
    return _DOLLARS + cents + _DOLLARS + text("only").optional() + _REST


@cache  # every line is compared with several amounts, and most have a number of cents that others had before
def _cents(number: int) -> Expression:
    """What follows the words of an amount with so many cents."""
    figures = _over_hundred(text(f"{number:02}") if number else text("00") | _no_cents())
    return _after_dollars(figures | NOTHING.at(UNSAID if number else 0.0))


@cache
def _small(number: int) -> Expression:
    """A number below a hundred."""
    if number < 20:
        return text(UNITS[number])
    tens = text(TENS[number // 10])
    return tens + _HYPHEN + text(UNITS[number % 10]) if number % 10 else tens


def _no_cents() -> Expression:
    return text("no") | text("xx")


def _over_hundred(cents: Expression) -> Expression:
    return reduce(add, (_AND, cents, text("/"), text("100") | text("xx")))


def _any(words: Iterable[str]) -> Expression:
    return reduce(or_, map(text, words))
