"""A reader for tests of batches: each line of a file is a page, and says what becomes of reading it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from recognizer.batch.columns import failed, row
from recognizer.batch.settings import Settings, models_now

READ = "tests.recognizer.batch.fakes:read_pages"
FAKE = Settings(page_seconds=1.5, page_memory=0.5, models=models_now(), read=READ)


def read_pages(settings: Settings) -> Callable[[bytes, int], Iterator[dict[str, Any]]]:
    """As `recognizer.batch.pages.read_pages`."""
    return _read


def _read(data: bytes, after: int) -> Iterator[dict[str, Any]]:
    lines = data.decode().splitlines()
    for page, line in enumerate(lines, 1):
        if page > after:
            yield {"begun": page, "of": len(lines)}
            yield _page(line, page, len(lines))


def _page(line: str, page: int, pages: int) -> dict[str, Any]:
    what, _, more = line.partition(" ")
    if what == "crash" or (what == "once" and not Path(more).exists()):
        if what == "once":
            Path(more).touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    while what == "hang":
        pass
    if what == "eat":
        bytearray(10**9)
    if what == "wait":
        time.sleep(float(more))
    if what == "damaged":
        return failed(page, "unreadable", "It is damaged.", pages=pages)
    sure = what != "doubt"
    return row(
        page=page,
        pages=pages,
        kind="amount",
        text=line,
        value="1.00",
        confidence=0.9 if sure else 0.1,
        accepted=sure,
        state="accepted" if sure else "refused",
        reason="" if sure else "doubtful",
        flaws=[] if sure else ["blurred"],
    )
