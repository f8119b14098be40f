"""How long it takes until the window is on the screen, each time in a fresh process."""

import os
import subprocess
import sys
from statistics import median

from recognizer import platform
from recognizer.errors import InputError

ROUNDS = 5
TIME_START = "INKLATTICE_TIME_START"  # set: the application prints the seconds to its first frame, and quits


def run() -> dict[str, float | int | str]:
    """Median and worst time from the start of the process to the first frame [s]; offscreen where there is no display."""
    shown = platform.has_display()
    environment = os.environ | {TIME_START: "1"} | ({} if shown else {"QT_QPA_PLATFORM": "offscreen"})
    seconds = [_start(environment) for _ in range(ROUNDS + 1)][1:]  # the first fills the disk's cache
    return {
        "starts": ROUNDS,
        "display": "screen" if shown else "offscreen",
        "median_s": median(seconds),
        "worst_s": max(seconds),
    }


def _start(environment: dict[str, str]) -> float:
    door = platform.resources_folder().parent / "main.py"
    started = subprocess.run(
        [sys.executable, str(door)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    if started.returncode:
        raise InputError(f"The application did not start: {started.stderr.strip() or started.returncode}")
    return float(started.stdout)
