"""Files of a queue that several threads read at once, told in their order."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from recognizer.errors import Cancelled

TICK = 0.1  # s between looks whether anybody still wants this
AHEAD = 4  # files for each thread that may be read and not told, since one before them takes long

News = TypeVar("News")
Box = SimpleQueue[Any]  # of the news of one file, None at the end, an error instead of it


class InOrder(Generic[News]):
    """Hands out files to threads, and tells the news of all in the order of the files."""

    def __init__(self, files: Iterable[Path], threads: int, check: Callable[[], None]) -> None:
        self._files, self._check = iter(files), check
        self._lock, self._room = threading.Lock(), threading.Semaphore(AHEAD * threads)
        self._boxes: SimpleQueue[Box | None] = SimpleQueue()

    def work(self, read: Callable[[Path], Iterator[News]], wanted: Callable[[], bool] = lambda: True) -> None:
        """In a thread of its own: ``read`` one file after the other, as long as this is ``wanted``."""
        with suppress(Cancelled):
            while wanted() and (taken := self._take()) is not None:
                file, box = taken
                try:
                    for news in read(file):
                        box.put(news)
                    box.put(None)
                except Exception as error:
                    box.put(error)

    def news(self) -> Iterator[News]:
        """What is told. Raises what went wrong in a thread, and what ``check`` raises."""
        while (box := self._heard(self._boxes)) is not None:
            while (news := self._heard(box)) is not None:
                if isinstance(news, Exception):
                    raise news
                yield news
            self._room.release()

    def _take(self) -> tuple[Path, Box] | None:
        while not self._room.acquire(timeout=TICK):
            self._check()
        with self._lock:
            self._check()
            file = next(self._files, None)
            box: Box | None = None if file is None else SimpleQueue()
            self._boxes.put(box)
        return None if file is None or box is None else (file, box)

    def _heard(self, box: "SimpleQueue[Any]") -> Any:
        while True:
            with suppress(Empty):
                return box.get(timeout=TICK)
            self._check()
