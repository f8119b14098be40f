"""The graph: a batch of weighted transducers as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pkgutil import resolve_name

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON, FLOAT32, INT32, Array, Penalties, numbers, plain
from recognizer.gtn.topology import Topology

SHOWN = 12  # arcs of a graph that is printed


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

    topology: Topology
    penalty: Penalties  # (A,) float32 [nats]
    origins: tuple[Array, ...] = ()  # one (A,) int32 per parent: the arc that this arc was made from, -1 = none

    def __post_init__(self) -> None:
        fields = self.__dict__
        if isinstance(self.penalty, (np.ndarray, list, tuple)):
            fields["penalty"] = plain(self.penalty, FLOAT32)
        fields["origins"] = tuple([plain(o, INT32) for o in self.origins])

    @property
    def source(self) -> Array:
        """(A,) int32 node of the union."""
        return self.topology.source

    @property
    def target(self) -> Array:
        """(A,) int32."""
        return self.topology.target

    @property
    def label(self) -> Array:
        """(A,) int32 what each arc reads, 0 = epsilon."""
        return self.topology.label

    @property
    def output(self) -> Array:
        """(A,) int32 what each arc writes."""
        return self.topology.output

    @property
    def nodes(self) -> Array:
        """(B + 1,) int32 offsets of the nodes."""
        return self.topology.nodes

    @property
    def starts(self) -> Array:
        """(B,) the first node of each graph."""
        return self.topology.starts

    @property
    def ends(self) -> Array:
        """(B,) the last node of each graph."""
        return self.topology.ends

    @property
    def arcs(self) -> Array:
        """(B + 1,) offsets: graph b owns arcs ``arcs[b]`` .. ``arcs[b + 1] - 1``."""
        return self.topology.arcs

    def __len__(self) -> int:
        """The number of graphs in the batch."""
        return len(self.topology)

    def __getitem__(self, b: int) -> Graph:
        """Graph b alone, as a batch of one. Its origins are those of the batch."""
        if not -len(self) <= b < len(self):
            raise IndexError(f"graph {b} of a batch of {len(self)}")
        b %= len(self)
        part, first, whole = slice(self.arcs[b], self.arcs[b + 1]), self.nodes[b], self.topology
        source, target, nodes = self.source[part] - first, self.target[part] - first, self.nodes[b : b + 2] - first
        topology = whole.rearranged(part, source, target, nodes, in_sequence=whole.in_sequence)
        return Graph(topology, self.penalty[part], tuple(o[part] for o in self.origins))

    def _repr_svg_(self) -> str:
        """As notebooks show it. Drawings know graphs, not the other way round: theirs is looked up by its name."""
        return str(resolve_name("recognizer.gtn.drawing:as_svg")(self))

    def __repr__(self) -> str:
        """Sizes, and the first arcs one a line: source -> target, label (: output), penalty."""
        lines = [f"Graph of {len(self)}: {self.nodes[-1]} nodes, {len(self.source)} arcs"]
        penalty = numbers(self.penalty)
        for i in range(min(SHOWN, len(self.source))):
            symbols = ":".join(dict.fromkeys("ε" if x == EPSILON else str(x) for x in (self.label[i], self.output[i])))
            lines.append(f"  {self.source[i]} -> {self.target[i]}  {symbols}  {penalty[i]:.4g}")
        return "\n".join([*lines, *([f"  ... {len(self.source) - SHOWN} more"] if len(self.source) > SHOWN else [])])

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
        """The same arcs with other penalties (A,). Raises InputError where they are of another number."""
        if len(penalty) != len(self.source):
            raise InputError(f"{len(penalty)} penalties for {len(self.source)} arcs; give one for each arc.")
        return Graph(self.topology, penalty, self.origins)

    def relabelled(self, label: Array, output: Array) -> Graph:
        """The same arcs reading and writing other symbols (A,)."""
        shape = self.topology
        topology = Topology(shape.source, shape.target, label, shape.nodes, output, in_sequence=shape.in_sequence)
        return Graph(topology, self.penalty, self.origins)

    def with_origins(self, origins: tuple[Array, ...]) -> Graph:
        """The same arcs with other parents."""
        return replace(self, origins=origins)
