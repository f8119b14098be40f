"""From symbols to frames: graphs that read each symbol over several frames, with blanks between (paper, section VII)."""

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON, Array
from recognizer.gtn.graph import Graph
from recognizer.gtn.select import gather
from recognizer.gtn.sides import arcs_by, counting_sort
from recognizer.gtn.topology import Topology


def ctc_expansion(graph: Graph, blank: int, *, compulsory: bool = False) -> Graph:
    """A graph that reads frames and writes what ``graph`` writes: each symbol in one frame or more, blanks (frames
    labelled ``blank``) before, between and after, compulsory between equal symbols, or always.

    For each node there is one where the last frame was blank, and one for each symbol that leads to it. Penalties are
    paid at the first frame of a symbol; origins = (arc of ``graph``, -1 for repetitions and blanks). Cycles are welcome;
    epsilons may only lead into an end. Raises InputError where other epsilons are met.
    """
    nodes, silent = int(graph.nodes[-1]), graph.label == EPSILON
    owner = np.repeat(_numbers(len(graph)), np.diff(graph.nodes))
    if np.any(silent & (graph.target != graph.ends[owner[graph.source]])):
        raise InputError("Only graphs whose epsilon arcs lead into their ends can be expanded over frames.")
    # States: blank ones 0 .. N - 1 (one a node), sounding ones from N (one a node and symbol), ends from N + E.
    at, symbol, sounding = _sounding(graph.target[~silent], graph.label[~silent], nodes)
    count = len(at)
    into = np.full(len(graph.source), -1, np.int32)  # where an arc leads to
    into[~silent] = nodes + sounding
    into[silent] = nodes + count + owner[graph.source[silent]]
    starts, arcs = counting_sort(graph.source, _numbers(len(graph.source)), nodes)
    degree = (starts[1:] - starts[:-1])[at]  # each sounding state goes on with the arcs of its node
    state = np.repeat(_numbers(count), degree)
    onward = arcs[_numbers(len(state)) + np.repeat(starts[at] - (np.cumsum(degree, dtype=np.int32) - degree), degree)]
    free = silent[onward] | ((graph.label[onward] != symbol[state]) & (not compulsory))
    state, onward = state[free], onward[free]
    every, sound = _numbers(nodes), nodes + _numbers(count)
    ends = nodes + count + _numbers(len(graph))
    is_end = np.zeros(nodes, bool)
    is_end[graph.ends] = True
    last = is_end[at]
    none = np.int32(-1)
    groups = [  # source, target, symbol read, arc
        (every, every, np.int32(blank), none),
        (sound, sound, symbol, none),
        (sound, at, np.int32(blank), none),
        (graph.source, into, graph.label, _numbers(len(graph.source))),
        (nodes + state, into[onward], graph.label[onward], onward),
        (graph.ends, ends, np.int32(EPSILON), none),
        (sound[last], ends[owner[at[last]]], np.int32(EPSILON), none),
    ]
    source, target, label, origin = (
        np.concatenate([np.broadcast_to(group[k], len(group[0])) for group in groups]) for k in range(4)
    )
    of_state = np.concatenate([owner, owner[at], _numbers(len(graph))])
    number = np.empty(len(of_state), np.int32)  # a graph's start stays first, its end is last
    number[counting_sort(of_state, _numbers(len(of_state)), len(graph))[1]] = _numbers(len(of_state))
    source = number[source]
    order = arcs_by(source, label, len(number))[1]  # as composition looks them up
    origin = origin[order]
    written = np.where(origin < 0, np.int32(EPSILON), graph.output[origin] if len(graph.output) else np.int32(EPSILON))
    offsets = np.concatenate([[0], np.cumsum(np.bincount(of_state, minlength=len(graph)))])
    topology = Topology(source[order], number[target[order]], label[order], offsets, written)
    return Graph(topology, gather(graph.penalty, origin), (origin,))


def _numbers(count: int) -> Array:
    return np.arange(count, dtype=np.int32)


def _sounding(target: Array, label: Array, nodes: int) -> tuple[Array, Array, Array]:
    """The different pairs of a node and a symbol that leads to it, in order, and which of them each arc belongs to."""
    order = arcs_by(target, label, nodes)[1]
    target, label = target[order], label[order]
    new = np.ones(len(order), bool)
    new[1:] = (target[1:] != target[:-1]) | (label[1:] != label[:-1])
    sounding = np.empty(len(order), np.int32)
    sounding[order] = np.cumsum(new, dtype=np.int32) - 1
    return target[new], label[new], sounding
