"""Hands files to workers, a bounded number at a time, and takes what became of them into the results."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from recognizer.batch.columns import Row, failed
from recognizer.batch.listing import Source
from recognizer.batch.results import Results
from recognizer.batch.settings import Settings
from recognizer.batch.task import Done, read_files
from recognizer.errors import InputError

if TYPE_CHECKING:
    from distributed import Client, Future

CHUNK = 16  # files of a task
AHEAD = 2  # tasks that wait for each thread of a worker
_TICK = 1.0  # s between looks at the clock, and at whether to stop

OnProgress = Callable[[int], None]  # pages of this run


class Driver:
    """One run of a batch."""

    def __init__(self, client: "Client", settings: Settings, results: Results, on_progress: OnProgress) -> None:
        self._client, self._settings, self._results = client, settings, results
        self._on_progress = on_progress
        self._flight: dict[Future, tuple[list[Source], bool]] = {}
        self._ended: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._pages, self._most, self._counted = 0, 1, 0.0

    def run(self, chunks: Iterator[list[Source]], stop: threading.Event) -> None:
        """Read all chunks, or until it is told to stop; an empty chunk says that there may be more later.

        What is read is in parts then. Raises OSError where they cannot be written, InputError where workers cannot read.
        """
        more = True
        try:
            while not stop.is_set() and (more or self._flight):
                more = more and self._fill(chunks)
                with suppress(queue.Empty):
                    self._take(self._ended.get(timeout=_TICK))
                self._results.settle()
                self._on_progress(self._pages)
        finally:
            self._results.settle(now=True)

    def _fill(self, chunks: Iterator[list[Source]]) -> bool:
        """Hand out as much as may wait; False where there is no more."""
        while len(self._flight) < self._may_wait():
            chunk = next(chunks, None)
            if not chunk:
                return chunk is not None
            self._hand_out(chunk)
        return True

    def _may_wait(self) -> int:
        """Tasks that may be handed out and not done; workers come and go."""
        if time.monotonic() > self._counted + _TICK:
            threads = sum(worker["nthreads"] for worker in self._workers().values())
            self._most, self._counted = AHEAD * max(1, threads) + 1, time.monotonic()
        return self._most

    def _workers(self) -> dict[str, Any]:
        workers: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        return workers

    def _hand_out(self, chunk: list[Source], last: bool = False, avoid: str = "") -> None:
        others = [address for address in self._workers() if address != avoid] if avoid else []
        future = self._client.submit(
            read_files,
            self._settings,
            chunk,
            last,
            pure=False,
            workers=others or None,
            allow_other_workers=bool(others),
        )
        self._flight[future] = chunk, last
        future.add_done_callback(self._ended.put)

    def _take(self, future: "Future") -> None:
        from distributed.scheduler import KilledWorker

        chunk, last = self._flight.pop(future)
        if future.status == "cancelled":
            raise InputError("The scheduler is lost; the same command goes on from here.")
        try:
            done: Done = future.result()
        except KilledWorker as error:
            self._try_alone(chunk, last, str(error))
            return
        for source in done.lost:
            self._hand_out([source], last=True, avoid=done.where)
        self._add(done.rows)

    def _try_alone(self, chunk: Sequence[Source], last: bool, reason: str) -> None:
        """Workers died of this again and again: which of its files is it?"""
        if last:
            self._add([failed(1, "crash", reason, **asdict(source)) for source in chunk])
        for source in [] if last else chunk:
            self._hand_out([source], last=True)

    def _add(self, rows: Sequence[Row]) -> None:
        self._pages += len(rows)
        self._results.add(rows)
