"""Composition: the paths of two graphs that agree on the symbols between them (1998 paper, section VIII).

The left side is acyclic, the right side may have cycles. Pairs of nodes are found slice by slice, a slice being all
pairs with the same left node, in the order of the left nodes; each run of parallel left arcs is indexed by label
once (and not again if the next has the same labels) and matched with the right arcs of all pairs that wait at its
source. A pair is not entered where the numbers of symbols that can still follow on the two sides differ; the dead
ends that pass this test are removed at the end. So the cost is that of the reachable part, however large the right side is.

Epsilon filter: between two matches the left moves first (its outputs that are epsilon), then the right (its epsilon
labels). A pair reached by a right move is "late" and allows no left move, so each path is made once.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import Array, Penalties, numbers
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Graph
from recognizer.gtn.matching import Arcs, Beam, Lookup, Pairs, Pruning, Workspace, match
from recognizer.gtn.parallel import at_once, parts_of
from recognizer.gtn.select import scatter, values_at
from recognizer.gtn.sort import sort_nodes
from recognizer.gtn.topology import Topology
from recognizer.kernels import kernel

# Arcs that room is made for at first, for each arc of the left. In a beam much is begun; memory that is never written is never taken.
_TIMES, _TIMES_IN_BEAM = 2, 16

EVERYTHING = Beam(0, np.inf, np.empty(0, np.int64), np.inf)


def compose(left: Graph, right: Graph) -> Graph:
    """Graph b of the left with graph b of the right, or with the only graph of the right; a batch as long as the
    left.

    An arc reads what its left arc reads and writes what its right arc writes; penalties add; origins = (arc of
    ``left``, arc of ``right``). The result is trimmed; where nothing matches it has two nodes and no arcs.
    Penalties of both sides get gradients. Raises InputError where batches do not fit, the left has a cycle, or the
    right has a cycle of epsilons.
    """
    return in_order(joined(left, right, EVERYTHING), right)


def joined(left: Graph, right: Graph, beam: Beam) -> Graph:
    """The composition, or the part of it that a beam leaves: see `compose` and `beam_search`.

    Where epsilons of the right lead to inner nodes the nodes are in no order, and cycles of them make cycles: use `in_order`.
    Raises InputError where the batches do not fit together.
    """
    if len(right) not in (1, len(left)):
        raise InputError(
            f"Cannot compose {len(left)} graphs with {len(right)}; give one right side, or one for each graph."
        )
    product = _product(left, right, beam)
    return Graph(
        product,
        add(left.penalty, right.penalty, product.of_left, product.of_right),
        (product.of_left, product.of_right),
    )


def in_order(result: Graph, right: Graph) -> Graph:
    """The result of `joined` with its nodes in topological order, which epsilons of the right may have disturbed."""
    return sort_nodes(result) if right.topology.right_side.inner_epsilon else result


class Product(Topology):
    """The topology of a composition. What its arcs read and write is only computed when somebody asks, which sums over paths
    never do."""

    def __init__(self, left: Topology, right: Topology, structure: Structure) -> None:
        self.left, self.right = left, right
        self.source, self.target, self.nodes = structure.source, structure.target, structure.nodes
        self.of_left, self.of_right = structure.of_left, structure.of_right  # (A,) int32, -1 = that side does not move
        self.in_sequence = not right.right_side.inner_epsilon

    @cached_property
    def label(self) -> Array:
        """(A,) what the arcs read: what those of the left read."""
        return values_at(self.left.label, self.of_left)

    @cached_property
    def output(self) -> Array:
        """(A,) what the arcs write: what those of the right write."""
        if self.left.is_acceptor and self.right.is_acceptor:
            return self.label
        return values_at(self.right.output, self.of_right)


class Structure(NamedTuple):
    """The arcs of a composition, and the offsets of its nodes."""

    source: Array
    target: Array
    of_left: Array
    of_right: Array
    nodes: Array


def _product(left: Graph, right: Graph, beam: Beam) -> Product:
    order = left.topology.runs.order
    parts = at_once(Composition.done, [Composition(left, right, part, beam) for part in parts_of(left)])
    whole = parts[0] if len(parts) == 1 else _end_to_end(parts)
    if order is not None:
        whole = whole._replace(of_left=np.where(whole.of_left < 0, whole.of_left, order[whole.of_left]))
    return Product(left.topology, right.topology, whole)


class Composition:
    """The composition of some graphs of a batch."""

    def __init__(self, left: Graph, right: Graph, part: slice, beam: Beam) -> None:
        these, nodes = slice(part.start, part.stop + 1), right.topology.nodes
        self.left_nodes, self.right_nodes = left.topology.nodes[these], nodes if len(nodes) == 2 else nodes[these]
        self.space = workspace(left, right, part.stop - part.start, beam)

    def done(self) -> Structure:
        """Nodes are counted from 0."""
        progress = np.array([self.left_nodes[0], 0, 0, 0])
        while (found := match(*self.space.plain(), self.left_nodes, self.right_nodes, progress))[1] < 0:
            self.grow(*progress[:3].tolist())
        nodes, kept = found
        for array in self.space.arcs:
            array.resize(kept, refcheck=False)
        return Structure(*self.space.arcs, nodes)

    def grow(self, node: int, pairs: int, made: int) -> None:
        """Make the arrays longer that were filled by what the nodes before this one made: for twice what all nodes make at this
        rate, so that they seldom grow again and little is copied."""
        known, arcs = self.space.pairs, self.space.arcs
        first, end = self.left_nodes[[0, -1]].tolist()
        rate = 2 * made * (end - first) // (max(node - first, 1) * len(arcs.source))
        times = min(max(2, rate), 16)
        best = _grown(known.best, pairs, times) if self.space.pruning.active else known.best
        self.space = self.space._replace(
            pairs=known._replace(key=_grown(known.key, pairs, times), best=best),
            arcs=Arcs(*(_grown(array, made, times) for array in arcs)),
        )


def workspace(left: Graph, right: Graph, graphs: int, beam: Beam) -> Workspace:
    """Room for the composition of so many graphs of the batch ``left``."""
    of_left, of_right = left.topology.left_side, right.topology.right_side
    filtered = of_left.has_epsilon and of_right.has_epsilon
    active = beam.width > 0 or beam.margin < np.inf
    times = _TIMES_IN_BEAM if active else _TIMES
    room = times * len(of_left.output) * graphs // len(left.topology) + 1024
    pairs = Pairs(
        key=np.empty(room + graphs + 1, np.int32),  # every pair but the starts is entered by an arc
        best=np.empty(room + graphs + 1 if active else 1, np.float32),
        seen=np.zeros(int(right.nodes[-1]) * (2 if filtered else 1), np.int32),
        slices=np.zeros(int(left.nodes[-1]) + 1, np.int32),
        ends=np.full(graphs, -1, np.int32),
    )
    penalties = (left.topology.runs.ordered(left.penalty), numbers(right.penalty)) if active else (pairs.best,) * 2
    symbols = max(of_left.largest, of_right.largest) + 1
    return Workspace(
        of_left,
        of_right,
        Lookup(np.empty(symbols, np.int32), np.empty(of_left.longest, np.int32)),
        pairs,
        Arcs(np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)),
        Pruning(active, beam, *penalties),
        filtered,
    )


def _end_to_end(parts: list[Structure]) -> Structure:
    """Structures of parts of a batch as that of the whole."""
    offsets = np.cumsum([0, *(part.nodes[-1] for part in parts)]).astype(np.int32)
    placed = list(zip(parts, offsets, strict=False))
    return Structure(
        source=np.concatenate([part.source + offset for part, offset in placed]),
        target=np.concatenate([part.target + offset for part, offset in placed]),
        of_left=np.concatenate([part.of_left for part in parts]),
        of_right=np.concatenate([part.of_right for part in parts]),
        nodes=np.concatenate([[0], *(part.nodes[1:] + offset for part, offset in placed)]).astype(np.int32),
    )


def _grown(array: Array, used: int, times: int) -> Array:
    """Room for so many times as many; memory that is never written is never taken from the machine."""
    longer = np.empty(times * len(array), array.dtype)
    longer[:used] = array[:used]
    return longer


def add(left: Penalties, right: Penalties, of_left: Array, of_right: Array) -> Penalties:
    """left[of_left] + right[of_right], where index -1 stands for 0."""

    def evaluate(left: Array, right: Array) -> tuple[Array, tuple[Backward, Backward]]:
        return sums_of(left, right, of_left, of_right), (
            lambda gradient: scatter(gradient, of_left, len(left)),
            lambda gradient: scatter(gradient, of_right, len(right)),
        )

    return differentiable(evaluate, left, right)


@kernel
def sums_of(left, right, of_left, of_right):  # type: ignore[no-untyped-def]
    """See `add`."""
    result = np.zeros(len(of_left), np.float32)
    for i in range(len(of_left)):
        if of_left[i] >= 0:
            result[i] = left[of_left[i]]
        if of_right[i] >= 0:
            result[i] += right[of_right[i]]
    return result
