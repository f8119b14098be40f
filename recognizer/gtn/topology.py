"""What a batch of graphs is but for its penalties, and what has been found out about it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from recognizer.gtn.arrays import INT32, Array, plain
from recognizer.gtn.runs import Runs, runs_of, sequence_of
from recognizer.gtn.sides import LeftSide, RightSide, left_side, right_side


class Topology:
    """The arcs of a batch of B graphs, stored as one disjoint union, and what they read and write.

    Graphs that differ in their penalties alone share it, and with it what is found out about it: each of its properties is
    computed when first asked for. Its arrays are not changed once it is made.
    """

    source: Array  # (A,) int32 node of the union
    target: Array  # (A,) int32
    nodes: Array  # (B + 1,) int32 offsets
    in_sequence: bool  # promise: no arc into a node comes after an arc out of it

    def __init__(
        self,
        source: Array,
        target: Array,
        label: Array,
        nodes: Array,
        output: Array | None = None,
        *,
        in_sequence: bool = False,
    ) -> None:
        """``output``: what each arc writes (A,), where that is not what it reads, ``label``."""
        self.source, self.target = plain(source, INT32), plain(target, INT32)
        self.nodes, self.in_sequence = plain(nodes, INT32), in_sequence
        self.label = plain(label, INT32)
        self.output = self.label if output is None or output is label else plain(output, INT32)

    @cached_property
    def label(self) -> Array:
        """(A,) int32 what each arc reads, 0 = epsilon."""
        raise NotImplementedError  # set where it is made, or computed by a subclass

    @cached_property
    def output(self) -> Array:
        """(A,) int32 what each arc writes: the same array as ``label`` where it writes what it reads."""
        raise NotImplementedError

    @property
    def is_acceptor(self) -> bool:
        """Is it known that the arcs write what they read?"""
        return self.output is self.label

    def __len__(self) -> int:
        """The number of graphs in the batch."""
        return len(self.nodes) - 1

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

    @cached_property
    def sequence(self) -> Array | None:
        """A permutation (A,) of the arcs in which none into a node follows one out of it; None where they already stand so.

        Raises InputError where the graph has an arc that does not go forward.
        """
        return None if self.in_sequence else sequence_of(self.source, self.target, int(self.nodes[-1]))

    @cached_property
    def runs(self) -> Runs:
        """Its arcs in runs. Raises InputError as `sequence` does."""
        return runs_of(self.source, self.target, self.sequence)

    @cached_property
    def left_side(self) -> LeftSide:
        """What composition looks up in its left side. Raises InputError as `sequence` does."""
        order = self.runs.order
        return left_side(self.runs, self.output if order is None else self.output[order], self.nodes)

    @cached_property
    def right_side(self) -> RightSide:
        """What composition looks up in its right side."""
        return right_side(self.source, self.target, self.label, self.nodes)

    def rearranged(
        self, arcs: Array | slice, source: Array, target: Array, nodes: Array, *, in_sequence: bool
    ) -> Topology:
        """The arcs chosen by an index (n,), which keep what they read and write, between other nodes."""
        output = None if self.is_acceptor else self.output[arcs]
        return Topology(source, target, self.label[arcs], nodes, output, in_sequence=in_sequence)

    def parallel(self, label: Array) -> Topology:
        """Each arc replaced by K parallel ones that read ``label`` (A, K)."""
        count, times = label.shape
        source, target = np.repeat(self.source, times), np.repeat(self.target, times)
        result = Topology(source, target, label.reshape(-1), self.nodes, in_sequence=self.sequence is None)
        if result.in_sequence and len(self.runs.source) == count:  # no arc beside another: its copies are a run
            first = np.arange(count + 1, dtype=np.int32) * np.int32(times)
            result.runs = Runs(None, first, self.runs.source, self.runs.target)
        return result
