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

from typing import NamedTuple, TypeAlias

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Array, Graph, Later, Penalties, in_runs, numbers, runs_of
from recognizer.gtn.index import index_of
from recognizer.gtn.matching import labels_of, match, sums_of, survey, trim
from recognizer.gtn.parallel import at_once, parts_of
from recognizer.gtn.select import scatter
from recognizer.gtn.topology import sort_nodes


def compose(left: Graph, right: Graph) -> Graph:
    """Graph b of the left with graph b of the right, or with the only graph of the right; a batch as long as the
    left.

    An arc reads what its left arc reads and writes what its right arc writes; penalties add; origins = (arc of
    ``left``, arc of ``right``). The result is trimmed; where nothing matches it has two nodes and no arcs.
    Penalties of both sides get gradients. Raises InputError where batches do not fit, the left has a cycle, or the
    right has a cycle of epsilons.
    """
    return in_order(joined(left, right, EVERYTHING), right)


class Beam(NamedTuple):
    """What a search keeps of each slice."""

    width: int  # at most so many pairs, those of the least Viterbi penalty so far; 0 = all
    margin: float  # and those at most so much worse than the best of the slice [nats]
    keep: Array  # and always these: left node * right nodes + right node, ascending, int64


EVERYTHING = Beam(0, np.inf, np.empty(0, np.int64))


def joined(left: Graph, right: Graph, beam: Beam) -> Graph:
    """The composition, or the part of it that a beam leaves: see `compose` and `beam_search`.

    Where epsilons of the right lead to inner nodes the nodes are in no order, and cycles of them make cycles: use `in_order`.
    """
    if len(right) not in (1, len(left)):
        raise InputError(
            f"Cannot compose {len(left)} graphs with {len(right)}; give one right side, or one for each graph."
        )
    source, target, of_left, of_right, nodes = _structure(left, right, beam)

    def labels() -> tuple[Array, Array]:
        acceptors = left.output is left.label and right.output is right.label
        label, output = labels_of(left.label, right.output, of_left, of_right, acceptors)
        return label, label if acceptors else output

    return Graph(
        source=source,
        target=target,
        label=Later(labels),  # type: ignore[arg-type]
        penalty=add(left.penalty, right.penalty, of_left, of_right),
        nodes=nodes,
        origins=(of_left, of_right),
        in_sequence=not index_of(right).inner_epsilon,
    )


def in_order(result: Graph, right: Graph) -> Graph:
    """The result of `joined` with its nodes in topological order, which epsilons of the right may have disturbed."""
    return sort_nodes(result) if index_of(right).inner_epsilon else result


def _structure(left: Graph, right: Graph, beam: Beam) -> Structure:
    """(source, target, left arc, right arc) of each arc of the composition, and the offsets of its nodes."""
    side = left_side(left)
    work = [Work(left, right, side, part, beam) for part in parts_of(left)]
    parts = at_once(Work.done, work)
    source, target, of_left, of_right, nodes = parts[0] if len(parts) == 1 else _end_to_end(parts)
    order = runs_of(left).order
    if order is not None:
        of_left = np.where(of_left < 0, of_left, order[of_left])
    return source, target, of_left, of_right, nodes


class LeftSide(NamedTuple):
    """What composition looks up in its left side: its arcs in runs, and the answers of `survey`."""

    output: Array
    first: Array
    source: Array
    into: Array
    run: Array
    fewest: Array
    most: Array
    longest: int
    largest: int
    silent: bool


def left_side(graph: Graph) -> LeftSide:
    """What is looked up in a graph on the left; the second call on the same graph is free."""
    known: LeftSide | None = graph.__dict__.get("_left_side")
    if known is None:
        order, first, source, target = runs_of(graph)
        output = graph.output if order is None else graph.output[order]
        known = LeftSide(output, first, source, *survey(first, source, target, output, graph.nodes))
        graph.__dict__["_left_side"] = known
    return known


