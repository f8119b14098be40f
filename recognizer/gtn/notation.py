"""Grammars in a notation like that of regular expressions, made of Python's own operators.

    digit = one_of("0123456789")
    amount = text("$").optional() + digit.many(1) + (text(".") + digit * 2).optional(0.5)
    junk = one_of(["rubbish"]).silent().many(penalty=2.0)
    graph = grammar(junk + amount + junk, {"0": 1, ..., "rubbish": 14})

``+`` one after the other, ``|`` one or the other, ``* n`` n times. A penalty is paid by whoever takes the way it stands on.
The graph has no epsilon arcs but those into its end: one node per symbol (or choice of symbols) of the expression
(Glushkov's construction), so there are as many paths for a text as there are ways to read it in the expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON
from recognizer.gtn.build import graph_of
from recognizer.gtn.graph import Graph


@dataclass(frozen=True)
class OneOf:
    """One place of an expression: one of these symbols is read, each at its penalty."""

    reads: tuple[str, ...]
    writes: tuple[str | None, ...]  # None: nothing
    penalties: tuple[float, ...]


Costs: TypeAlias = dict[int, float]  # of places
K = TypeVar("K")


@dataclass(frozen=True)
class Expression:
    """A set of texts with penalties: its places, and how a text may begin, go on and stop at them."""

    places: tuple[OneOf, ...]
    first: Costs
    last: Costs
    following: dict[tuple[int, int], float]
    empty: float | None  # the penalty of the empty text, None: not in the set

    def __add__(self, other: Expression) -> Expression:
        """This, then the other."""
        other = other._moved(len(self.places))
        first, last, following = dict(self.first), dict(other.last), {**self.following, **other.following}
        if self.empty is not None:
            _offer(first, other.first, self.empty)
        if other.empty is not None:
            _offer(last, self.last, other.empty)
        for p, leave in self.last.items():
            _offer(following, {(p, q): enter for q, enter in other.first.items()}, leave)
        empty = None if self.empty is None or other.empty is None else self.empty + other.empty
        return Expression(self.places + other.places, first, last, following, empty)

    def __or__(self, other: Expression) -> Expression:
        """This or the other."""
        other = other._moved(len(self.places))
        ways = [e for e in (self.empty, other.empty) if e is not None]
        return Expression(
            self.places + other.places,
            {**self.first, **other.first},
            {**self.last, **other.last},
            {**self.following, **other.following},
            min(ways, default=None),
        )

    def __mul__(self, times: int) -> Expression:
        """This so many times."""
        result = NOTHING
        for _ in range(times):
            result = result + self
        return result

    def at(self, penalty: float) -> Expression:
        """The same texts, each at this penalty more."""
        first = {p: cost + penalty for p, cost in self.first.items()}
        return replace(self, first=first, empty=None if self.empty is None else self.empty + penalty)

    def optional(self, penalty: float = 0.0) -> Expression:
        """This at that penalty, or nothing at none."""
        return self.at(penalty) | NOTHING

    def times(self, least: int, most: int, penalty: float = 0.0) -> Expression:
        """This ``least`` to ``most`` times, each at that penalty. Raises InputError where most is less than least."""
        if not 0 <= least <= most:
            raise InputError(f"A repetition of {least} to {most} times; the first must be 0 to the second.")
        once, more = self.at(penalty), NOTHING
        for _ in range(most - least):
            more = (once + more) | NOTHING
        return once * least + more

    def many(self, least: int = 0, penalty: float = 0.0) -> Expression:
        """This ``least`` times or more, each at that penalty."""
        once = self.at(penalty)
        following = dict(once.following)
        for p, leave in once.last.items():
            _offer(following, {(p, q): enter for q, enter in once.first.items()}, leave)
        loop = replace(once, following=following)
        return once * (least - 1) + loop if least else loop | NOTHING

    def silent(self) -> Expression:
        """The same, writing nothing."""
        return replace(self, places=tuple(replace(c, writes=(None,) * len(c.reads)) for c in self.places))

    def writes(self, symbol: str) -> Expression:
        """The same, but this symbol is written at the first place and nothing at the others.

        Raises InputError where its texts do not all begin at one place.
        """
        quiet = self.silent()
        if len({*self.first}) != 1 or self.empty is not None or any(q in self.first for _, q in self.following):
            raise InputError(f"writes({symbol!r}) needs an expression whose texts all begin at one place, once.")
        (p,) = self.first
        loud = replace(quiet.places[p], writes=(symbol,) * len(quiet.places[p].reads))
        return replace(quiet, places=(*quiet.places[:p], loud, *quiet.places[p + 1 :]))

    def _moved(self, by: int) -> Expression:
        """Places numbered from ``by``; the choices themselves are appended by the caller."""
        return replace(
            self,
            first={p + by: c for p, c in self.first.items()},
            last={p + by: c for p, c in self.last.items()},
            following={(p + by, q + by): c for (p, q), c in self.following.items()},
        )


NOTHING = Expression((), {}, {}, {}, 0.0)  # the empty text


def one_of(symbols: Iterable[str] | Mapping[str, float], penalty: float = 0.0) -> Expression:
    """One of these symbols (a string stands for its characters), each at this penalty or at its own in a mapping.

    Raises InputError where there are none.
    """
    reads = tuple(symbols)
    if not reads:
        raise InputError("one_of() needs at least one symbol.")
    costs = tuple(symbols[s] + penalty for s in reads) if isinstance(symbols, Mapping) else (penalty,) * len(reads)
    return Expression((OneOf(reads, reads, costs),), {0: 0.0}, {0: 0.0}, {}, None)


def text(symbols: Iterable[str], penalty: float = 0.0) -> Expression:
    """These symbols one after the other, at this penalty in all."""
    places = tuple(OneOf((symbol,), (symbol,), (0.0,)) for symbol in symbols)
    if not places:
        return NOTHING.at(penalty)
    last = len(places) - 1
    return Expression(places, {0: penalty}, {last: 0.0}, {(p, p + 1): 0.0 for p in range(last)}, None)


def in_order(parts: Sequence[Expression], between: Expression = NOTHING) -> Expression:
    """One or more of these, in their order, with ``between`` where two meet. Each part stands in it once.

    Raises InputError where a part holds the empty text, or there are none.
    """
    if not parts or any(part.empty is not None for part in parts):
        raise InputError("in_order() needs parts that hold a text each.")
    total, *others = parts
    for part in others:
        both = total + between + part
        alone = part._moved(len(both.places) - len(part.places))
        total = replace(both, first={**both.first, **alone.first}, last={**total.last, **both.last})
    return total


def grammar(expression: Expression, codes: Mapping[str, int]) -> Graph:
    """The graph of an expression, cyclic where something is repeated without bound; ``codes`` gives each symbol's label.

    Node 0 is its start, node p + 1 follows place p. Raises InputError where a symbol has no code.
    """
    label = _codes([symbol for choice in expression.places for symbol in choice.reads], codes)
    output = _codes([symbol for choice in expression.places for symbol in choice.writes], codes)
    price = np.array([penalty for choice in expression.places for penalty in choice.penalties])
    sizes = np.array([len(choice.reads) for choice in expression.places], int)
    # Every way into a place is an arc for each of its symbols.
    nodes = np.array([0] * len(expression.first) + [before + 1 for before, _ in expression.following], int)
    places = np.array([*expression.first, *(place for _, place in expression.following)], int)
    costs = np.array([*expression.first.values(), *expression.following.values()], float)
    many = sizes[places]
    begin = np.cumsum(many) - many
    symbol = np.arange(many.sum()) - np.repeat(begin - (np.cumsum(sizes) - sizes)[places], many)
    final = {p + 1: cost for p, cost in expression.last.items()}
    if expression.empty is not None:
        final[0] = expression.empty
    return graph_of(
        np.repeat(nodes, many),
        np.repeat(places + 1, many),
        label[symbol],
        (np.repeat(costs, many) + price[symbol]).astype(np.float32),
        None if np.array_equal(label[symbol], output[symbol]) else output[symbol],
        final=final,
        nodes=len(expression.places) + 1,
    )


def _codes(symbols: Sequence[str | None], codes: Mapping[str, int]) -> np.ndarray:
    """(n,) int32 labels, EPSILON for none."""
    try:
        return np.array([EPSILON if symbol is None else codes[symbol] for symbol in symbols], np.int32)
    except KeyError as error:
        (symbol,) = error.args
        raise InputError(
            f"The grammar reads or writes {symbol!r}, which has no code; there are codes for {[*codes]}."
        ) from None


def _offer(costs: dict[K, float], more: dict[K, float], extra: float) -> None:
    """Enter what is new or cheaper, at ``extra`` more."""
    for key, cost in more.items():
        costs[key] = min(cost + extra, costs.get(key, np.inf))
