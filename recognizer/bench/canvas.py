"""How long it takes from an event of the pen to its pixels, with 500 strokes on the page."""

from recognizer import platform
from recognizer.bench.start import measure


def run() -> dict[str, float | str]:
    """Median and slowest event of a pen, and the slowest full drawing of the page [ms]. Offscreen where there is no display."""
    middle, slowest, page = measure("CANVAS")
    return {
        "display": "screen" if platform.has_display() else "offscreen",
        "median_ms": 1e3 * middle,
        "worst_ms": 1e3 * slowest,
        "page_ms": 1e3 * page,
    }
