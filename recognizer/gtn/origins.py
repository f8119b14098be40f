"""Along the origins of graphs: from arcs to the arcs that they were made from, and to those that were made from them.

An arc is the index of one; -1 is none, and what comes of none is none.
"""

import numpy as np

from recognizer.gtn.graph import Graph

Arcs = np.ndarray  # (n,) int: arcs of a graph; one alone is an array of no dimension, or a number


def arcs_behind(*graphs: Graph, arcs: Arcs | None = None) -> Arcs:
    """The arcs (n,) that arcs of the last graph, all where none are given, were made from; -1 = none.

    Each graph but the first was made from the one before it; the answer's arcs are of what the first one was made from.
    """
    behind = np.arange(len(graphs[-1].source)) if arcs is None else np.asarray(arcs)
    for graph in reversed(graphs):
        behind = renumbered(behind, graph.origins[0])
    return behind


def made_through(left: Graph, found: Graph) -> Graph:
    """A composition ``found`` as made from what its ``left`` side was made from, and from its right side."""
    return found.with_origins((arcs_behind(left, found), *found.origins[1:]))


def made_as(whole: Graph, part: Graph) -> Graph:
    """A ``part`` of a graph, made from its arcs, as made from all that the ``whole`` was made from."""
    return part.with_origins(tuple(renumbered(part.origins[0], behind) for behind in whole.origins))


def arcs_made(*graphs: Graph, arcs: Arcs) -> Arcs:
    """The arcs (m,) of the last graph, ascending, that were made from any of ``arcs`` (n,) of what the first one was made from;
    each other graph was made from the one before it."""
    made = np.atleast_1d(arcs)
    for graph in graphs:
        made = np.flatnonzero(np.isin(graph.origins[0], made[made >= 0]))
    return made


def renumbered(arcs: Arcs, numbers: np.ndarray) -> Arcs:
    """``numbers`` (A,) of arcs (n,); none stays none."""
    found: Arcs = np.append(numbers, numbers.dtype.type(-1))[arcs]  # none takes the last
    return found
