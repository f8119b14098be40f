"""What is to be read, chunk by chunk: all that there is, and where it is watched for, what arrives later."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator

from recognizer.batch.listing import Source, batches
from recognizer.batch.results import Results

PAUSE = 2.0  # s between looks
QUIET = 10.0  # s for which a whole file has kept its size and time: who copies over a network, or scans page by page, stops now and then
_BATCH = 256  # names that are looked up at once

Listing = Callable[[], Iterable[Source]]


def chunks(sources: Iterable[Source], results: Results, size: int, stop: threading.Event) -> Iterator[list[Source]]:
    """The sources that are to be read, so many at a time."""
    rest: list[Source] = []
    for batch in batches(sources, _BATCH):
        if stop.is_set():
            return
        rest += results.claim(batch)
        while len(rest) >= size:
            yield rest[:size]
            del rest[:size]
    if rest:
        yield rest


def watched(listing: Listing, results: Results, size: int, stop: threading.Event) -> Iterator[list[Source]]:
    """The same of what is there and of what arrives, for ever; an empty chunk where nothing does."""
    since: dict[Source, float] = {}  # of what is not read yet, when it was seen first as it is
    while not stop.is_set():
        looked = time.monotonic()
        before, since = since, {}
        for batch in batches(listing(), _BATCH):
            since |= {source: before.get(source, looked) for source in results.new(batch)}
        yield from chunks((source for source, seen in since.items() if looked - seen >= QUIET), results, size, stop)
        yield []
        while time.monotonic() < looked + PAUSE and not stop.is_set():
            yield []
