"""The arcs of a graph in sequence, parallel ones that stand together taken as one run; structure without penalties."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import Array, Penalties, numbers
from recognizer.kernels import kernel


class Runs(NamedTuple):
    """R runs of A arcs. In sequence: no arc into a node comes after an arc out of it."""

    order: Array | None  # (A,) permutation that puts the arcs in sequence, None: they stand so
    first: Array  # (R + 1,) int32 offsets into the arcs in sequence
    source: Array  # (R,) int32
    target: Array  # (R,) int32

    def ordered(self, values: Penalties) -> Array:
        """Values of arcs (A,) in sequence."""
        return numbers(values) if self.order is None else numbers(values)[self.order]

    def restored(self, values: Array) -> Array:
        """The inverse of `ordered`, of values (A,)."""
        if self.order is None:
            return values
        result = np.empty_like(values)
        result[self.order] = values
        return result


def runs_of(source: Array, target: Array, order: Array | None) -> Runs:
    """The runs of arcs (A,) that this order (A,), None: as they stand, puts in sequence."""
    return Runs(order, *find_runs(*((source, target) if order is None else (source[order], target[order]))))


def sequence_of(source: Array, target: Array, nodes: int) -> Array | None:
    """A permutation (A,) of the arcs in which none into a node follows one out of it; None where they already stand so.

    Raises InputError where an arc does not go forward.
    """
    state = check_sequence(source, target, nodes)
    if state < 0:
        arc = -state - 1
        raise InputError(
            f"Arc {arc} goes from node {source[arc]} back to node {target[arc]}. A graph with cycles can only "
            "be the right side of a composition; for anything else number the nodes in topological order."
        )
    return None if state == 0 else np.argsort(source, kind="stable").astype(np.int32)


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
