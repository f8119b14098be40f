"""Compiling ahead, so that nobody waits."""

import numpy as np


def compile_kernels() -> None:
    """Run every kernel once on a small graph, so that numba compiles it or loads it from its cache.

    Some seconds to half a minute the first time on a machine, half a second later; meant for a background thread at the
    start of an application (kernels are compiled once, whichever thread comes first).
    """
    from recognizer import gtn

    lattice = gtn.segmentation_graph(np.array([0, 1, 0]), np.array([1, 2, 2]), cuts=3)
    graph = gtn.recognition_graph(lattice, np.ones((3, 2), np.float32), np.array([1, 2]))
    loop = gtn.graph_of([0, 0], [0, 0], [1, 2], final=[0])
    reading = gtn.compose(graph, loop)
    gtn.best_path(reading)
    gtn.viterbi(reading)
    gtn.forward(reading)
    gtn.posteriors(reading)
    gtn.shortest_paths(reading, 2)
    gtn.best_sequences(reading, 2)
    gtn.prune(reading, margin=1.0, posterior=0.1)
