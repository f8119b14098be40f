"""The command ``batch``: what it is told, from the sources to the summary."""

import json
import signal
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from typing import Any

from recognizer import platform
from recognizer.bar import Bar
from recognizer.batch import arrivals, cluster
from recognizer.batch.columns import FORMATS
from recognizer.batch.driver import CHUNK, Driver
from recognizer.batch.folder import held, is_batch, load_manifest, settle
from recognizer.batch.listing import STDIN, sources_of
from recognizer.batch.results import Results
from recognizer.batch.settings import Settings, models_now
from recognizer.errors import InputError

NEEDED = ("distributed", "fsspec", "pyarrow", "filelock")


def run(options: Namespace) -> int:
    """Do what the command line asks for; the exit status as of `run_with`. Raises InputError, OSError."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(f"Batches need {', '.join(missing)}: pip install 'inklattice[batch]'.")
    return run_with(options, settings_of(options))


def run_with(options: Namespace, settings: Settings) -> int:
    """The exit status: 0 where all pages have been read, 1 where some have failed, 130 where it was stopped before it was through.

    Raises InputError, OSError.
    """
    with held(options.out):
        known = is_batch(options.out) or not options.sources
        form = options.format or (load_manifest(options.out)["format"] if known else FORMATS[0])
        if not options.sources:
            return _end(Results(options.out, form), options, stopped=False)
        settle(options.out, settings, form)
        results = Results(options.out, form)
        with _stopping() as stop, _client(options) as client:
            _read(client, settings, results, options, stop)
        return _end(results, options, stopped=stop.is_set() and not options.watch)


def settings_of(options: Namespace) -> Settings:
    """What the command line says about reading."""
    return Settings(
        options.kind,
        options.max_error,
        options.country,
        options.page_seconds,
        options.page_memory,
        models_now(),
    )


def _read(client: Any, settings: Settings, results: Results, options: Namespace, stop: threading.Event) -> None:
    listing = partial(sources_of, options.sources)
    listed = arrivals.watched(listing, results, CHUNK, stop) if options.watch else None
    chunks = listed or arrivals.chunks(listing(), results, CHUNK, stop)
    bar, begun, before = Bar("reading"), time.monotonic(), results.summary.pages
    count = _Count(listing) if not options.watch and STDIN not in options.sources else None

    def show(pages: int) -> None:
        total = count.total if count else None
        left = None if total is None else total - before - pages
        bar(before + pages, total, _pace(pages, time.monotonic() - begun, left))

    Driver(client, settings, results, show).run(chunks, stop)
    bar.clear()


def _pace(pages: int, seconds: float, left: int | None) -> str:
    rate = pages / max(seconds, 1e-3)
    text = f"{rate:,.1f} a second"
    if left is None or left < 0 or not pages:
        return text
    hours, rest = divmod(round(left / rate), 3600)
    return f"{text}, {hours} h {rest // 60:02} min left" if hours else f"{text}, {rest // 60} min {rest % 60:02} s left"


class _Count:
    """How many files are listed, found out beside the reading; ``total`` is None until it is known."""

    def __init__(self, listing: arrivals.Listing) -> None:
        self.total: int | None = None
        self._listing = listing
        threading.Thread(target=self._go, daemon=True).start()

    def _go(self) -> None:
        with suppress(InputError, OSError):  # which the reading tells
            self.total = sum(1 for _ in self._listing())


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Set by Ctrl+C and by a polite end; a second one ends at once."""
    stop = threading.Event()

    def hear(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, hear) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _client(options: Namespace) -> Any:
    if options.scheduler:
        return cluster.remote(options.scheduler)
    return cluster.local(options.workers or platform.cores())


def _end(results: Results, options: Namespace, stopped: bool) -> int:
    results.close()
    summary = results.summary
    print(json.dumps(summary.figures()) if options.json else summary.text(), flush=True)
    if stopped:
        print("Stopped; the same command goes on.", file=sys.stderr)
        return 130
    if not summary.pages and not options.watch:  # what is watched for may never come
        raise InputError("Nothing was found that could be read: no picture, PDF or InkML.")
    return int(summary.failed > 0)
