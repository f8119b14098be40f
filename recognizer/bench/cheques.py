"""How long a whole cheque takes, its file's decoding included: one thread, warm, on the samples."""

import time
from statistics import median

from recognizer import platform

ROUNDS = 10


def run() -> dict[str, float | int]:
    """Median and worst processor time of one cheque, from file to amount [ms]."""
    platform.set_threads(1)
    from recognizer.page import load_pages
    from recognizer.readers.catalog import load_reader

    reader = load_reader("cheque")
    files = sorted((platform.resources_folder() / "samples").glob("cheque-*.jpg"))
    seconds: list[float] = []
    for file in files * (ROUNDS + 1):
        start = time.process_time()
        reader.read(load_pages(file)[0])
        seconds.append(time.process_time() - start)
    warm = seconds[len(files) :]
    return {"cheques": len(files), "readings": len(warm), "median_ms": 1e3 * median(warm), "worst_ms": 1e3 * max(warm)}
