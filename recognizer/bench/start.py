"""How long it takes until the window is on the screen and can read, and how long it does not answer while it reads the samples."""

import os
import subprocess
import sys
from statistics import median

from recognizer import platform
from recognizer.errors import InputError

ROUNDS = 5


def run() -> dict[str, float | int | str]:
    """Time from the start of a fresh process to the first frame and to the last reader [s], and the window's longest stall [ms].

    Offscreen where there is no display.
    """
    starts = [measure("START")[0] for _ in range(ROUNDS + 1)][1:]  # the first fills the disk's cache
    return {
        "display": "screen" if platform.has_display() else "offscreen",
        "starts": ROUNDS,
        "median_s": median(starts),
        "worst_s": max(starts),
        "ready_s": median(measure("READY")[0] for _ in range(ROUNDS)),
        "longest_stall_ms": 1e3 * measure("STALL")[0],
    }


def measure(figure: str, value: str = "1") -> list[float]:
    """The numbers that the application itself prints when its environment asks for the figure. Raises InputError."""
    environment = os.environ | {f"INKLATTICE_TIME_{figure}": value}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # which would compile every module at every start
    if not platform.has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    door = [] if platform.is_bundle() else [str(platform.resources_folder().parent / "main.py")]
    run = subprocess.run(
        [sys.executable, *door], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    try:
        seconds = [float(figure) for figure in run.stdout.split()]
    except ValueError:
        seconds = []
    if not seconds:
        raise InputError(f"The application did not start: {run.stderr.strip() or run.returncode}.")
    return seconds