Structure: TypeAlias = tuple[Array, Array, Array, Array, Array]


class Work:
    """The composition of some graphs of a batch, and the arrays that it fills."""

    def __init__(self, left: Graph, right: Graph, side: LeftSide, part: slice, beam: Beam) -> None:
        self.side, self.index, self.beam = side, index_of(right), beam
        these = slice(part.start, part.stop + 1)
        self.left_nodes, self.right_nodes = left.nodes[these], right.nodes if len(right) == 1 else right.nodes[these]
        self.late = bool(side.silent and self.index.has_epsilon)
        self.seen = np.zeros(int(right.nodes[-1]) * (2 if self.late else 1), np.int32)
        largest = max(side.largest, self.index.largest)
        self.where, self.same = np.empty(largest + 1, np.int32), np.empty(side.longest, np.int32)
        self.slices = np.zeros(int(left.nodes[-1]) + 1, np.int32)
        self.ends = np.full(part.stop - part.start, -1, np.int32)
        room = 2 * len(side.output) * len(self.ends) // len(left) + 1024
        self.pairs = np.empty(room + len(self.ends) + 1, np.int32)  # every pair but the starts is entered by an arc
        self.pruning = beam.width > 0 or beam.margin < np.inf
        self.best = np.empty(len(self.pairs) if self.pruning else 1, np.float32)
        self.penalties = (in_runs(left, left.penalty), numbers(right.penalty)) if self.pruning else (self.best,) * 2
        self.arcs = [np.empty(room, np.int32) for _ in range(4)]

    def done(self) -> Structure:
        """Nodes are counted from 0."""
        side, index, beam = self.side, self.index, self.beam
        progress = np.array([self.left_nodes[0], 0, 0, 0])
        while not match(
            side.output, self.left_nodes, side.first, side.source, side.into, side.run, side.fewest, side.most,
            index.starts, index.arc, index.label, index.target, index.until, index.fewest, index.most, self.right_nodes,
            index.has_epsilon, self.late, self.where, self.same, self.seen, self.slices, self.ends, self.pairs, *self.arcs,
            progress, self.pruning, beam.width, beam.margin, beam.keep, *self.penalties, self.best,
        ):  # fmt: skip
            times = self.growth(*progress[[0, 2]].tolist())
            self.pairs = _grown(self.pairs, int(progress[1]), times)
            self.best = _grown(self.best, int(progress[1]), times) if self.pruning else self.best
            self.arcs = [_grown(array, int(progress[2]), times) for array in self.arcs]
        made = (int(progress[1]), int(progress[2]))
        nodes, kept = trim(self.left_nodes, self.slices, self.ends, *self.arcs, *made, index.inner_epsilon)
        for array in self.arcs:
            array.resize(kept, refcheck=False)
        source, target, of_left, of_right = self.arcs
        return source, target, of_left, of_right, nodes

    def growth(self, node: int, made: int) -> int:
        """How many times as long arrays should be that were filled by what the nodes before this one made: for twice what
        all nodes make at this rate, so that they seldom grow again and little is copied."""
        first, end = self.left_nodes[[0, -1]].tolist()
        return min(max(2, 2 * made * (end - first) // (max(node - first, 1) * len(self.arcs[0]))), 16)


def _end_to_end(parts: list[Structure]) -> Structure:
    """Structures of parts of a batch as that of the whole."""
    offsets = np.cumsum([0, *(p[4][-1] for p in parts)]).astype(np.int32)
    source, target = (
        np.concatenate([p[k] + offset for p, offset in zip(parts, offsets, strict=False)]) for k in range(2)
    )
    nodes = np.concatenate([[0], *(p[4][1:] + offset for p, offset in zip(parts, offsets, strict=False))])
    of_left, of_right = (np.concatenate([p[k] for p in parts]) for k in (2, 3))
    return source, target, of_left, of_right, nodes.astype(np.int32)


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
