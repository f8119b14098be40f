"""How long a whole cheque takes, its file's decoding included: one thread, warm, against the program as it was before this was
made fast, in turns, so that what else the machine does meets both alike. Each file is read several times by either, and the least
time of each counts: a single one is longer by what happens to run beside it, and, where the file is the first of its size, by what
the library prepares for it."""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from statistics import median

import numpy as np

from recognizer import platform

BEFORE = "a558823e12"  # the commit that the ratio is to
DIFFERENT = 20
ROUNDS = 3
_TURNS = (-1.5, -0.7, 0.0, 0.8, 1.6)  # degrees that a sample is turned by
_SIZES = (0.8, 1.1)  # and how many times as large it is
_ROOT = Path(__file__).resolve().parents[2]

# A process that reads the files that it is told, and tells the processor time of each [s].
_READ = """
import sys, time
from recognizer import platform
platform.set_threads(1)
getattr(platform, "keep_memory", bool)()  # as a batch does
from recognizer.page import load_pages
from recognizer.readers.catalog import load_reader
reader = load_reader("cheque")
for number, line in enumerate(sys.stdin):
    if number == 2:  # once it is warm
        getattr(platform, "gather_memory", bool)()
    begun = time.process_time()
    reader.read(load_pages(line.strip())[0])
    print(time.process_time() - begun, flush=True)
"""


def run() -> dict[str, float | int | str]:
    """Median and worst processor time of a cheque, from file to amount [ms], and the medians' ratio to those before."""
    with tempfile.TemporaryDirectory(prefix="inklattice-") as folder:
        files = _different(Path(folder))
        programs = [_ROOT, *_program_before()]
        seconds = _in_turns(programs, files)
    now = seconds[0]
    figures: dict[str, float | int | str] = {
        "cheques": len(files),
        "median_ms": 1e3 * median(now),
        "worst_ms": 1e3 * max(now),
    }
    if len(programs) > 1:
        before = seconds[1]
        ratios = [a / b for a, b in zip(now, before, strict=True)]
        figures |= {"before_ms": 1e3 * median(before), "ratio": median(ratios), "worst_ratio": max(ratios)}
    return figures


def _different(folder: Path) -> list[Path]:
    """Samples that were turned and scaled, as the scanner takes them."""
    from PIL import Image

    samples = sorted((platform.resources_folder() / "samples").glob("cheque-*.jpg"))
    files: list[Path] = []
    for sample in samples:
        with Image.open(sample) as picture:
            for turn in _TURNS:
                for size in _SIZES:
                    shape = round(picture.width * size), round(picture.height * size)
                    turned = picture.resize(shape).rotate(
                        turn, Image.Resampling.BILINEAR, expand=True, fillcolor="white"
                    )
                    files.append(folder / f"{len(files)}.jpg")
                    turned.save(files[-1], quality=90)
    assert len(files) == DIFFERENT
    return files


def _program_before() -> list[Path]:
    """The folder of the program as it was, kept so that it is compiled once; none where this is no checkout that knows it."""
    folder = _ROOT / "build" / f"before-{BEFORE}"
    if not folder.exists():
        with suppress(OSError, subprocess.CalledProcessError):
            archive = ["git", "archive", BEFORE, "recognizer", "resources"]
            packed = subprocess.run(archive, cwd=_ROOT, capture_output=True, check=True).stdout
            with tarfile.open(fileobj=BytesIO(packed)) as files:
                files.extractall(folder, filter="data")
    return [folder] if folder.exists() else []


def _in_turns(programs: list[Path], files: list[Path]) -> list[list[float]]:
    """The seconds (P, F) that each program takes for each file at least, the first two files, for warmth, apart."""
    with _processes(programs) as processes:
        for file in files[:2]:
            for process in processes:
                _read(process, file)
        rounds = [[[_read(process, file) for process in processes] for file in files] for _ in range(ROUNDS)]
    return np.min(rounds, axis=0).T.tolist()


def _read(process: "subprocess.Popen[str]", file: Path) -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{file}\n")
    process.stdin.flush()
    return float(process.stdout.readline())


@contextmanager
def _processes(programs: list[Path]) -> Iterator[list["subprocess.Popen[str]"]]:
    command = [sys.executable, "-c", _READ]
    pipe = subprocess.PIPE
    found = [subprocess.Popen(command, cwd=program, stdin=pipe, stdout=pipe, text=True) for program in programs]
    try:
        yield found
    finally:
        for process in found:
            process.kill()
            process.wait()
