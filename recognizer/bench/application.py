"""Figures that the application itself measures, in a process of its own."""

import os
import subprocess
import sys

from recognizer import platform
from recognizer.errors import InputError


def measured(figure: str, value: str = "1") -> list[float]:
    """The numbers that the application prints when its environment asks for a figure. Offscreen where there is no display."""
    environment = os.environ | {f"INKLATTICE_TIME_{figure}": value}
    if not platform.has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    door = platform.resources_folder().parent / "main.py"
    run = subprocess.run(
        [sys.executable, str(door)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    try:
        return [float(number) for number in run.stdout.split()] or [float("")]
    except ValueError:
        raise InputError(f"The application did not start: {run.stderr.strip() or run.returncode}.") from None
