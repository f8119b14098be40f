"""Many samples: some of them drawn evenly, and work on all of them shared by two processes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import TypeVar

import numpy as np

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def evenly(count: int, most: int | None = None) -> np.ndarray:
    """The numbers (n,) of at most so many of ``count`` samples, ascending and as far from each other as they can be; None: all."""
    if most is None or most >= count:
        return np.arange(count)
    return np.linspace(0, count - 1, most).astype(int)


def by_two(work: Callable[[Asked], Answer], asked: Iterable[Asked]) -> Iterator[Answer]:
    """What ``work``, a function of a module, answers, in the order in which it is asked."""
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(work, asked)


def in_chunks(
    work: Callable[[Sequence[Asked]], Iterable[Answer]], asked: Sequence[Asked], size: int
) -> Iterator[Answer]:
    """The same of ``work`` that answers each of so many at a time."""
    return chain.from_iterable(by_two(work, (asked[k : k + size] for k in range(0, len(asked), size))))
