"""How long an amount takes to be read: one thread, warm, on the samples."""

import time
from statistics import median

from recognizer import platform

ROUNDS = 30


def run() -> dict[str, float | int]:
    """Median and worst time of one reading, and the time until the reader is loaded [ms]."""
    platform.set_threads(1)
    from recognizer.page import load_pages
    from recognizer.readers.catalog import load_reader

    start = time.perf_counter()
    reader = load_reader("amount")
    loaded = time.perf_counter() - start
    pages = [load_pages(file)[0] for file in sorted((platform.resources_folder() / "samples").glob("*.png"))]
    seconds: list[float] = []
    for page in pages * (ROUNDS + 1):
        start = time.perf_counter()
        reader.read(page)
        seconds.append(time.perf_counter() - start)
    warm = seconds[len(pages) :]
    return {
        "amounts": len(pages),
        "readings": len(warm),
        "load_ms": 1e3 * loaded,
        "median_ms": 1e3 * median(warm),
        "worst_ms": 1e3 * max(warm),
    }
