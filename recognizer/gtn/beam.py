"""Beam search: composition that expands, of each slice of pairs with the same left node, only the best.

The left nodes of a recognition graph are cuts, or frames of a line, so all pairs of a slice have explained the same
ink and their penalties can be compared. The answer is a graph with origins as `compose` makes it, only smaller.
"""

import numpy as np

from recognizer.gtn.arrays import Array, Penalties
from recognizer.gtn.compose import EVERYTHING, compose, in_order, joined
from recognizer.gtn.forward import forward
from recognizer.gtn.graph import Graph
from recognizer.gtn.origins import renumbered
from recognizer.gtn.prune import prune
from recognizer.gtn.rational import invert
from recognizer.kernels import kernel

_ROUNDING = 1e-3  # of sums of float32 [nats]


def beam_search(
    left: Graph, right: Graph, *, width: int = 0, margin: float = np.inf, keep: Graph | None = None
) -> Graph:
    """The part of ``compose(left, right)`` that a beam finds; pairs of a slice are compared by Viterbi penalty so far.

    ``width``: expand at most so many pairs of a slice (0: any number; ties may exceed it). ``margin``: none that is worse
    than the best of the slice by more [nats]. ``keep``: paths that are not pruned, as a graph whose origins are (arc of
    ``left``, arc of ``right``), such as `alignments`. Nothing found: graphs without arcs.
    """
    kept = np.empty(0, np.int64) if keep is None else _pairs(left, right, keep)
    return in_order(joined(left, right, EVERYTHING._replace(width=width, margin=margin, keep=kept)), right)


def pruned_search(left: Graph, right: Graph, *, margin: float) -> Graph:
    """``prune(beam_search(left, right, margin=margin), margin=margin)``; origins = (arc of ``left``, arc of ``right``).

    A beam goes by how paths begin, and leaves fifty arcs for each that is on a path worth following: most of them are dropped
    before they become a graph.
    """
    found = in_order(joined(left, right, EVERYTHING._replace(margin=margin, whole=margin + _ROUNDING)), right)
    kept = prune(found, margin=margin)
    return kept.with_origins(tuple([origin[kept.origins[0]] for origin in found.origins]))


def alignments(left: Graph, right: Graph, target: Graph) -> Graph:
    """The paths of ``compose(left, right)`` that write what ``target`` reads: the path selector, at the target's cost.

    ``right`` may have cycles, ``target`` (one graph, or one for each of ``left``) may not. origins = (arc of ``left``, arc of
    ``right``). Each path is there once for each path of ``target`` that reads it.
    """
    # Reads what the right reads and writes the target; cyclic where the right may read for ever and write nothing.
    forced = invert(joined(target, invert(right), EVERYTHING))
    paths = compose(left, forced)
    return paths.with_origins((paths.origins[0], renumbered(paths.origins[1], forced.origins[1])))


def beam_forward_loss(left: Graph, right: Graph, target: Graph, *, width: int = 0, margin: float = np.inf) -> Penalties:
    """The discriminative forward loss (B,), its sum over all paths replaced by one over a beam that holds the right ones."""
    aligned = alignments(left, right, target)
    return forward(aligned) - forward(beam_search(left, right, width=width, margin=margin, keep=aligned))


def _pairs(left: Graph, right: Graph, paths: Graph) -> Array:
    """The pairs that paths lead through, as left node * right nodes + right node, ascending."""
    of_left, of_right = paths.origins
    sequence = paths.topology.sequence
    order = np.arange(len(of_left), dtype=np.int32) if sequence is None else sequence
    at_left, at_right = np.full((2, paths.nodes[-1]), -1, np.int64)
    at_left[paths.starts] = left.starts
    at_right[paths.starts] = right.starts  # one for each graph, or the same for all
    follow(paths.source, paths.target, order, of_left, of_right, left.target, right.target, at_left, at_right)
    reached = at_left >= 0
    return np.unique(at_left[reached] * np.int64(right.nodes[-1]) + at_right[reached])


@kernel
def follow(source, target, order, of_left, of_right, left_target, right_target, at_left, at_right):  # type: ignore[no-untyped-def]
    """Find the left and the right node of each node, given those of the starts."""
    for i in order:
        s, t, a, b = source[i], target[i], of_left[i], of_right[i]
        at_left[t] = left_target[a] if a >= 0 else at_left[s]
        at_right[t] = right_target[b] if b >= 0 else at_right[s]
