"""What is to be read, chunk by chunk: all that there is, and where it is watched for, what arrives later."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator

from recognizer.batch.listing import Source, batches, is_remote
from recognizer.batch.results import Results

PAUSE = 2.0  # s between looks; a file that has not changed for one is whole
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
    seen: dict[str, Source] = {}
    while not stop.is_set():
        looked = time.monotonic()
        before, seen = seen, {}
        whole = []
        for batch in batches(listing(), _BATCH):
            for source in results.new(batch):
                seen[source.file] = source
                if is_remote(source.file) or before.get(source.file) == source:
                    whole.append(source)
        yield from chunks(whole, results, size, stop)
        yield []
        while time.monotonic() < looked + PAUSE and not stop.is_set():
            yield []
