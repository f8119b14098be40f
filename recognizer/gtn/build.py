"""Graphs from arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import FLOAT32, INT32, Array, Penalties, plain
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Graph
from recognizer.gtn.sort import sort_nodes
from recognizer.gtn.topology import Topology


def graph_of(
    source: Iterable[int],
    target: Iterable[int],
    label: Iterable[int],
    penalty: Penalties | Sequence[float] | None = None,
    output: Iterable[int] | None = None,
    *,
    start: int = 0,
    final: Sequence[int] | dict[int, float],
    nodes: int | None = None,
) -> Graph:
    """One graph from the arrays of its arcs (A,), nodes numbered from 0 in any order, cycles allowed.

    ``final`` are the nodes where a path may stop, a dict if stopping costs a penalty. The graph has one end: the
    only final node where it costs nothing and no arc leaves it, else a new node, to which an epsilon arc leads from
    each final node (these arcs come last; so does 0 in the penalties' gradient). origins = (index of the given arc,
    or -1). Acyclic graphs are put in topological order. Raises InputError, naming the arc, where a number is out of
    range.
    """
    arcs = [_integers(x) for x in (source, target, label)]
    written = arcs[2] if output is None else _integers(output)
    count = len(arcs[0])
    total = max([start, *final, *(int(a.max(initial=0)) for a in arcs[:2])]) + 1 if nodes is None else nodes
    _check(arcs[0], arcs[1], arcs[2], written, total, [start, *final])
    costs = final if isinstance(final, dict) else dict.fromkeys(final, 0.0)
    only = next(iter(costs)) if len(costs) == 1 else -1
    own_end = only >= 0 and costs[only] == 0 and not np.any(arcs[0] == only) and (only != start or total == 1)
    end = only if own_end else total
    extra = [] if own_end else list(costs)
    number = _start_first_end_last(total if own_end else total + 1, start, end)
    numbered_source = number[np.concatenate([arcs[0], np.array(extra, np.int32)])]
    numbered_target = number[np.concatenate([arcs[1], np.full(len(extra), end, np.int32)])]
    zeros = np.zeros(len(extra), np.int32)
    read = np.concatenate([arcs[2], zeros])
    values = _values(penalty, count)
    graph = Graph(
        Topology(
            source=numbered_source,
            target=numbered_target,
            label=read,
            nodes=np.array([0, len(number)], np.int32),
            output=None if output is None else np.concatenate([written, zeros]),
        ),
        penalty=join([values, plain([] if own_end else list(costs.values()), FLOAT32)]),
        origins=(np.concatenate([np.arange(count), np.full(len(extra), -1)]).astype(np.int32),),
    )
    try:
        return sort_nodes(graph)
    except InputError:  # cyclic: a right side
        return graph


def _integers(values: Iterable[int] | Array) -> Array:
    return plain(values if isinstance(values, np.ndarray) else list(values), INT32)


def _values(penalty: Penalties | Sequence[float] | None, count: int) -> Penalties:
    """The penalties of so many arcs, 0 where none are given."""
    if penalty is None:
        return np.zeros(count, np.float32)
    if len(penalty) != count:
        raise InputError(f"{len(penalty)} penalties for {count} arcs; give one for each arc.")
    return plain(penalty, FLOAT32) if isinstance(penalty, Sequence) else penalty


def _check(source: Array, target: Array, label: Array, output: Array, nodes: int, named: Sequence[int]) -> None:
    if not len(source) == len(target) == len(label) == len(output):
        raise InputError(
            f"{len(source)} sources, {len(target)} targets, {len(label)} labels and {len(output)} outputs; "
            "give one of each for each arc."
        )
    bad = (np.minimum(source, target) < 0) | (np.maximum(source, target) >= nodes)
    if bad.any():
        i = int(np.flatnonzero(bad)[0])
        raise InputError(f"Arc {i} goes from node {source[i]} to {target[i]}, but nodes are numbered 0 to {nodes - 1}.")
    bad = np.minimum(label, output) < 0
    if bad.any():
        i = int(np.flatnonzero(bad)[0])
        raise InputError(f"Arc {i} has label {label[i]} and output {output[i]}; labels are 0 (epsilon) or more.")
    if min(named) < 0 or max(named) >= nodes:
        raise InputError(f"The start or a final node is not among the nodes 0 to {nodes - 1}: {list(named)}.")


def _start_first_end_last(nodes: int, start: int, end: int) -> Array:
    place = np.ones(nodes, np.int32)
    place[end] = 2
    place[start] = 0
    number = np.empty(nodes, np.int32)
    number[np.argsort(place, kind="stable")] = np.arange(nodes)
    return number


def batch(graphs: Sequence[Graph]) -> Graph:
    """The graphs of all batches as one batch. Origins are kept where all have the same number of parents."""
    offsets = np.concatenate([[0], np.cumsum([g.nodes[-1] for g in graphs])]).astype(np.int32)
    parts = [g.topology for g in graphs]
    acceptors = all(part.is_acceptor for part in parts)
    topology = Topology(
        source=np.concatenate([part.source + o for part, o in zip(parts, offsets, strict=False)]),
        target=np.concatenate([part.target + o for part, o in zip(parts, offsets, strict=False)]),
        label=np.concatenate([part.label for part in parts]),
        nodes=np.concatenate([[0], *(part.nodes[1:] + o for part, o in zip(parts, offsets, strict=False))]),
        output=None if acceptors else np.concatenate([part.output for part in parts]),
        in_sequence=all(part.in_sequence for part in parts),
    )
    same_parents = len({len(g.origins) for g in graphs}) == 1
    origins = tuple(np.concatenate(o) for o in zip(*(g.origins for g in graphs), strict=True)) if same_parents else ()
    return Graph(topology, join([g.penalty for g in graphs]), origins)


def join(penalties: Sequence[Penalties]) -> Penalties:
    """Penalties, each (A,), one after the other: a tensor if any is one."""
    if all(isinstance(p, np.ndarray) for p in penalties):
        return np.concatenate(penalties)
    import torch

    return torch.cat([torch.from_numpy(p) if isinstance(p, np.ndarray) else p for p in penalties])


def chain(labels: Sequence[int] | Array, penalty: Penalties | None = None) -> Graph:
    """The graph whose only path reads these labels (n,), at these penalties (n,) or 0."""
    return chains([labels], penalty)


def chains(texts: Sequence[Sequence[int] | Array], penalty: Penalties | None = None) -> Graph:
    """A batch of chains, one for each sequence of labels; ``penalty`` is that of all their arcs (A,)."""
    lengths = np.array([len(labels) for labels in texts], np.int32)
    label = plain(np.concatenate([plain(labels, INT32) for labels in texts]), INT32)
    source = np.arange(len(label), dtype=np.int32) + np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    nodes = np.concatenate([[0], np.cumsum(lengths + 1)])
    topology = Topology(source, source + np.int32(1), label, nodes, in_sequence=True)
    return Graph(topology, np.zeros(len(label), np.float32) if penalty is None else penalty)


def segmentation_graph(first: Array, last: Array, penalty: Penalties | None = None, *, cuts: int) -> Graph:
    """One node per cut, arc i for segment i from cut ``first[i]`` to cut ``last[i]``, labels epsilon (paper,
    section V-A).

    ``penalty`` (S,) is the penalty of each segment, 0 if left out. Raises InputError, naming the segment, where one
    ends before it starts or out of 0 .. cuts - 1.
    """
    return segmentation_graphs(first, last, penalty, cuts=np.array([cuts]), ends=np.array([len(first)]))


def segmentation_graphs(
    first: Array, last: Array, penalty: Penalties | None = None, *, cuts: Array, ends: Array
) -> Graph:
    """A batch of segmentation graphs, of segments (S,) from cut ``first`` to cut ``last``:
    graph b has ``cuts[b]`` cuts, numbered from 0, and the segments up to
    ``ends[b]``. Raises InputError where a segment does not lead forward, or beyond its cuts."""
    nodes = np.concatenate([[0], np.cumsum(cuts)]).astype(np.int32)
    counts = np.diff(ends, prepend=0)
    source, target = plain(first, INT32), plain(last, INT32)
    bad = (source < 0) | (source >= target) | (target >= np.repeat(cuts, counts))
    if bad.any():
        i = int(np.flatnonzero(bad)[0])
        most = int(np.repeat(cuts, counts)[i]) - 1
        raise InputError(
            f"Segment {i} goes from cut {source[i]} to cut {target[i]}; cuts are 0 to {most}, left to right."
        )
    start = np.repeat(nodes[:-1], counts)
    topology = Topology(source + start, target + start, np.zeros(len(source), np.int32), nodes)
    return Graph(topology, np.zeros(len(source), np.float32) if penalty is None else penalty)


def recognition_graph(segmentation: Graph, penalties: Penalties, labels: Array) -> Graph:
    """Each arc replaced by K parallel ones, one per class (paper, section V-B: the recognition transformer).

    ``penalties`` (S, K) are the recogniser's for the S arcs of ``segmentation`` (which may be a batch), ``labels``
    (K,) or (S, K) the classes' labels. Arc s K + k is class k of segment s, with the sum of the two penalties;
    origins = (segment,). Raises InputError where the numbers of segments or classes differ.
    """
    segments, classes = penalties.shape
    if segments != len(segmentation.source) or np.shape(labels)[-1:] != (classes,):
        raise InputError(
            f"Penalties {segments} x {classes} do not fit {len(segmentation.source)} segments and labels {np.shape(labels)}."
        )
    label = np.broadcast_to(plain(labels, INT32), (segments, classes))
    of_segment = np.repeat(np.arange(segments, dtype=np.int32), classes)
    return Graph(segmentation.topology.parallel(label), _plus(penalties, segmentation.penalty), (of_segment,))


def frame_graph(penalties: Array) -> Graph:
    """The recognition graph of a row of frames: an arc for each class of a frame that has a finite penalty there, from ``penalties``
    (T, K) [nats]; class k is label k + 1. For reading alone, since it has no gradient, and of a few arcs where most classes are out."""
    frame, column = np.nonzero(np.isfinite(penalties))
    nodes = np.array([0, len(penalties) + 1])
    return Graph(Topology(frame, frame + 1, column + 1, nodes, in_sequence=True), penalties[frame, column])


def _plus(penalties: Penalties, of_row: Penalties) -> Penalties:
    """Each row's own penalty (S,) added to its penalties (S, K), in one row (S K,)."""

    def evaluate(values: Array, of_row: Array) -> tuple[Array, tuple[Backward, Backward]]:
        def by_row(gradient: Array) -> Array:
            return gradient.reshape(values.shape)

        return (values + of_row[:, None]).reshape(-1), (by_row, lambda gradient: by_row(gradient).sum(1))

    return differentiable(evaluate, penalties, of_row)
