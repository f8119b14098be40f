"""Generalised composition (1998 paper, section VIII): arcs that carry anything, and a transformer that combines them.

A composition transformer says which arcs go together (`check`), what their combination is (`fprop`) and how its gradient
goes back (`bprop`). Ordinary composition, the recognition transformer and the path selector are cases of it. This is the
general, plain Python form, for structures that `compose` does not know; `compose` is the fast one for labels and penalties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass
class Arc:
    """An arc and its data: a penalty, an image, a vector, ...; ``gradient`` has room for the derivative by them."""

    source: int
    target: int
    data: Any
    gradient: Any = 0.0


@dataclass
class DataGraph:
    """A graph of such arcs, nodes 0 (start) to ``nodes`` - 1 (end) in topological order."""

    nodes: int
    arcs: list[Arc] = field(default_factory=list)

    def leaving(self) -> list[list[Arc]]:
        """The arcs out of each node."""
        result: list[list[Arc]] = [[] for _ in range(self.nodes)]
        for arc in self.arcs:
            result[arc.source].append(arc)
        return result


class Transformer(Protocol):
    """What generalised composition is told. An arc that is None stands for the other side's moving alone."""

    def null(self, arc: Arc) -> bool:
        """May the other side wait while this arc is followed?"""

    def check(self, first: Arc, second: Arc) -> bool:
        """Do these arcs, neither of them null, go together?"""

    def fprop(self, first: Arc | None, second: Arc | None) -> Iterable[Any]:
        """The data of each arc that their combination makes."""

    def bprop(self, first: Arc | None, second: Arc | None, made: Sequence[Arc]) -> None:
        """Add to the gradients of the two arcs (and of own parameters), given those of the arcs made from them."""


def transduce(first: DataGraph, second: DataGraph, transformer: Transformer) -> tuple[DataGraph, Callable[[], None]]:
    """The network of all joint paths, without dead ends, and what carries its arcs' gradients back to both sides.

    Each path is made once: between two matches the first side moves alone before the second does.
    """
    moves = _moves(first, second, transformer)
    ends = {(first.nodes - 1, second.nodes - 1, late) for late in (False, True)}
    useful = _leading_to(ends, moves)
    states = sorted((p for p in useful if p not in ends), key=lambda p: (p[0], p[1], p[2]))
    number = {state: k for k, state in enumerate(states)} | dict.fromkeys(ends, len(states))
    start = (0, 0, False)
    if start not in useful:
        return DataGraph(2), lambda: None
    result = DataGraph(len(states) + 1)
    record: list[tuple[Arc | None, Arc | None, list[Arc]]] = []
    for state in states:
        for following, a, b in moves[state]:
            if following in useful:
                made = [Arc(number[state], number[following], data) for data in transformer.fprop(a, b)]
                result.arcs += made
                record.append((a, b, made))

    def backward() -> None:
        for a, b, made in reversed(record):
            transformer.bprop(a, b, made)

    return result, backward


State = tuple[int, int, bool]  # first node, second node, whether the second has moved alone
Move = tuple[State, Arc | None, Arc | None]


def _moves(first: DataGraph, second: DataGraph, transformer: Transformer) -> dict[State, list[Move]]:
    """The joint moves from each pair of nodes that the starts lead to."""
    of_first, of_second = first.leaving(), second.leaving()
    moves: dict[State, list[Move]] = {}
    waiting: list[State] = [(0, 0, False)]
    while waiting:
        state = waiting.pop()
        if state in moves:
            continue
        n1, n2, late = state
        found: list[Move] = []
        for a in of_first[n1]:
            if transformer.null(a) and not late:
                found.append(((a.target, n2, False), a, None))
        for b in of_second[n2]:
            if transformer.null(b):
                found.append(((n1, b.target, True), None, b))
        for a in of_first[n1]:
            for b in of_second[n2]:
                if not transformer.null(a) and not transformer.null(b) and transformer.check(a, b):
                    found.append(((a.target, b.target, False), a, b))
        moves[state] = found
        waiting += [following for following, _, _ in found]
    return moves


def _leading_to(ends: set[State], moves: dict[State, list[Move]]) -> set[State]:
    """The states from which an end can be reached."""
    useful = set(ends) & set(moves)
    for state in sorted(moves, reverse=True):
        if any(following in useful for following, _, _ in moves[state]):
            useful.add(state)
    return useful
