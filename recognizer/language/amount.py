"""What a number and an amount of money may look like, as graphs (1998 paper, section X-A)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from operator import add, or_

from recognizer.gtn import Graph, graph_of, merge_alike
from recognizer.gtn.notation import NOTHING, Expression, OneOf, grammar, one_of, text
from recognizer.language.money import CURRENCIES, DIGITS, RAISED, SIGNS
from recognizer.language.money_prices import MoneyPrices, prices_in

CENTS = tuple(f".{digit}" for digit in DIGITS)  # written for the first digit of cents
LEADING = "*-=#"  # what people write before an amount so that nobody adds to it
TRAILING = "*-=#/.,"  # and after it
NO_CENTS = ("/-", ".-", ",-", "/=")  # written instead of cents

# Prices [nats], chosen on made-up amounts of validation hands.
FILLER = 1.0
JUNK_OUTSIDE = 4.0  # a segment before or after the number that is no character
JUNK_INSIDE = 6.0  # the same between its characters
LOST = 3.0  # the mark before cents is not there: cheap, for a hundredfold amount is the worst of mistakes
STROKE = 6.0  # a dash between digits that fills a gap
UPRIGHT = 2.0  # a slash that looks like a 1, before a hundred or before a stroke instead of cents
UNGROUPED = 6  # digits that people write without marks between them
LONG = 3.0  # each further one: few do, and cents over a hundred look like it
FROM_ZERO = 3.0  # a zero before all other digits: 1 of 170 amounts begins so, made up after the habits of countries

_NEVER = Expression((), {}, {}, {}, None)


def written_symbols(classes: tuple[str, ...]) -> tuple[str, ...]:
    """The text of every label: epsilon, the recogniser's classes (the last of them, junk or blank, has none), and CENTS."""
    return ("", *classes[:-1], "", *CENTS)


def number_grammar(classes: tuple[str, ...]) -> Graph:
    """One digit or more, junk anywhere at a price; writes the digits. ``classes`` names the recogniser's, junk last.

    Or nothing but junk, which writes nothing: what is no number should rather be that than the number that it is least unlike.
    """
    outside = _JUNK.many(penalty=JUNK_OUTSIDE)
    digit = one_of(DIGITS)
    number = outside + digit + (_JUNK.many(penalty=JUNK_INSIDE) + digit).many() + outside
    return grammar(number | _JUNK.many(1), _codes(classes))


def amount_grammar(
    classes: tuple[str, ...],
    country: str | None = None,
    *,
    unsigned: float = 0.0,
    whole: float = 0.0,
    from_zero: float = FROM_ZERO,
) -> Graph:
    """Amounts of money in figures, as they are written in a country of `money.COUNTRIES`, or anywhere; writes digits, then CENTS
    and a digit where there are cents, so that a text is written in one way only.

    Fillers and a currency, then digits: any number of them, or grouped; then cents after another mark than that of the groups, raised,
    or over a hundred, or what says that there are none; then fillers and perhaps a currency. Or nothing but junk, as in
    `number_grammar`. A recogniser whose last class is no junk has none of it to leave out. An amount without a currency before it
    costs ``unsigned``, one without cents ``whole``, one that begins with a zero ``from_zero`` [nats].
    """
    ways = _Ways(frozenset(classes), prices_in(country), classes[-1] == "junk", whole, from_zero)
    leading, trailing = (ways.one(fillers, FILLER).silent() for fillers in (LEADING, TRAILING))
    if ways.junk:
        leading, trailing = (fillers | _JUNK.at(JUNK_OUTSIDE) for fillers in (leading, trailing))
    before = leading.many() + (ways.currency() + leading.many() | NOTHING.at(unsigned))
    after = trailing.many() + ((ways.currency() | ways.word("only")).at(FILLER) + trailing.many() | NOTHING)
    written = before + ways.amount() + after
    return merge_alike(grammar(written | _JUNK.many(1) if ways.junk else written, _codes(classes)))


