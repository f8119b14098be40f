"""Figures of the window: INKLATTICE_TIME_START=1 has the program print the seconds to its first frame, and quit.

Likewise ..._READY until it can read, ..._STALL its longest stall, ..._CANVAS times of a pen's events, ..._LATTICE of a frame.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.window import Window

SIZE = 1180, 760  # px
FIGURES = ("start", "ready", "stall", "canvas", "lattice")


def trial() -> str | None:
    """The figure that the environment asks for."""
    return next((name for name in FIGURES if os.environ.get(f"INKLATTICE_TIME_{name.upper()}")), None)


def begin(figure: str, window: "Window") -> bool:
    """Begin to measure, in a window of one size on all screens; is it to do what it does at every start?"""
    window.resize(*SIZE)
    if figure in ("start", "ready"):
        from ui.bench.start import print_ready_time, print_start_time

        (print_start_time if figure == "start" else print_ready_time)(window)
    elif figure == "stall":
        from ui.bench.stall import print_longest_stall

        print_longest_stall(window)
    elif figure == "canvas":
        from ui.bench.canvas import print_frame_times

        print_frame_times(window)
    else:
        from ui.bench.lattice import print_frame_times

        print_frame_times(window)
    return figure in ("ready", "stall")
