"""Compiling ahead, so that nobody waits."""

import numpy as np

from recognizer.gtn.arrays import numbers
from recognizer.gtn.backoff import BackOff, with_histories
from recognizer.gtn.beam import beam_forward_loss
from recognizer.gtn.build import chain, recognition_graph, segmentation_graph
from recognizer.gtn.compose import compose
from recognizer.gtn.expansion import ctc_expansion
from recognizer.gtn.forward import curvature, posteriors
from recognizer.gtn.graph import Graph
from recognizer.gtn.lexicon import ngram, trie
from recognizer.gtn.notation import grammar, one_of
from recognizer.gtn.paths import shortest_paths
from recognizer.gtn.prune import prune
from recognizer.gtn.rational import project
from recognizer.gtn.select import scatter
from recognizer.gtn.sequences import best_sequences
from recognizer.gtn.viterbi import best_path, viterbi
from recognizer.gtn.written import sequence_posteriors


def compile_kernels() -> None:
    """Run every kernel once on a small graph, so that numba compiles it or loads it from its cache.

    Half a minute the first time on a machine, about a second later; meant for a background thread at the start of an
    application (a kernel is compiled once, whichever thread needs it first). Does not import torch.
    """
    # An allocator that has once freed a block this large keeps blocks up to its size instead of taking each graph's anew
    # (glibc, which learns nothing from more than 32 MB).
    np.empty(1 << 24, np.uint8)
    lattice = segmentation_graph(np.array([0, 1, 0]), np.array([1, 2, 2]), cuts=3)
    graph = recognition_graph(lattice, np.ones((3, 2), np.float32), np.array([1, 2]))
    loop = grammar(one_of("ab").many(1), {"a": 1, "b": 2})
    reading = compose(graph, loop)
    best_path(reading)
    viterbi(reading)
    shortest_paths(reading, 2)
    best_sequences(reading, 2)
    sequence_posteriors(reading, [(1, 2)])
    prune(reading, margin=1.0, posterior=0.1)
    compose(reading, ngram({(1,): 1.0, (0, 1): 1.0, (0,): 1.0}, {}))
    beam_forward_loss(graph, loop, chain([1, 2]), width=1)
    ctc_expansion(loop, 3)
    trie([[1], [2]])
    _compile_histories(reading)
    project(reading).label  # labels of compositions are computed when asked for  # noqa: B018
    # Gradients, which need no torch to be compiled.
    runs, penalty = reading.topology.runs, numbers(reading.penalty)
    posteriors(reading)
    curvature(*runs[1:], penalty, reading.nodes, np.zeros(reading.nodes[-1]), penalty)
    scatter(penalty, reading.origins[0], len(graph.source))


def _compile_histories(graph: Graph) -> None:
    """With an n-gram of one symbol, which no arc says."""
    none, nothing = np.zeros(len(graph.source), np.int32), np.zeros((len(graph.source), 1), np.float32)
    step, state = np.zeros(1, np.uint8), np.zeros(1, np.int32)
    model = BackOff(np.array([0, 1], np.int32), step.astype(np.uint16), step, state, state, step, step, 1.0, 0)
    with_histories(graph, np.arange(graph.nodes[-1]), none, nothing, model, width=1)
