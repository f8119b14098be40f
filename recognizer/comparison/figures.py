"""Figures as SVG that is the same for the same content, in one manner."""

from pathlib import Path
from typing import Any

from recognizer.files import replacing

INK, OURS, THEIRS, FAINT = "#404040", "#2a6f97", "#c9a227", "#b8b8b8"


def figure(width: float, height: float, columns: int = 1) -> tuple[Any, Any]:
    """A figure of ``width`` x ``height`` inches and its axes, ``columns`` of them on one scale."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {"svg.hashsalt": "study", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    )
    from matplotlib import pyplot

    return pyplot.subplots(1, columns, figsize=(width, height), layout="constrained", sharey=columns > 1)


def save(drawn: Any, path: Path, title: str) -> tuple[str, str]:
    """Write a figure and be done with it; its file's name and ``title``."""
    from matplotlib import pyplot

    with replacing(path) as file:
        drawn.savefig(file, format="svg", metadata={"Date": None})
    pyplot.close(drawn)
    return path.name, title
