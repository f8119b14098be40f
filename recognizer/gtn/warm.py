"""Compiling ahead, so that nobody waits."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recognizer.gtn.graph import Graph


def compile_kernels() -> None:
    """Run every kernel once on a small graph, so that numba compiles it or loads it from its cache.

    Half a minute the first time on a machine, about a second later; meant for a background thread at the start of an
    application (a kernel is compiled once, whichever thread needs it first). Does not import torch.
    """
    # An allocator that has once freed a block this large keeps blocks up to its size instead of taking each graph's anew
    # (glibc, which learns nothing from more than 32 MB).
    np.empty(1 << 24, np.uint8)
    from recognizer import gtn
    from recognizer.gtn.forward import curvature
    from recognizer.gtn.graph import numbers, runs_of
    from recognizer.gtn.select import scatter

    lattice = gtn.segmentation_graph(np.array([0, 1, 0]), np.array([1, 2, 2]), cuts=3)
    graph = gtn.recognition_graph(lattice, np.ones((3, 2), np.float32), np.array([1, 2]))
    loop = gtn.grammar(gtn.one_of("ab").many(1), {"a": 1, "b": 2})
    reading = gtn.compose(graph, loop)
    gtn.best_path(reading)
    gtn.viterbi(reading)
    gtn.shortest_paths(reading, 2)
    gtn.best_sequences(reading, 2)
    gtn.prune(reading, margin=1.0, posterior=0.1)
    gtn.compose(reading, gtn.ngram({(1,): 1.0, (0, 1): 1.0, (0,): 1.0}, {}))
    gtn.beam_forward_loss(graph, loop, gtn.chain([1, 2]), width=1)
    gtn.stretched(loop, 3)
    _compile_histories(reading)
    gtn.project(reading).label  # labels of compositions are computed when asked for  # noqa: B018
    # Gradients, which need no torch to be compiled.
    _, *runs = runs_of(reading)
    penalty = numbers(reading.penalty)
    gtn.posteriors(reading)
    curvature(*runs, penalty, reading.nodes, np.zeros(reading.nodes[-1]), penalty)
    scatter(penalty, reading.origins[0], len(graph.source))


def _compile_histories(graph: "Graph") -> None:
    """With an n-gram of one symbol, which no arc says."""
    from recognizer.gtn.backoff import BackOff, with_histories

    none, nothing = np.zeros(len(graph.source), np.int32), np.zeros((len(graph.source), 1), np.float32)
    step, state = np.zeros(1, np.uint8), np.zeros(1, np.int32)
    model = BackOff(np.array([0, 1], np.int32), step.astype(np.uint16), step, state, state, step, step, 1.0, 0)
    with_histories(graph, np.arange(graph.nodes[-1]), none, nothing, model, width=1)
