"""Several sources that are read one after the other, on as many threads as readings are worth: kernels and networks release the lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from types import TracebackType
from typing import Generic, TypeVar

from recognizer.errors import Cancelled
from recognizer.platform import default_threads, share_memory

Source = TypeVar("Source")
Answer = TypeVar("Answer")


class ReadingAhead(Generic[Source, Answer]):
    """What ``read`` makes of ``sources``, each asked for by its number. While one is waited for, those behind it are read too; leaving
    the context stops what is under way.

    ``read`` takes a source and who hears of its stages, which is ``on_stage``, on any thread; ``at_once`` sources are read at the same
    time, or as many as readings are worth.
    """

    def __init__(
        self,
        read: Callable[[Source, Callable[[str], None]], Answer],
        sources: Sequence[Source],
        on_stage: Callable[[str], None],
        at_once: int | None = None,
    ) -> None:
        self._read, self._sources, self._on_stage = read, sources, on_stage
        self._left = Event()
        self._begun: dict[int, Future[Answer]] = {}
        self._at_once = min(at_once or default_threads(), len(sources))
        self._threads = None
        if self._at_once > 1:
            share_memory()  # which takes a quarter more where each has its own
            self._threads = ThreadPoolExecutor(self._at_once, "reading")

    def __enter__(self) -> ReadingAhead[Source, Answer]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)

    def answer(self, number: int) -> Answer:
        """The answer for that source; raises what reading it raises."""
        if self._threads is None:
            return self._read(self._sources[number], self._on_stage)
        for ahead in range(number, min(number + self._at_once, len(self._sources))):
            if ahead not in self._begun:
                self._begun[ahead] = self._threads.submit(self._read, self._sources[ahead], self._listen)
        return self._begun.pop(number).result()

    def _listen(self, stage: str) -> None:
        if self._left.is_set():
            raise Cancelled
        self._on_stage(stage)
