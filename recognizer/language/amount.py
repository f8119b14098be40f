"""What a number and an amount of money may look like, as graphs (1998 paper, section X-A)."""

from functools import reduce
from operator import or_

from recognizer.gtn import Graph, graph_of
from recognizer.gtn.notation import NOTHING, Expression, grammar, one_of, text

DIGITS = "0123456789"
CENTS = tuple(f".{digit}" for digit in DIGITS)  # written for the first digit of cents that stand over a hundred
LEADING = "*-=#"  # what people write before an amount so that nobody adds to it
TRAILING = "*-=#/.,"  # and after it

# Prices [nats], chosen on validation data.
FILLER = 1.0
JUNK_OUTSIDE = 4.0  # a segment before or after the number that is no character
JUNK_INSIDE = 6.0  # the same between its characters
OVER_HUNDRED = 1.0  # cents written as 50/100


def written_symbols(classes: tuple[str, ...]) -> tuple[str, ...]:
    """The text of every label: epsilon, the recogniser's classes (the last of them, junk or blank, has none), and CENTS."""
    return ("", *classes[:-1], "", *CENTS)


def number_grammar(classes: tuple[str, ...]) -> Graph:
    """One digit or more, junk anywhere at a price; writes the digits. ``classes`` names the recogniser's, junk last.

    Or nothing but junk, which writes nothing: what is no number should rather be that than the number that it is least unlike.
    """
    outside = _JUNK.many(penalty=JUNK_OUTSIDE)
    digit = one_of(DIGITS)
    number = outside + digit + _after_specks(digit).many() + outside
    return grammar(number | _JUNK.many(1), _codes(classes))


def amount_grammar(
    classes: tuple[str, ...], *, unsigned: float = 0.0, whole: float = 0.0, from_zero: float = 0.0
) -> Graph:
    """Amounts in figures; writes digits and a decimal point, as in 1234.50.

    Fillers and a currency sign, then digits: any number of them, or grouped by threes with points or with commas; then cents
    after the other mark, or over a hundred; then fillers. So a mark before three digits groups, one before two parts cents.
    Or nothing but junk, as in `number_grammar`. A recogniser whose last class is no junk has none of it to leave out. An amount
    without a currency sign costs ``unsigned``, one without cents ``whole``, one that begins with a zero ``from_zero`` [nats].
    """
    specks = _JUNK.many(penalty=JUNK_INSIDE) if classes[-1] == "junk" else NOTHING
    first = one_of(dict.fromkeys(DIGITS, 0.0) | {"0": from_zero})
    digit = specks + one_of(DIGITS)
    plain = first + digit.many()
    commas, points = (first + digit.times(0, 2) + (specks + one_of(mark).silent() + digit * 3).many(1) for mark in ",.")
    after_comma, after_point = (specks + one_of(mark).writes(".") + digit * 2 for mark in ",.")
    first_cent = reduce(or_, (one_of(name).writes(f".{name}") for name in DIGITS))
    over_hundred = specks + first_cent + digit + text("/100").silent()
    amount = (
        plain + (after_comma | after_point | NOTHING.at(whole))
        | commas + (after_point | NOTHING.at(whole))
        | points + (after_comma | NOTHING.at(whole))
        | (plain | commas | points) + over_hundred.at(OVER_HUNDRED)
    )
    leading, trailing = (one_of(fillers, FILLER).silent() for fillers in (LEADING, TRAILING))
    if classes[-1] == "junk":
        leading, trailing = (fillers | _JUNK.at(JUNK_OUTSIDE) for fillers in (leading, trailing))
    before = leading.many() + (one_of("$").silent() + leading.many() | NOTHING.at(unsigned))
    written = before + amount + trailing.many()
    return grammar(written | _JUNK.many(1) if classes[-1] == "junk" else written, _codes(classes))


def spellings(digits: str, classes: tuple[str, ...]) -> Graph:
    """All that `amount_grammar` may write for an amount of which only the digits are known: a decimal point between any two."""
    codes, count = _codes(classes), len(digits)
    arcs = [(k, k + 1, codes[digit]) for k, digit in enumerate(digits)]
    for k, digit in list(enumerate(digits))[1:]:
        arcs += [(k, count + k, codes["."]), (count + k, k + 1, codes[digit]), (k, k + 1, codes[f".{digit}"])]
    source, target, label = zip(*arcs, strict=True)
    return graph_of(source, target, label, final=[count])


def acceptor_of(amount: str, classes: tuple[str, ...]) -> Graph:
    """All that `amount_grammar` may write for an amount like 233.00: with a point, over a hundred, and without cents if there are
    none."""
    dollars, cents = amount.split(".")
    ways = text(f".{cents}") | text([f".{cents[0]}", cents[1]])
    return grammar(text(dollars) + (ways | NOTHING if cents == "00" else ways), _codes(classes))


_JUNK = one_of(["junk"]).silent()


def _after_specks(expression: Expression) -> Expression:
    """The expression, and specks of dirt before it: between characters, so that dirt around them is read in one way only."""
    return _JUNK.many(penalty=JUNK_INSIDE) + expression


def _codes(classes: tuple[str, ...]) -> dict[str, int]:
    return {symbol: label for label, symbol in enumerate((*classes, *CENTS), 1)}
