"""Walking the lattice by keys: along it with left and right, through the alternatives of one place with up and down."""

from collections.abc import Collection
from typing import Protocol

import numpy as np

from ui.model.lattice.steps import Step


class Walkable(Protocol):
    """The lattice as a whole, or the graph of one stage."""

    @property
    def first(self) -> np.ndarray: ...
    @property
    def last(self) -> np.ndarray: ...
    @property
    def shares(self) -> np.ndarray: ...
    @property
    def best(self) -> Collection[int]: ...
    @property
    def end(self) -> int: ...
    def __len__(self) -> int: ...


def next_arc(lattice: Walkable, current: int | None, step: Step) -> int | None:
    """The arc after a step; the same one where there is nothing further, None in an empty lattice.

    Right goes to the likeliest arc that begins where this one ends, left to the likeliest that ends where it begins; down
    and up go to the next likely and the likelier of the arcs that begin at the same node.
    """
    if not len(lattice):
        return None
    if step is Step.END:
        return _likeliest(lattice, lattice.last == lattice.end)
    if current is None or step is Step.START:
        return _likeliest(lattice, lattice.first == 0)
    if step is Step.RIGHT:
        found = _likeliest(lattice, lattice.first == lattice.last[current])
    elif step is Step.LEFT:
        found = _likeliest(lattice, lattice.last == lattice.first[current])
    else:
        ranked = _by_rank(lattice, lattice.first == lattice.first[current])
        place = ranked.index(current) + (1 if step is Step.DOWN else -1)
        found = ranked[place] if 0 <= place < len(ranked) else None
    return current if found is None else found


def _by_rank(lattice: Walkable, among: np.ndarray) -> list[int]:
    best = set(lattice.best)
    return sorted(np.flatnonzero(among).tolist(), key=lambda arc: (arc not in best, -lattice.shares[arc], arc))


def _likeliest(lattice: Walkable, among: np.ndarray) -> int | None:
    ranked = _by_rank(lattice, among)
    return ranked[0] if ranked else None
