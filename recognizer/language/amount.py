"""What a number and an amount of money may look like, as graphs (1998 paper, section X-A)."""

from collections.abc import Iterable

from recognizer.gtn import EPSILON, Graph, graph_of

DIGITS = "0123456789"
FILLERS = "*-=#/.,"  # what people write after an amount so that nobody adds to it
LEADING = "*-=#"  # and before it

# Prices [nats], chosen on made-up validation amounts.
FILLER = 1.0
JUNK_OUTSIDE = 1.5  # a segment before or after the amount that is no character
JUNK_INSIDE = 5.0  # the same between its characters
FRACTION = 1.0  # cents written as 50/100


def number_grammar(classes: tuple[str, ...]) -> Graph:
    """One digit or more, junk anywhere at a price; writes the digits. ``classes`` names the recogniser's, junk last."""
    table = _Table(classes)
    table.add("start", "number", DIGITS, write=True)
    table.add("number", "number", DIGITS, write=True)
    for state in ("start", "number"):
        table.junk(state, JUNK_OUTSIDE)
    return table.graph(["number"])


def amount_grammar(classes: tuple[str, ...]) -> Graph:
    """Amounts in figures; writes digits and a decimal point, as in 1234.50.

    Fillers, a currency sign, then digits: any number of them, or grouped by three with points or with commas; then cents,
    after the other mark or over a hundred; then fillers. A mark before three digits groups, one before two parts the cents.
    """
    table = _Table(classes)
    for state in ("start", "currency"):
        table.add(state, state, LEADING, FILLER)
        table.add(state, "one", DIGITS, write=True)
    table.add("start", "currency", "$")
    table.add("one", "two", DIGITS, write=True)
    table.add("two", "three", DIGITS, write=True)
    table.add("three", "more", DIGITS, write=True)
    table.add("more", "more", DIGITS, write=True)
    ungrouped = ["one", "two", "three", "more"]
    for mark, point in ((".", ","), (",", ".")):
        for state in ("one", "two", "three", f"group 3{mark}"):
            table.add(state, f"group 0{mark}", mark)
        for digits in range(3):
            table.add(f"group {digits}{mark}", f"group {digits + 1}{mark}", DIGITS, write=True)
        for state in (*ungrouped, f"group 3{mark}"):
            table.point(state, "cents 0", point)
    whole = [*ungrouped, "group 3.", "group 3,"]
    for digits in range(2):
        table.add(f"cents {digits}", f"cents {digits + 1}", DIGITS, write=True)
        table.add(f"over {digits}", f"over {digits + 1}", DIGITS, write=True)
    for state in whole:
        table.point(state, "over 0", None, FRACTION)
    for number, character in enumerate("/100"):
        table.add(f"over {2 + number}", f"over {3 + number}", character)
    complete = [*whole, "cents 2", "over 6"]
    for state in [*complete, "after"]:
        table.add(state, "after", FILLERS, FILLER)
        table.junk(state, JUNK_OUTSIDE, "after")
    for state in table.states:
        table.junk(state, JUNK_OUTSIDE if state == "start" else JUNK_INSIDE)
    return table.graph([*complete, "after"])


class _Table:
    """Arcs between named states; label k + 1 is class k."""

    def __init__(self, classes: tuple[str, ...]) -> None:
        self._label = {name: number for number, name in enumerate(classes, 1)}
        self._junk = len(classes)
        self._numbers = {"start": 0}
        self._arcs: list[tuple[int, int, int, float, int]] = []

    @property
    def states(self) -> list[str]:
        return [state for state in self._numbers if state != "after"]

    def add(self, state: str, following: str, characters: Iterable[str], penalty: float = 0.0, write: bool = False) -> None:
        """One arc for each character that the recogniser knows; it writes the character or nothing."""
        for character in characters:
            label = self._label.get(character)
            if label is not None:
                self._arc(state, following, label, penalty, label if write else EPSILON)

    def point(self, state: str, following: str, mark: str | None, penalty: float = 0.0) -> None:
        """An arc that reads ``mark``, or nothing, and writes the decimal point."""
        label = EPSILON if mark is None else self._label[mark]
        self._arc(state, following, label, penalty, self._label["."])

    def junk(self, state: str, penalty: float, following: str | None = None) -> None:
        """An arc that reads junk and writes nothing."""
        self._arc(state, following or state, self._junk, penalty, EPSILON)

    def graph(self, final: list[str]) -> Graph:
        source, target, label, penalty, output = zip(*self._arcs, strict=True)
        return graph_of(source, target, label, penalty, output, final=[self._numbers[state] for state in final])

    def _arc(self, state: str, following: str, label: int, penalty: float, output: int) -> None:
        numbers = [self._numbers.setdefault(name, len(self._numbers)) for name in (state, following)]
        self._arcs.append((numbers[0], numbers[1], label, penalty, output))