class _Ways:
    """The parts of an amount, of those characters that a recogniser knows."""

    def __init__(self, known: frozenset[str], prices: MoneyPrices, junk: bool, whole: float, from_zero: float) -> None:
        self.known, self.prices, self.junk, self.whole = known, prices, junk, whole
        self.specks = _JUNK.many(penalty=JUNK_INSIDE) if junk else NOTHING
        self.first = one_of(dict.fromkeys(DIGITS, 0.0) | {"0": from_zero})

    def one(self, characters: Iterable[str], penalty: float = 0.0) -> Expression:
        """One of the characters that the recogniser knows."""
        found = [character for character in characters if character in self.known]
        return one_of(found, penalty) if found else _NEVER

    def word(self, characters: str) -> Expression:
        """The characters one after the other, writing nothing."""
        return reduce(add, (self.one([character]) for character in characters)).silent()

    def currency(self) -> Expression:
        """A sign, or letters with a point behind them or none."""
        words = [word for word in CURRENCIES if word not in SIGNS and self.known.issuperset(word)]
        signs = self.one(SIGNS).silent()
        point = self.one(".").silent().optional()
        return reduce(or_, (self.word(word) + point for word in words), signs)

    def amount(self) -> Expression:
        """Dollars and cents."""
        following = self.specks + (one_of(DIGITS) | self.one("-", STROKE).silent() + one_of(DIGITS))
        short = self.first + following.times(0, UNGROUPED - 3)  # the lost cents are two digits more
        long = self.first + following.times(0, UNGROUPED - 1) + following.many(penalty=LONG)
        lost, unmarked = self._cents(DIGITS).at(LOST), self._unmarked()
        marked = {mark: self._cents_after(mark) for mark in ".,-"}
        ways = [short + lost, long + reduce(or_, marked.values(), lost.at(2 * LONG) | unmarked)]
        for mark, dollars in self._groups():
            others = (cents for other, cents in marked.items() if other != mark)
            ways.append(dollars + reduce(or_, others, lost | unmarked))
        return reduce(or_, ways)

    def _groups(self) -> Iterator[tuple[str, Expression]]:
        """The marks between groups of digits, and digits in such groups."""
        digit = self.specks + one_of(DIGITS)
        for mark in filter(self.known.__contains__, ",.'"):
            group = self.specks + self.one(mark).silent() + digit * 3
            price = self.prices.thousands[mark]
            yield mark, self.first + digit.times(0, 2) + group.at(price) + group.many()
        if "," in self.known:
            comma = self.specks + self.one(",").silent()
            pair, price = comma + digit * 2, self.prices.thousands["lakh"]
            yield ",", self.first + digit.optional() + pair.at(price) + pair.many() + comma + digit * 3

    def _cents_after(self, mark: str) -> Expression:
        return (self.specks + self.one(mark).silent() + self._cents(DIGITS, RAISED)).at(self.prices.cents[mark])

    def _unmarked(self) -> Expression:
        """What may follow dollars of any kind: raised cents, cents over a hundred, a word or a stroke for none, or nothing."""
        hundred = reduce(add, (self.one(pair) for pair in ("1¹", "0⁰", "0⁰"))) | self.word("xx")
        over = self._slash() + hundred.silent()
        none = self.word("xx") | self.word("no")
        mark = (self.specks + self.one(".,-", FILLER).silent()).optional()
        cents = self._cents(RAISED).at(self.prices.cents["raised"])
        cents = cents | (mark + self._cents(DIGITS, RAISED) + over).at(self.prices.cents["over"])
        said = (none + over.optional()).at(self.prices.cents["over"])
        strokes = reduce(or_, map(self._stroke, NO_CENTS)).at(FILLER / 2)
        return cents | (self.specks + (said | strokes) | NOTHING).at(self.whole)

    def _slash(self) -> Expression:
        return one_of({"/": 0.0, "1": UPRIGHT}).silent() if "/" in self.known else _NEVER

    def _stroke(self, way: str) -> Expression:
        return reduce(add, (self._slash() if mark == "/" else self.word(mark) for mark in way))

    def _cents(self, *alphabets: str) -> Expression:
        """Two digits of some alphabets; writes the first of CENTS."""
        first = {each: f".{DIGITS[k]}" for digits in alphabets for k, each in enumerate(digits)}
        return (
            self.specks
            + self._read_as(first)
            + self.specks
            + self._read_as({each: pair[1] for each, pair in first.items()})
        )

    def _read_as(self, written: Mapping[str, str]) -> Expression:
        reads = tuple(read for read in written if read in self.known)
        if not reads:
            return _NEVER
        choice = OneOf(reads, tuple(written[read] for read in reads), (0.0,) * len(reads))
        return Expression((choice,), {0: 0.0}, {0: 0.0}, {}, None)


def spellings(digits: str, classes: tuple[str, ...]) -> Graph:
    """All that `amount_grammar` may write for an amount of which only the digits are known: the last two may be cents."""
    codes, count = _codes(classes), len(digits)
    arcs = [(k, k + 1, codes[digit]) for k, digit in enumerate(digits)]
    if count > 2:
        arcs += [(count - 2, count + 1, codes[f".{digits[-2]}"]), (count + 1, count, codes[digits[-1]])]
    source, target, label = zip(*arcs, strict=True)
    return graph_of(source, target, label, final=[count])


def acceptor_of(amount: str, classes: tuple[str, ...]) -> Graph:
    """All that `amount_grammar` may write for an amount like 233.00, and without cents if there are none."""
    dollars, cents = amount.split(".")
    written = text([f".{cents[0]}", cents[1]])
    return grammar(text(dollars) + (written | NOTHING if cents == "00" else written), _codes(classes))


def value_of(written: str) -> str:
    """The value of what `amount_grammar` writes, with two digits after the point: 233 is 233.00."""
    dollars, _, cents = written.partition(".")
    return f"{dollars.lstrip('0') or '0'}.{cents or '00'}"


def same_value(classes: tuple[str, ...]) -> Callable[[tuple[int, ...]], tuple[tuple[int, ...], ...]]:
    """From the labels of a text of `amount_grammar` to those of all texts of its value: with cents and without, if there are none."""
    codes = _codes(classes)
    nothing = (codes[CENTS[0]], codes[DIGITS[0]])

    def ways(labels: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        if labels[-2:] == nothing:
            return labels[:-2], labels
        has_cents = any(label > len(classes) for label in labels)
        return (labels,) if has_cents or not labels else (labels, labels + nothing)

    return ways


_JUNK = one_of(["junk"]).silent()


def _codes(classes: tuple[str, ...]) -> dict[str, int]:
    return {symbol: label for label, symbol in enumerate((*classes, *CENTS), 1)}
