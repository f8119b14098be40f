"""What processes beside the window read by in tests: each page says which process it was read in."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.batch.columns import row
from recognizer.batch.settings import Settings, models_now
from recognizer.page import each_page

BEGUN = (
    "INKLATTICE_TEST_BEGUN"  # in the environment the name of a file, which is there once a process has begun to read
)
SECONDS = 0.05  # that a page takes
READ = "tests.ui.beside:read_pages"


def settings() -> Settings:
    return Settings(read=READ, models=models_now())


def read_pages(_settings: Settings) -> Callable[[bytes, int], Iterator[dict[str, Any]]]:
    """As `recognizer.batch.pages.read_pages`."""
    return _read


def deadly() -> np.ndarray:
    """A page that ends the process which reads it."""
    return np.zeros((30, 30), np.uint8)


def _read(data: bytes, after: int) -> Iterator[dict[str, Any]]:
    Path(os.environ[BEGUN]).touch()
    pages = list(each_page(data))
    for number, page in enumerate(pages, 1):
        if number > after:
            yield {"begun": number, "of": len(pages)}
            time.sleep(SECONDS)
            if not page.grey.any():
                os.kill(os.getpid(), signal.SIGSEGV)
            sides = dict.fromkeys(("left", "top", "right", "foot"), 0.0)
            yield row(page=number, pages=len(pages), kind="amount", text=str(os.getpid()), confidence=0.9, **sides)
