"""Error against arithmetic, ours and 1998's, with names that do not hide each other."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.comparison.figures import FAINT, INK, OURS, THEIRS, figure, save

LEAST = 1e-4  # error that a logarithmic scale starts at
FONT = 6
# Of a name about its dot, by preference.
PLACES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def draw_costs(path: Path, rows: Mapping[str, Any]) -> tuple[str, str]:
    """Draw the rows; a thin line leads from each to what the paper prints for it."""
    drawn, axes = figure(9, 6.5)
    axes.set_xscale("log")
    axes.set_yscale("log")
    ticks = [0.3, 0.5, 1, 2, 5, 10]
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_yticks([], minor=True)
    axes.set_xlabel("multiply-adds for one digit [thousands]")
    axes.set_ylabel("test error [%]")
    dots: list[tuple[float, float]] = []
    for row in rows.values():
        place = row["multiply_adds"] / 1e3, 100 * max(row["error"], LEAST)
        paper = row["paper"]["multiply_adds"], row["paper"]["error"]
        if None not in paper:
            axes.plot(*zip(place, paper, strict=True), "-", color=FAINT, linewidth=0.6, zorder=1)
            axes.plot(*paper, "D", color=THEIRS, markersize=3.5, zorder=2)
        axes.plot(*place, "o", color=OURS, markersize=2 + np.log10(row["stored"]) / 1.5, zorder=3)
        dots.append(place)
    drawn.draw_without_rendering()  # settles the axes, so that places on the page are known
    _name(axes, dots, [f"{row['title']}, {row['data']}" for row in rows.values()])
    title = "Error and arithmetic, ours (dots, the larger the more numbers are stored) and, at the other end of each line, 1998's"
    return save(drawn, path, title)


def _name(axes: Any, dots: list[tuple[float, float]], names: list[str]) -> None:
    """Write each name at the first place about its dot where nothing else is, or where the least is."""
    places = axes.transData.transform(dots)
    taken = [np.array([x - 3, y - 3, x + 3, y + 3]) for x, y in places]
    for (x, y), dot, name in zip(places, dots, names, strict=True):
        width, height = 0.62 * FONT * len(name) * axes.figure.dpi / 72, 1.3 * FONT * axes.figure.dpi / 72
        boxes = []
        for across, down in PLACES:
            left = x - width / 2 + across * (width / 2 + 6)
            low = y - height / 2 + down * (height / 2 + 5)
            boxes.append(np.array([left, low, left + width, low + height]))
        choice = int(np.argmin([sum(overlap(box, other) for other in taken) for box in boxes]))
        taken.append(boxes[choice])
        middle = (boxes[choice][:2] + boxes[choice][2:]) / 2 - (x, y)
        axes.annotate(
            name,
            dot,
            xytext=tuple(middle * 72 / axes.figure.dpi),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=FONT,
            color=INK,
        )


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    """The area that two boxes (4,), left, foot, right, top, have in common."""
    sides = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    return float(np.prod(sides.clip(min=0)))
