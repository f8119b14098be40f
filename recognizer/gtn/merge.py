"""Nodes that are alike made one: a graph with fewer nodes and the same texts, cycles allowed. Numbers only, no gradients."""

from __future__ import annotations

import numpy as np

from recognizer.gtn.arrays import Array, numbers
from recognizer.gtn.build import graph_of
from recognizer.gtn.graph import Graph

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))  # of splitmix64 (Steele et al., OOPSLA 2014)


def merge_alike(graph: Graph) -> Graph:
    """The same texts at the same penalties of a single graph, where nodes that are reached alike, or that go on alike, are one.

    What could be read in two ways that are the same arc by arc can then be read in one. Neither deterministic nor minimal, but
    neither can it grow (bisimulation both ways: P. Buchholz, Theoretical Computer Science 393, 2008).
    """
    source, target = graph.source.astype(np.int64), graph.target.astype(np.int64)
    penalty, count = numbers(graph.penalty), int(graph.nodes[-1])
    _, kind = np.unique(np.stack([graph.label, graph.output, penalty.view(np.int32)]), axis=1, return_inverse=True)
    arcs, left = np.stack([source, target, kind.reshape(-1)], 1), count + 1
    while (now := len(np.unique(arcs[:, :2]))) < left:
        left = now
        arcs[:, 1], arcs[:, 0] = _alike(arcs, 1, count)
        arcs[:, 0], arcs[:, 1] = _alike(arcs, 0, count)
    if not {0, count - 1} <= {*arcs[:, 0], *arcs[:, 1]}:
        return graph  # has no path
    _, kept = np.unique(arcs, axis=0, return_index=True)
    names = np.unique(arcs[kept, :2], return_inverse=True)[1].reshape(-1, 2)  # in order: the start first, the end last
    return graph_of(
        names[:, 0],
        names[:, 1],
        graph.label[kept],
        penalty[kept],
        None if graph.output is graph.label else graph.output[kept],
        final=[int(names.max())],
    )


def _alike(arcs: Array, side: int, count: int) -> tuple[Array, Array]:
    """``arcs`` (A, 3) of source, target and kind: their ends on this side (0 source, 1 target) and on the other, where nodes of
    which all arcs are alike on this side are the lowest of them; the first of the ``count`` and the last are like no other.

    Classes are made finer until all nodes of one have arcs of the same kinds from, or to, the same classes.
    """
    classes, known, kinds = np.ones(count, np.int64), 0, int(arcs[:, 2].max(initial=0)) + 1
    classes[0], classes[-1] = 0, 2
    while (now := int(classes.max()) + 1) > known:
        known = now
        # One number for each: rows are sorted fifty times as slowly.
        node, met = np.divmod(
            np.unique((arcs[:, side] * kinds + arcs[:, 2]) * count + classes[arcs[:, 1 - side]]), kinds * count
        )
        sums = np.zeros(count, np.uint64)
        np.add.at(sums, node, _mixed(met))
        classes = np.unique(np.stack([classes.astype(np.uint64), sums]), axis=1, return_inverse=True)[1].reshape(-1)
    lowest = np.full(known, count)
    np.minimum.at(lowest, classes, np.arange(count))
    found = lowest[classes]
    return found[arcs[:, side]], found[arcs[:, 1 - side]]


def _mixed(values: Array) -> Array:
    """Numbers as 64 random bits each, always the same: sums of them stand for sets."""
    mixed = (values.astype(np.uint64) + np.uint64(1)) * _MIX[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX[1]
    return mixed ^ (mixed >> np.uint64(27))
