"""How long it takes from an event of the pen to its pixels with 500 strokes on the page, and how long the window stands still with
20,000."""

from recognizer import platform
from recognizer.bench.start import measure


def run() -> dict[str, float | str]:
    """Median and slowest event of a pen, the slowest full drawing of the page, and the longest stall of the full one [ms]. Offscreen
    where there is no display."""
    middle, slowest, page, stall = measure("CANVAS")
    return {
        "display": "screen" if platform.has_display() else "offscreen",
        "median_ms": 1e3 * middle,
        "worst_ms": 1e3 * slowest,
        "page_ms": 1e3 * page,
        "full_stall_ms": 1e3 * stall,
    }
