"""Large batches in parts, one for each thread: graphs of a batch share nothing, and kernels release the lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TypeVar

import numpy as np

from recognizer.gtn.graph import Graph
from recognizer.platform import default_threads

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH = 1 << 16  # arcs that a part should have: some ms of work, since waking a thread costs a tenth of one or more


def parts_of(graph: Graph) -> list[slice]:
    """Ranges of graphs that make up the batch, as many as are worth a thread of their own."""
    count = min(len(graph), len(graph.source) // _WORTH)
    if count > 1:  # else it is not worth asking
        count = min(count, default_threads())
    if count < 2:
        return [slice(0, len(graph))]
    shares = np.linspace(0, graph.nodes[-1], count + 1)  # each graph goes where its first node falls
    bounds = [*np.searchsorted(graph.nodes, shares[:-1]).tolist(), len(graph)]
    return [slice(i, j) for i, j in pairwise(bounds) if i < j]


def at_once(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """What ``function``, mostly a kernel, answers for each item; the first in this thread, where it is under way soonest.

    Let items bring the arrays that are filled: memory that another thread takes is new to the process each time.
    """
    if len(items) == 1:
        return [function(items[0])]
    here, *elsewhere = items
    others = [_threads().submit(function, item) for item in elsewhere]
    return [function(here), *(other.result() for other in others)]


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(default_threads(), "gtn")
