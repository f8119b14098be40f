"""Batches: cheques a second by one worker and by two, what the engine itself takes, and the memory that names take."""

import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from recognizer import platform
from recognizer.batch import arrivals, cluster
from recognizer.batch.columns import row
from recognizer.batch.driver import CHUNK, Driver
from recognizer.batch.listing import sources_of
from recognizer.batch.results import Results
from recognizer.batch.settings import Settings, models_now

# Of each worker: twelve tasks, so that one that ends before the other weighs little, as in a day's batch.
CHEQUES = 192
EMPTY = 10_000  # pages that cost nothing
NAMES = 1_000_000
DAY = 86_400  # s


def run() -> dict[str, float]:
    """Pages a second on the clock once all is loaded, shares of that time, and MB of the driver."""
    cheque = Settings(kind="cheque", models=models_now())
    samples = sorted((platform.resources_folder() / "samples").glob("cheque-*.jpg"))
    pictures = [sample.read_bytes() for sample in samples]
    one, two = (_timed(workers, cheque, pictures, CHEQUES * workers) for workers in (1, 2))
    engine = _timed(2, replace(cheque, read=f"{__name__}:read_nothing"), [b"nothing"], EMPTY)
    return {
        "one_worker_per_s": one["pages_per_s"],
        "two_workers_per_s": two["pages_per_s"],
        "two_workers_millions_a_day": two["pages_per_s"] * DAY / 1e6,
        "two_to_one_ratio": two["pages_per_s"] / one["pages_per_s"],
        "not_reading_share": two["not_reading_share"],
        "engine_pages_per_s": engine["pages_per_s"],
        "driver_million_names_mb": _memory_of_names(),
    }


def read_nothing(_settings: Settings) -> Callable[[bytes, int], Iterator[dict[str, Any]]]:
    """Reads pages in no time."""

    def read(_data: bytes, _after: int) -> Iterator[dict[str, Any]]:
        yield row(page=1, pages=1, kind="cheque", text="1.00", value="1.00", state="accepted", accepted=True)

    return read


def _timed(workers: int, settings: Settings, pictures: list[bytes], count: int) -> dict[str, float]:
    """A batch of so many files, after one of a chunk for each worker that loads everything."""
    with tempfile.TemporaryDirectory(prefix="inklattice-") as folder, cluster.local(workers) as client:
        client.wait_for_workers(workers)
        _batch(client, settings, _copies(Path(folder, "first"), pictures, CHUNK * workers), Path(folder, "begin"))
        names = _copies(Path(folder, "pages"), pictures, count)
        begun = time.perf_counter()
        reading = _batch(client, settings, names, Path(folder, "out"))
        seconds = time.perf_counter() - begun
    return {"pages_per_s": count / seconds, "not_reading_share": 1 - reading / (workers * seconds)}


def _batch(client: Any, settings: Settings, folder: Path, out: Path) -> float:
    """Read a folder; the seconds that its pages took."""
    out.mkdir()
    results, stop = Results(out, "parquet"), threading.Event()
    chunks = arrivals.chunks(sources_of([str(folder)]), results, CHUNK, stop)
    Driver(client, settings, results, lambda _pages: None).run(chunks, stop)
    results.close()
    return sum(row["seconds"] for _number, rows in results.parts for row in rows)


def _copies(folder: Path, pictures: list[bytes], count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:06}.png").symlink_to(_original(folder, pictures, number))
    return folder


def _original(folder: Path, pictures: list[bytes], number: int) -> Path:
    from recognizer.files import write_file

    path = folder.parent / f"{number % len(pictures)}.original"
    if not path.exists():
        write_file(path, pictures[number % len(pictures)])
    return path


def _memory_of_names() -> float:
    """MB that a process has had at most that claims a million names and hands none of them out."""
    done = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _claim_names() -> float:
    import distributed  # noqa: F401 - what the driver has loaded

    def names() -> Iterator[str]:
        return (f"/no/such/folder/cheques/{number // 1000:06}/{number:012}.png" for number in range(NAMES))

    with tempfile.TemporaryDirectory(prefix="inklattice-") as folder:
        results = Results(Path(folder), "parquet")
        claimed = arrivals.chunks(sources_of(names()), results, CHUNK, threading.Event())
        assert sum(map(len, claimed)) == NAMES
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    print(_claim_names())
