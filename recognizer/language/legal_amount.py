"""The legal amount: what an amount of money looks like in words, as graphs of lower-case letters (beyond the 1998 paper).

As Americans, Britons, Indians and Germans write it; letters count without what stands above them.
"""

from functools import cache, lru_cache, reduce
from operator import add
from string import ascii_lowercase

from recognizer.gtn import Graph, chained, merge_alike
from recognizer.gtn.notation import NOTHING, Expression, grammar, one_of, text
from recognizer.language.amount import DIGITS
from recognizer.language.number_words import (
    AND,
    UND,
    all_below_hundred,
    all_english,
    all_german,
    all_german_below_hundred,
    any_of,
    below_hundred,
    english,
    german,
    german_below_hundred,
)

CLASSES = (*ascii_lowercase, *DIGITS, *"/-&", "blank")  # of a network that reads legal amounts, letters of either case
PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})  # what is written for what is read

# Prices [nats] of each character after the words that belongs to no cents (print, fillers, cents over a bar), and of cents that
# are not among them.
OTHER, UNSAID = 2.0, 2.0

_AND_OR_UND = (text("and") | text("&") | text("und")).optional()
_BEFORE = (text("rs") | any_of(["rupees", "pounds", "euro", "euros"])).optional()
_MONEY = (any_of(["dollar", "pound", "rupee"]) + text("s").optional() | text("euro") + text("s").optional()).optional()
_HUNDREDTHS = any_of(["cents", "pence", "paise"])
_REST = one_of(CLASSES[:-1]).many(penalty=OTHER)


def legal_grammar() -> Graph:
    """All amounts below a hundred million, in the ways that `legal_amount` takes each."""
    figures = one_of(DIGITS).times(1, 2)
    cents = _cents_after(figures | _no_cents(), figures, all_below_hundred(), all_german_below_hundred())
    return merge_alike(_graph(_BEFORE + (all_english() | all_german()) + _after(cents | NOTHING)))


def legal_amount(whole: int, cents: int) -> Graph:
    """One amount: its words, hyphens and "and" as one likes, the currency before or after them, cents over a hundred, in figures
    or in words, "only", and at a price anything.

    ``whole``: 0 to `number_words.MOST`.
    """
    return chained(_words(whole), _after_number(cents))


@lru_cache(4096)  # every line is compared with several amounts, and what cheques are for comes again and again
def _words(whole: int) -> Graph:
    """The words of so many dollars with the currency before them, if it is there."""
    return _graph(_BEFORE + (english(whole) | german(whole)))


def _graph(amount: Expression) -> Graph:
    return grammar(amount, {symbol: label for label, symbol in enumerate(CLASSES, 1)})


def _after(cents: Expression) -> Expression:
    return _MONEY + cents + _MONEY + text("only").optional() + _REST


@cache  # a hundred at most
def _after_number(cents: int) -> Graph:
    """What follows the words of an amount with so many cents."""
    figures = text(f"{cents:02}") | text(str(cents)) if cents < 10 else text(str(cents))
    if not cents:
        return _graph(_after(_over_hundred(figures | _no_cents()) | NOTHING))
    said = _cents_after(figures, figures, below_hundred(cents), german_below_hundred(cents, alone=False))
    return _graph(_after(said | NOTHING.at(UNSAID)))


def _cents_after(over: Expression, figures: Expression, words: Expression, worte: Expression) -> Expression:
    """Cents ``over`` a hundred, in ``figures`` or in English ``words``, or in German."""
    return (
        _over_hundred(over)
        | AND + (figures | words) + _HUNDREDTHS
        | AND + text("paise") + (figures | words)
        | UND + (figures | worte) + text("cent")
    )


def _no_cents() -> Expression:
    return text("no") | text("xx")


def _over_hundred(cents: Expression) -> Expression:
    return reduce(add, (_AND_OR_UND, cents, text("/"), text("100") | text("xx")))
