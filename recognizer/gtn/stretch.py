"""From symbols to frames: graphs that read each symbol over several frames, with blanks between (paper, section VII)."""

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.graph import EPSILON, Graph
from recognizer.gtn.index import counting_sort
from recognizer.gtn.select import take


def stretched(graph: Graph, blank: int, *, compulsory: bool = False) -> Graph:
    """A graph that reads frames and writes what ``graph`` writes: each symbol in one frame or more, blanks (frames
    labelled ``blank``) before, between and after, compulsory between equal symbols, or always.

    For each node there is one where the last frame was blank, and one for each symbol that leads to it. Penalties are
    paid at the first frame of a symbol; origins = (arc of ``graph``, -1 for repetitions and blanks). Cycles are welcome;
    epsilons may only lead into an end.
    """
    nodes, silent = int(graph.nodes[-1]), graph.label == EPSILON
    owner = np.searchsorted(graph.nodes, np.arange(nodes), side="right") - 1
    if np.any(silent & (graph.target != graph.ends[owner[graph.source]])):
        raise InputError("Only graphs whose epsilon arcs lead into their ends can be stretched over frames.")
    # States: blank ones 0 .. N - 1 (one a node), sounding ones from N (one a node and symbol), ends from N + E.
    span = int(graph.label.max(initial=0)) + 1
    keys, sounding = np.unique(
        graph.target[~silent].astype(np.int64) * span + graph.label[~silent], return_inverse=True
    )
    at, symbol = (keys // span).astype(np.int32), (keys % span).astype(np.int32)
    count = len(keys)
    into = np.full(len(graph.source), -1)  # where an arc leads to
    into[~silent] = nodes + sounding
    into[silent] = nodes + count + owner[graph.source[silent]]
    starts, arcs = counting_sort(graph.source, np.arange(len(graph.source), dtype=np.int32), nodes)
    degree = (starts[1:] - starts[:-1])[at]  # each sounding state goes on with the arcs of its node
    state = np.repeat(np.arange(count), degree)
    onward = arcs[np.arange(degree.sum()) - np.repeat(np.cumsum(degree) - degree, degree) + starts[at[state]]]
    free = silent[onward] | ((graph.label[onward] != symbol[state]) & (not compulsory))
    state, onward = state[free], onward[free]
    every, sound = np.arange(nodes), nodes + np.arange(count)
    last = np.isin(at, graph.ends)
    groups = [  # source, target, symbol read, arc
        (every, every, np.full(nodes, blank), None),
        (sound, sound, symbol, None),
        (sound, at, np.full(count, blank), None),
        (graph.source, into, graph.label, np.arange(len(graph.source))),
        (nodes + state, into[onward], graph.label[onward], onward),
        (graph.ends, nodes + count + np.arange(len(graph)), np.zeros(len(graph)), None),
        (sound[last], nodes + count + owner[at[last]], np.zeros(last.sum()), None),
    ]
    source, target, label = (np.concatenate([g[k] for g in groups]) for k in range(3))
    origin = np.concatenate([np.full(len(g[0]), -1) if g[3] is None else g[3] for g in groups]).astype(np.int32)
    of_state = np.concatenate([owner, owner[at], np.arange(len(graph))])
    number = np.empty(len(of_state), np.int32)
    number[np.argsort(of_state, kind="stable")] = np.arange(
        len(of_state)
    )  # a graph's start stays first, its end is last
    order = np.argsort(number[source], kind="stable")
    written = np.where(origin < 0, EPSILON, graph.output[origin] if len(graph.output) else EPSILON)
    return Graph(
        source=number[source[order]],
        target=number[target[order]],
        label=label[order],
        penalty=take(graph.penalty, origin[order]),
        nodes=np.concatenate([[0], np.cumsum(np.bincount(of_state, minlength=len(graph)))]),
        output=written[order],
        origins=(origin[order],),
    )
