"""The graphs of a batch as one graph that offers all their paths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recognizer.gtn.graph import Graph


def merge(graphs: Graph) -> Graph:
    """One graph whose paths are those of every graph of an acyclic batch: they share start and end, and no epsilon arc is added.

    Arc i is arc i of the batch, so it keeps its origins. Every graph must have an arc or more on each of its paths.
    """
    total = int(graphs.nodes[-1]) - 2 * (len(graphs) - 1)
    before = np.arange(len(graphs), dtype=np.int32)
    heights = np.diff(graphs.nodes)
    number = np.arange(graphs.nodes[-1], dtype=np.int32) - np.repeat(2 * before, heights).astype(np.int32)
    number[graphs.starts] = 0
    number[graphs.ends] = total - 1
    return replace(
        graphs,
        source=number[graphs.source],
        target=number[graphs.target],
        nodes=np.array([0, total], np.int32),
    )
