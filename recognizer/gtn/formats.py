"""Graphs as text: for OpenFst, for Graphviz, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON, numbers
from recognizer.gtn.build import graph_of
from recognizer.gtn.graph import Graph
from recognizer.gtn.topology import Topology

Names = Mapping[int, str]
MOST_STATES = 10_000_000  # of a text that is read


def _symbols(graph: Graph, i: int, names: Names) -> str:
    read, written = (names.get(int(x), "ε" if x == EPSILON else str(x)) for x in (graph.label[i], graph.output[i]))
    return read if graph.label[i] == graph.output[i] else f"{read}:{written}"


def to_dot(graph: Graph, names: Names | None = None) -> str:
    """A drawing for Graphviz, from left to right; ``names`` of labels."""
    names = {EPSILON: "ε"} if names is None else {EPSILON: "ε", **names}
    lines = ["digraph {", "  rankdir = LR", '  node [shape = circle, label = "", width = 0.15]']
    lines += [f"  {end} [shape = doublecircle]" for end in graph.ends]
    penalty = numbers(graph.penalty)
    for i in range(len(graph.source)):
        label = json.dumps(f"{_symbols(graph, i, names)} {penalty[i]:.3g}", ensure_ascii=False)
        lines.append(f"  {graph.source[i]} -> {graph.target[i]} [label = {label}]")
    return "\n".join([*lines, "}"]) + "\n"


def to_openfst(graph: Graph) -> str:
    """One graph in the text format of OpenFst (standard arcs: weights are penalties; labels are numbers, 0 is epsilon).

    Raises InputError for a batch.
    """
    if len(graph) != 1:
        raise InputError(f"OpenFst's text holds one graph, not {len(graph)}; write graph[b] for each b.")
    if graph.nodes[-1] > 1 and not np.any(graph.source == 0):
        return ""  # OpenFst's graph without states: no path
    penalty = numbers(graph.penalty)
    order = np.argsort(graph.source, kind="stable")  # OpenFst takes the first line's source as the start
    rows = [
        f"{graph.source[i]}\t{graph.target[i]}\t{graph.label[i]}\t{graph.output[i]}\t{_number(penalty[i])}"
        for i in order
    ]
    return "\n".join([*rows, str(graph.ends[0])]) + "\n"


def from_openfst(text: str) -> Graph:
    """One graph from the text format of OpenFst, acceptor (4 or 3 columns) or transducer, labels as numbers.

    A line of one or two columns is a final state and its weight; no lines, no paths. Raises InputError, naming the line.
    """
    arcs: list[tuple[int, int, int, int, float]] = []
    final: dict[int, float] = {}
    start = None
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.split()
        try:
            if not fields:
                continue
            if start is None:
                start = _state(fields[0])
            if len(fields) <= 2:
                final[_state(fields[0])] = float(fields[1]) if len(fields) == 2 else 0.0
                continue
            acceptor = len(fields) == 3 or (len(fields) == 4 and not fields[3].lstrip("-").isdigit())
            source, target, read = _state(fields[0]), _state(fields[1]), int(fields[2])
            written = read if acceptor else int(fields[3])
            rest = fields[3:] if acceptor else fields[4:]
            arcs.append((source, target, read, written, float(rest[0]) if rest else 0.0))
        except (ValueError, IndexError) as error:
            raise InputError(f"Line {number} of the OpenFst text is no arc and no final state: {line!r}.") from error
    if start is None:
        return graph_of([], [], [], final=[1], nodes=2)
    if not final:
        raise InputError("The OpenFst text has no final state; a line with the state's number alone makes one.")
    source_, target_, label, output, penalty = zip(*arcs, strict=True) if arcs else ((),) * 5
    try:
        return graph_of(
            source_, target_, label, list(penalty), None if label == output else output, start=start, final=final
        )
    except OverflowError as error:
        raise InputError(f"The OpenFst text is no graph: {error}.") from error


def _state(text: str) -> int:
    """The number of a state: memory is taken for all up to the highest. Raises ValueError."""
    number = int(text)
    if number > MOST_STATES:
        raise ValueError(text)
    return number


def _number(value: float) -> str:
    return "Infinity" if np.isinf(value) else repr(float(value))


def to_json(graph: Graph) -> str:
    """A batch as one JSON object of arrays; infinite penalties are null."""
    penalty = [None if np.isinf(p) else float(p) for p in numbers(graph.penalty)]
    fields = {name: getattr(graph, name).tolist() for name in ("source", "target", "label", "output", "nodes")}
    return json.dumps({**fields, "penalty": penalty, "origins": [o.tolist() for o in graph.origins]})


def from_json(text: str) -> Graph:
    """The graph that `to_json` wrote. Raises InputError where it is none."""
    try:
        fields = json.loads(text)
        penalty = [np.inf if p is None else float(p) for p in fields["penalty"]]
        source, target, label, output, nodes = (
            np.array(fields[name], np.int32).reshape(len(fields[name]))
            for name in ("source", "target", "label", "output", "nodes")
        )
        origins = tuple(np.array(o, np.int32).reshape(len(source)) for o in fields["origins"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise InputError(f"This is no graph in JSON: {error}.") from error
    written = label if np.array_equal(label, output) else output
    graph = Graph(Topology(source, target, label, nodes, written), np.array(penalty, np.float32), origins)
    graph.check()
    return graph
