"""Graphs made of graphs: by joining them at their ends, and by reading them from the other side.

All but `batch_union` take and return batches; a batch of one joins a batch of any length. Any graph will do, cycles or not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON, Array
from recognizer.gtn.build import join
from recognizer.gtn.compose import add
from recognizer.gtn.graph import Graph
from recognizer.gtn.select import gather
from recognizer.gtn.topology import Topology
from recognizer.kernels import kernel

START, END = -1, -2  # the ends of the whole, beside the numbers of its parts


def union(first: Graph, second: Graph) -> Graph:
    """The paths of both; origins = (arc of ``first``, arc of ``second``)."""
    return _assemble([first, second], [0, 1], [(START, 0), (START, 1), (0, END), (1, END)])


def batch_union(graphs: Graph) -> Graph:
    """One graph whose paths are those of every graph of an acyclic batch: they share start and end, and no epsilon arc is added.

    Arc i is arc i of the batch, so it keeps its origins. Every graph must have an arc or more on each of its paths.
    """
    total = int(graphs.nodes[-1]) - 2 * (len(graphs) - 1)
    before = np.arange(len(graphs), dtype=np.int32)
    heights = np.diff(graphs.nodes)
    number = np.arange(graphs.nodes[-1], dtype=np.int32) - np.repeat(2 * before, heights).astype(np.int32)
    number[graphs.starts] = 0
    number[graphs.ends] = total - 1
    source, target, single = number[graphs.source], number[graphs.target], np.array([0, total], np.int32)
    batch = graphs.topology
    topology = batch.rearranged(slice(None), source, target, single, in_sequence=batch.in_sequence)
    return Graph(topology, graphs.penalty, graphs.origins)


def concatenate(first: Graph, second: Graph) -> Graph:
    """Each path of ``first`` followed by each of ``second``; origins = (arc of ``first``, arc of ``second``)."""
    return _assemble([first, second], [0, 1], [(START, 0), (0, 1), (1, END)])


def chained(first: Graph, second: Graph) -> Graph:
    """What `concatenate` makes of two graphs, without epsilons between them: the arcs out of the start of ``second`` leave each node
    where a path of ``first`` may stop; origins likewise.

    Raises InputError unless both are single acceptors as grammars in notation are: all arcs into the end are epsilons and no others,
    or none is, and no arc leads into the start; the second with an arc or more.
    """
    stop, stop_of_second = (graph.label == EPSILON for graph in (first, second))
    fit = all(
        not stops.any() or np.array_equal(stops, graph.target == graph.ends)
        for stops, graph in ((stop, first), (stop_of_second, second))
    )
    if not (len(first) == len(second) == 1 and fit and len(second.source) and second.target.all()):
        raise InputError(
            "Only single graphs whose epsilon arcs lead into their ends can be chained, and the second needs an arc."
        )
    parts = [array for graph in (first, second) for array in (graph.source, graph.target, graph.label)]
    source, target, label, of_first, of_second, nodes = chain_arcs(*parts, int(first.nodes[-1]), int(second.nodes[-1]))
    topology = Topology(source, target, label, np.array([0, nodes], np.int32))
    return Graph(topology, add(first.penalty, second.penalty, of_first, of_second), (of_first, of_second))


@kernel
def chain_arcs(source, target, label, source2, target2, label2, nodes, nodes2):  # type: ignore[no-untyped-def]
    """Of a chain of two graphs the arcs, which arc of either each was made from, and the number of nodes: see `chained`."""
    opening = 0
    for s in source2:
        opening += s == 0
    stops = 0
    for symbol in label:
        stops += symbol == 0
    # Of the nodes of the second its start is no more, nor is the end of the first that epsilons lead to.
    offset = nodes - 1 - (stops > 0)
    count = len(source) - stops + max(stops, 1) * opening + len(source2) - opening
    arcs = np.full((5, count), -1, np.int32)
    made = 0
    for i in range(len(source)):
        if label[i]:
            arcs[0, made], arcs[1, made], arcs[2, made], arcs[3, made] = source[i], target[i], label[i], i
            made += 1
    for i in range(len(source) if stops else 1):
        if not stops or not label[i]:
            for j in range(len(source2)):
                if source2[j] == 0:
                    arcs[0, made] = source[i] if stops else nodes - 1
                    arcs[1, made], arcs[2, made], arcs[4, made] = target2[j] + offset, label2[j], j
                    arcs[3, made] = i if stops else -1
                    made += 1
    for j in range(len(source2)):
        if source2[j]:
            arcs[0, made], arcs[1, made] = source2[j] + offset, target2[j] + offset
            arcs[2, made], arcs[4, made] = label2[j], j
            made += 1
    return arcs[0], arcs[1], arcs[2], arcs[3], arcs[4], offset + nodes2


def repeat(graph: Graph, least: int, most: int) -> Graph:
    """``least`` to ``most`` paths of the graph one after the other (the closure, over a bounded length, so that the result
    is acyclic where the graph is); origins = (arc of ``graph``,). Raises InputError where the bounds make no sense."""
    if not 0 <= least <= most:
        raise InputError(f"A repetition of {least} to {most} times; the first must be 0 to the second.")
    links = [(START, 0) if k == 0 else (k - 1, k) for k in range(most)]
    links += [(k - 1, END) if k else (START, END) for k in range(least, most + 1)]
    return _assemble([graph], [0] * most, links)


def invert(graph: Graph) -> Graph:
    """Reads what the graph writes and writes what it reads."""
    return graph.relabelled(graph.output, graph.label)


def project(graph: Graph, *, output: bool = False) -> Graph:
    """The acceptor of what the graph reads, or writes."""
    label = graph.output if output else graph.label
    return graph.relabelled(label, label)


def _assemble(graphs: Sequence[Graph], parts: Sequence[int], links: Sequence[tuple[int, int]]) -> Graph:
    """In each graph of the batch: START, the parts (part p is a copy of ``graphs[parts[p]]``), END, and epsilon links."""
    size = max(len(g) for g in graphs)
    if any(len(g) not in (1, size) for g in graphs):
        raise InputError(f"Batches of {' and '.join(str(len(g)) for g in graphs)} graphs do not fit each other.")
    spread = [_spread(g.topology, size) for g in graphs]
    heights = np.array([np.diff(spread[g][0].nodes) for g in parts], np.int32).reshape(len(parts), size)
    bases = 1 + np.cumsum(np.concatenate([np.zeros((1, size), np.int32), heights]), axis=0)  # (parts + 1, B): END last
    nodes = np.concatenate([[0], np.cumsum(bases[-1] + 1)]).astype(np.int32)

    owner, source, target, label, output, index = [], [], [], [], [], []
    for base, which in zip(bases, parts, strict=False):
        part, arcs = spread[which]
        of = np.repeat(np.arange(size), np.diff(part.arcs))
        shift = (nodes[:-1] + base - part.nodes[:-1])[of]
        owner.append(of)
        source.append(part.source + shift)
        target.append(part.target + shift)
        label.append(part.label)
        output.append(part.output)
        index.append((which, arcs))
    for a, z in links:
        owner.append(np.arange(size))
        source.append(nodes[:-1] + (0 if a == START else bases[a] + heights[a] - 1))
        target.append(nodes[:-1] + (bases[-1] if z == END else bases[z]))
        label.append(np.zeros(size, np.int32))
        output.append(label[-1])
        index.append((-1, np.zeros(size, np.int32)))
    order = np.argsort(np.concatenate(owner), kind="stable")
    origins = [
        np.concatenate([i if which == k else np.full(len(i), -1) for which, i in index])[order]
        for k in range(len(graphs))
    ]
    offsets = np.cumsum([0, *(len(g.source) for g in graphs)])
    joined = np.full(len(order), -1, np.int32)
    for origin, offset in zip(origins, offsets, strict=False):
        joined[origin >= 0] = origin[origin >= 0] + offset
    topology = Topology(
        source=np.concatenate(source)[order],
        target=np.concatenate(target)[order],
        label=np.concatenate(label)[order],
        nodes=nodes,
        output=None if all(g.topology.is_acceptor for g in graphs) else np.concatenate(output)[order],
    )
    return Graph(topology, gather(join([g.penalty for g in graphs]), joined), tuple(origins))


def _spread(graph: Topology, size: int) -> tuple[Topology, Array]:
    """A batch of this size, a single graph copied, and which arc each arc is."""
    count, height = len(graph.source), graph.nodes[-1]
    arcs = np.arange(count, dtype=np.int32)
    if len(graph) == size:
        return graph, arcs
    shift = np.repeat(np.arange(size, dtype=np.int32) * height, count)
    several = Topology(
        source=np.tile(graph.source, size) + shift,
        target=np.tile(graph.target, size) + shift,
        label=np.tile(graph.label, size),
        nodes=np.arange(size + 1, dtype=np.int32) * height,
        output=np.tile(graph.output, size),
    )
    return several, np.tile(arcs, size)
