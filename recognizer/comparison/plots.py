"""The study's drawings, as SVG that is the same for the same figures."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.comparison.costs_plot import draw_costs
from recognizer.comparison.figures import INK, OURS, THEIRS, figure, save
from recognizer.comparison.reliability import draw_reliability
from recognizer.training.data.mnist import Digits

FEWER = 12  # digits in a row of the picture of misread ones
LEAST = 0.1  # % that a logarithmic scale starts at


def draw(results: dict[str, Any], folder: Path, test: Callable[[], Digits]) -> list[tuple[str, str]]:
    """Draw what ``results`` hold into ``folder``; (file name, what it shows) of each."""
    rows, experiments = results["rows"], results["experiments"]
    drawn = [
        _marks(folder / "errors.svg", rows, "error", "Test error, ours (dots, 95 % intervals) and 1998's (diamonds)"),
        _marks(
            folder / "rejects.svg",
            rows,
            "rejects",
            "Rejected for 0.5 % error among the rest, ours (dots) and 1998's (diamonds)",
        ),
        draw_costs(folder / "costs.svg", rows),
    ]
    if "by_pass" in experiments:
        drawn.append(_by_pass(folder / "passes.svg", experiments["by_pass"]))
    if "by_size" in experiments and "lenet5-plain" in rows:
        sizes = experiments["by_size"] | {"60000": rows["lenet5-plain"]["error"]}
        drawn.append(_by_size(folder / "sizes.svg", sizes))
    if "by_optimiser" in experiments:
        drawn.append(_by_optimiser(folder / "optimisers.svg", experiments["by_optimiser"]))
    if "robustness" in experiments:
        drawn.append(_robustness(folder / "robustness.svg", experiments["robustness"]))
    for name in ("lenet5-plain", "lenet5", "small"):
        if name in rows:
            drawn.append(_misread(folder / f"misread-{name}.svg", rows[name], test()))
    return drawn + draw_reliability(folder / "reliability.svg")


def _marks(path: Path, rows: Mapping[str, Any], what: str, title: str) -> tuple[str, str]:
    ordered = sorted((row for row in rows.values()), key=lambda row: row["error"], reverse=True)
    drawn, axes = figure(7.5, 0.22 * len(ordered) + 0.7)
    for y, row in enumerate(ordered):
        if row["paper"][what] is not None:
            axes.plot(row["paper"][what], y, "D", color=THEIRS, markersize=5)
        if what == "error":
            axes.plot([max(100 * end, LEAST) for end in row["interval"]], [y, y], color=INK, linewidth=1)
        axes.plot(max(100 * row[what], LEAST), y, "o", color=OURS, markersize=5)
    axes.set_yticks(range(len(ordered)), [f"{row['title']}, {row['data']}" for row in ordered])
    axes.set_xscale("log")
    ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xlim(0.9 * LEAST, 60)
    axes.grid(axis="x", linewidth=0.3)
    axes.set_xlabel("%")
    return save(drawn, path, title)


def _by_pass(path: Path, course: Mapping[str, Any]) -> tuple[str, str]:
    drawn, axes = figure(6, 3.2)
    passes = range(1, len(course["test"]) + 1)
    axes.plot(passes, [100 * e for e in course["test"]], "o-", color=OURS, label="10,000 test digits", markersize=3)
    axes.plot(
        passes,
        [100 * e for e in course["training"]],
        "s-",
        color=THEIRS,
        label="10,000 of the training digits",
        markersize=3,
    )
    axes.set_xlabel("passes over 60,000 digits")
    axes.set_ylabel("error [%]")
    axes.set_ylim(0)
    axes.legend(frameon=False)
    return save(drawn, path, "LeNet-5 by the book, pass by pass")


def _by_size(path: Path, sizes: Mapping[str, float]) -> tuple[str, str]:
    drawn, axes = figure(6, 3)
    counts = sorted(int(size) for size in sizes)
    axes.plot(counts, [100 * sizes[str(count)] for count in counts], "o-", color=OURS)
    axes.set_xlabel("training digits")
    axes.set_ylabel("test error [%]")
    axes.set_xticks(counts, [f"{count:,}" for count in counts])
    axes.set_ylim(0)
    return save(drawn, path, "LeNet-5 by the book, by the number of training digits")


def _by_optimiser(path: Path, courses: Mapping[str, list[float]]) -> tuple[str, str]:
    drawn, axes = figure(6, 3.2)
    for (name, errors), colour in zip(courses.items(), (OURS, INK, THEIRS), strict=False):
        axes.plot(range(1, len(errors) + 1), [100 * e for e in errors], "o-", color=colour, label=name, markersize=3)
    axes.set_xlabel("passes over 55,000 digits")
    axes.set_ylabel("validation error [%]")
    axes.set_yscale("log")
    ticks = [1, 2, 5, 10]
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_yticks([], minor=True)
    axes.legend(frameon=False)
    return save(drawn, path, "LeNet-5 and three optimisers, the same first weights and the same order of digits")


def _robustness(path: Path, tests: Mapping[str, Any]) -> tuple[str, str]:
    drawn, all_axes = figure(9, 2.6, len(tests))
    for axes, (what, curve) in zip(all_axes, tests.items(), strict=True):
        axes.plot(curve["amounts"], [100 * e for e in curve["errors"]], "o-", color=OURS, markersize=3)
        axes.set_xlabel(what)
    all_axes[0].set_ylabel("error [%]")
    return save(drawn, path, "What LeNet-5 (trained with distortions) withstands: 2,000 validation digits")


def _misread(path: Path, row: Mapping[str, Any], test: Digits) -> tuple[str, str]:
    wrong = row["misread"]
    lines = -(-len(wrong) // FEWER)
    grid = np.zeros((max(lines, 1) * 30, FEWER * 30), np.uint8)
    for place, number in enumerate(wrong):
        y, x = divmod(place, FEWER)
        grid[y * 30 + 1 : y * 30 + 29, x * 30 + 1 : x * 30 + 29] = test.images[number]
    drawn, axes = figure(6, 0.5 * max(lines, 1))
    axes.imshow(255 - grid, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
    for place, number in enumerate(wrong):
        y, x = divmod(place, FEWER)
        axes.text(x * 30 + 1, y * 30 + 7, str(test.classes[number]), fontsize=6, color="#c1121f")
    axes.axis("off")
    return save(
        drawn, path, f"The {len(wrong)} of 10,000 that {row['title']} ({row['data']}) misreads, with their labels"
    )
