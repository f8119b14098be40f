"""The graph: a batch of weighted transducers as flat arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.jit import kernel

if TYPE_CHECKING:
    import torch

EPSILON = 0  # the label of an arc that reads or writes nothing

Array: TypeAlias = np.ndarray
INT32, FLOAT32 = np.dtype(np.int32), np.dtype(np.float32)
UNCHANGED = np.empty(0, np.int32)
Penalties: TypeAlias = "np.ndarray | torch.Tensor"


@dataclass(frozen=True)
class Later:
    """Labels and outputs that are only computed when somebody asks, which sums over paths never do."""

    compute: Callable[[], tuple[Array, Array]]


@dataclass(frozen=True, eq=False, repr=False)
class Graph:
    """A batch of B graphs with A arcs in all, stored as one disjoint union (1998 paper, section IV-C).

    Graph b owns nodes ``nodes[b]`` .. ``nodes[b + 1] - 1``: its start is the first of them, its end the last. A
    graph that may stop at several nodes has an epsilon arc from each of them to its end (`graph_of` makes them).
    The arcs of a graph are contiguous. In acyclic graphs nodes are in topological order, ``source < target``; a
    cyclic graph can only be the right side of a composition. A graph with two or more nodes and no arcs has no
    path: its penalty is infinite. A graph of one node has the empty path, at penalty 0.

    Penalties are numpy arrays, or torch tensors where gradients are wanted; functions of graphs answer in kind.
    """

    source: Array  # (A,) int32 node of the union
    target: Array  # (A,) int32
    label: Array  # (A,) int32 what the arc reads, 0 = epsilon
    penalty: Penalties  # (A,) float32 [nats]
    nodes: Array  # (B + 1,) int32 offsets
    output: Array = field(default_factory=lambda: UNCHANGED)  # (A,) int32 what the arc writes; left out: what it reads
    origins: tuple[
        Array, ...
    ] = ()  # one (A,) int32 per parent: the parent's arc that this arc was made from, -1 = none
    in_sequence: bool = False  # promise: no arc into a node comes after an arc out of it

    def __post_init__(self) -> None:
        if isinstance(self.label, Later):
            self.__dict__["_later"] = self.__dict__.pop("label")
            del self.__dict__["output"]
            return
        fields = self.__dict__
        same = self.output is UNCHANGED or self.output is self.label
        for name in ("source", "target", "label", "nodes"):
            fields[name] = plain(fields[name], INT32)
        fields["output"] = fields["label"] if same else plain(self.output, INT32)
        if isinstance(self.penalty, (np.ndarray, list, tuple)):
            fields["penalty"] = plain(self.penalty, FLOAT32)
        fields["origins"] = tuple([plain(o, INT32) for o in self.origins])

    def __getattr__(self, name: str) -> Array:
        """Labels that were left for later."""
        if name not in ("label", "output") or "_later" not in self.__dict__:
            raise AttributeError(name)
        self.__dict__["label"], self.__dict__["output"] = self.__dict__["_later"].compute()
        del self.__dict__["_later"]
        found: Array = self.__dict__[name]
        return found

    def __len__(self) -> int:
        """The number of graphs in the batch."""
        return len(self.nodes) - 1

    def __repr__(self) -> str:
        from recognizer.gtn.formats import describe

        return describe(self)

    @property
    def starts(self) -> Array:
        """(B,) the first node of each graph."""
        return self.nodes[:-1]

    @property
    def ends(self) -> Array:
        """(B,) the last node of each graph."""
        return self.nodes[1:] - 1

    @cached_property
    def arcs(self) -> Array:
        """(B + 1,) offsets: graph b owns arcs ``arcs[b]`` .. ``arcs[b + 1] - 1``."""
        owner = np.searchsorted(self.nodes, self.source, side="right") - 1
        return np.searchsorted(owner, np.arange(len(self) + 1)).astype(np.int32)

    def __getitem__(self, b: int) -> Graph:
        """Graph b alone, as a batch of one. Its origins are those of the batch."""
        if not -len(self) <= b < len(self):
            raise IndexError(f"graph {b} of a batch of {len(self)}")
        b %= len(self)
        part = slice(self.arcs[b], self.arcs[b + 1])
        first = self.nodes[b]
        label = self.label[part]
        return Graph(
            source=self.source[part] - first,
            target=self.target[part] - first,
            label=label,
            penalty=self.penalty[part],
            nodes=self.nodes[b : b + 2] - first,
            output=label if self.output is self.label else self.output[part],
            origins=tuple(o[part] for o in self.origins),
            in_sequence=self.in_sequence,
        )

    def check(self) -> None:
        """Raises InputError, naming the arc, where the arrays are no graph: an array too short, an arc out of its graph, a
        label below 0, a penalty that is no number. Functions do not check what they are given."""
        count, penalty = len(self.source), numbers(self.penalty)
        for name in ("target", "label", "output", "penalty"):
            if len(getattr(self, name)) != count:
                raise InputError(
                    f"{count} sources, but {len(getattr(self, name))} values in {name}; give one for each arc."
                )
        if len(self.nodes) == 0 or self.nodes[0] != 0 or np.any(np.diff(self.nodes) < 1):
            raise InputError(f"The offsets of the nodes must begin with 0 and rise: {self.nodes.tolist()}.")
        owner = [np.searchsorted(self.nodes, x, side="right") - 1 for x in (self.source, self.target)]
        outside = (np.minimum(self.source, self.target) < 0) | (np.maximum(self.source, self.target) >= self.nodes[-1])
        faults = {
            "leads out of its graph": outside | (owner[0] != owner[1]),
            "stands among the arcs of a later graph": owner[0] < np.maximum.accumulate(owner[0], dtype=owner[0].dtype),
            "has a label below 0": np.minimum(self.label, self.output) < 0,
            "has a penalty that is no number": np.isnan(penalty),
        }
        for fault, where in faults.items():
            if np.any(where):
                i = int(np.flatnonzero(where)[0])
                arc = f"from node {self.source[i]} to {self.target[i]}, {self.label[i]}:{self.output[i]}, {penalty[i]}"
                raise InputError(f"Arc {i} ({arc}) {fault}.")

    def with_penalty(self, penalty: Penalties) -> Graph:
        """The same arcs with other penalties (A,)."""
        if len(penalty) != len(self.source):
            raise InputError(f"{len(penalty)} penalties for {len(self.source)} arcs; give one for each arc.")
        other = object.__new__(Graph)  # shares what is known of the structure
        other.__dict__.update(
            self.__dict__, penalty=plain(penalty, FLOAT32) if isinstance(penalty, np.ndarray) else penalty
        )
        return other

    def relabelled(self, label: Array, output: Array) -> Graph:
        """The same arcs reading and writing other symbols (A,)."""
        return replace(self, label=label, output=output)

    def with_origins(self, origins: tuple[Array, ...]) -> Graph:
        """The same arcs with other parents."""
        return replace(self, origins=origins)

    @cached_property
    def sequence(self) -> Array | None:
        """A permutation of the arcs in which none into a node follows one out of it; None where they already stand
        so.

        Raises InputError where the graph has an arc that does not go forward.
        """
        if self.in_sequence:
            return None
        state = check_sequence(self.source, self.target, int(self.nodes[-1]))
        if state < 0:
            arc = -state - 1
            raise InputError(
                f"Arc {arc} goes from node {self.source[arc]} back to node {self.target[arc]}. A graph with cycles can only "
                "be the right side of a composition; for anything else number the nodes in topological order."
            )
        return None if state == 0 else np.argsort(self.source, kind="stable").astype(np.int32)


def plain(values: Array | Sequence[float], dtype: np.dtype) -> Array:
    """The values as an array that kernels take: C-contiguous, writable, of this type."""
    if isinstance(values, np.ndarray) and values.dtype is dtype and values.flags.carray:
        return values
    array: Array = np.ascontiguousarray(values, dtype=dtype)
    return array if array.flags.writeable else array.copy()


def numbers(penalty: Penalties) -> Array:
    """The numbers of a tensor (shared memory) or array, as float32 for kernels."""
    if not isinstance(penalty, np.ndarray):
        penalty = penalty.detach().cpu().numpy()
    return plain(penalty, FLOAT32)


class Runs(NamedTuple):
    """The arcs of a graph in sequence, parallel ones that stand together taken as one run; structure without penalties."""

    order: Array | None  # (A,) permutation that puts the arcs in sequence, None: they stand so
    first: Array  # (R + 1,) int32 offsets into the arcs in sequence
    source: Array  # (R,) int32
    target: Array  # (R,) int32


def runs_of(graph: Graph) -> Runs:
    """The runs of a graph, found once and kept with it. Raises InputError as `Graph.sequence` does."""
    known: Runs | None = graph.__dict__.get("_runs")
    if known is None:
        order = graph.sequence
        source, target = graph.source, graph.target
        known = Runs(order, *find_runs(*((source, target) if order is None else (source[order], target[order]))))
        graph.__dict__["_runs"] = known
    return known


def in_runs(graph: Graph, values: Penalties) -> Array:
    """Values of arcs (A,) in the order of the runs."""
    order = runs_of(graph).order
    return numbers(values) if order is None else numbers(values)[order]


def out_of_runs(graph: Graph, values: Array) -> Array:
    """The inverse of `in_runs`."""
    order = runs_of(graph).order
    if order is None:
        return values
    result = np.empty_like(values)
    result[order] = values
    return result


@kernel
def find_runs(source, target):  # type: ignore[no-untyped-def]
    """Offsets of the runs of parallel arcs, and their sources and targets."""
    first = np.empty(len(source) + 1, np.int32)
    runs = 0
    for i in range(len(source)):
        first[runs] = i  # overwritten if no run begins here
        runs += (i == 0) | (source[i] != source[i - 1]) | (target[i] != target[i - 1])
    first[runs] = len(source)
    if runs == len(source):
        return first, source, target
    first = first[: runs + 1].copy()
    return first, source[first[:-1]], target[first[:-1]]


@kernel
def check_sequence(source, target, nodes):  # type: ignore[no-untyped-def]
    """0: in sequence; 1: needs sorting by source; -1 - i: arc i does not go forward."""
    left = np.zeros(nodes, np.bool_)
    result = 0
    for i in range(len(source)):
        if source[i] >= target[i]:
            return -1 - i
        if left[target[i]]:
            result = 1
        left[source[i]] = True
    return result
