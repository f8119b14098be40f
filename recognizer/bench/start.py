"""How long it takes until the window is on the screen, and how long it does not answer while it reads the samples."""

from statistics import median

from recognizer import platform
from recognizer.bench.application import measured

ROUNDS = 5


def run() -> dict[str, float | int | str]:
    """Time from the start of a fresh process to the first frame [s], and the longest stall of the window [ms].

    Offscreen where there is no display.
    """
    starts = [measured("START")[0] for _ in range(ROUNDS + 1)][1:]  # the first fills the disk's cache
    return {
        "display": "screen" if platform.has_display() else "offscreen",
        "starts": ROUNDS,
        "median_s": median(starts),
        "worst_s": max(starts),
        "longest_stall_ms": 1e3 * measured("STALL")[0],
    }
