"""How long a frame of the lattice takes while thousands of arcs are moved and zoomed."""

from recognizer import platform
from recognizer.bench.start import measure

ARCS = (5_000, 20_000)


def run() -> dict[str, float | int | str]:
    """For a graph of at least so many arcs, all of them drawn: how many there are, and the median and the longest CPU time of
    a frame [ms]."""
    figures: dict[str, float | int | str] = {"display": "screen" if platform.has_display() else "offscreen"}
    for arcs in ARCS:
        drawn, usual, longest = measure("LATTICE", str(arcs))
        figures |= {
            f"arcs_{arcs}_drawn": int(drawn),
            f"arcs_{arcs}_median_ms": 1e3 * usual,
            f"arcs_{arcs}_longest_ms": 1e3 * longest,
        }
    return figures
