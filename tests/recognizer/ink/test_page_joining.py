"""Joining chains into lines: as when all pairs are looked at each time, with memory for what is there."""

import tracemalloc

import numpy as np
import pytest

from recognizer.ink import Ink
from recognizer.ink.layout import lay_out
from recognizer.ink.page_joining import Measured, joined, levels

REACH, SPREAD, CLIMB, APART, GAP, LONG_GAP = 6.0, 0.4, 0.06, 3.0, 5.0, 40.0


def height(x: np.ndarray, y: np.ndarray, weight: np.ndarray, where: float) -> tuple[float, float]:
    """Of a line at a place, and its variance: by weighted least squares with a prior on the slope."""
    off = np.abs(x - where)
    share = weight * np.exp(-0.5 * ((off - off.min()) / REACH) ** 2)
    x0, y0 = np.average(x, weights=share), np.average(y, weights=share)
    precision = (share * (x - x0) ** 2).sum() + (SPREAD / CLIMB) ** 2
    slope = (share * (x - x0) * (y - y0)).sum() / precision
    variance = SPREAD**2 * (1 / max(share.sum(), 0.9) + (x0 - where) ** 2 / precision)
    return y0 + slope * (where - x0), variance


def cost(one: list[int], other: list[int], spans: np.ndarray, measured: Measured) -> float:
    def ends(line: list[int]) -> tuple[float, float]:
        return spans[line, 0].min(), spans[line, 1].max()

    def there(line: list[int], where: float) -> tuple[float, float]:
        of = np.concatenate([np.arange(measured.starts[k], measured.starts[k + 1]) for k in line])
        return height(measured.x[of], measured.y[of], measured.weight[of], where)

    (left, right), (left2, right2) = ends(one), ends(other)
    low, high = max(left, left2), min(right, right2)
    follows = (min(other) == max(one) + 1 and left2 > left) or (min(one) == max(other) + 1 and left > left2)
    widest = LONG_GAP if follows else GAP
    gap = max(low - high, 0)
    (y, variance), (y2, variance2) = (there(line, (low + high) / 2) for line in (one, other))
    off = abs(y - y2) / np.sqrt(variance + variance2)
    stacked = np.clip((high - low) / max(min(right - left, right2 - left2), 1e-9), 0, 1)
    return np.inf if gap > widest or off > APART else 0.75 * (1 + stacked) * off / APART + 0.5 * gap / widest


def by_all_pairs(spans: np.ndarray, measured: Measured) -> list[int]:
    lines = [[k] for k in range(len(spans))]
    while True:
        pairs = [(cost(a, b, spans, measured), k, j) for k, b in enumerate(lines) for j, a in enumerate(lines[:k])]
        best, gone, kept = min(pairs, default=(np.inf, 0, 0))
        if best >= 1:
            return [next(min(line) for line in lines if k in line) for k in range(len(spans))]
        lines[kept] += lines.pop(gone)


def some_chains(seed: int) -> tuple[np.ndarray, Measured]:
    """Chains of three lines that climb and bend a little, in any order."""
    generator = np.random.default_rng(seed)
    left = generator.uniform(0, 40, 16)
    spans = np.column_stack([left, left + generator.uniform(0.5, 6, len(left))])
    x = [np.arange(start, end, 2.0) for start, end in spans]
    base = 1.8 * generator.integers(0, 3, len(left))
    y = [height + 0.03 * at + generator.normal(0, 0.3, len(at)) for height, at in zip(base, x, strict=True)]
    starts = np.concatenate([[0], np.cumsum([len(at) for at in x])])
    flat = np.concatenate(x)
    return spans, Measured(flat, np.concatenate(y), generator.uniform(0.1, 1, len(flat)), starts)


@pytest.mark.parametrize("seed", range(12))
def test_lines_are_those_of_joining_the_best_of_all_pairs_time_and_again(seed: int) -> None:
    spans, measured = some_chains(seed)
    found = joined(spans, measured).tolist()
    assert found == by_all_pairs(spans, measured)
    assert 1 < len(set(found)) < len(spans)


def test_the_height_of_a_line_is_that_of_a_straight_line_through_what_is_near() -> None:
    _, measured = some_chains(1)
    where = np.linspace(-10, 60, 9)
    expected = [height(*measured[:3], at)[0] for at in where]
    np.testing.assert_allclose(levels(where, *measured[:3]), expected, rtol=1e-9)


def test_memory_grows_with_strokes_and_not_with_pairs_of_them() -> None:
    def peak(count: int) -> int:
        """Of hatching that somebody says is writing."""
        places = np.random.default_rng(0).uniform(0, [600, 300], (count, 2))
        ink = Ink(tuple(np.array([[x, y, 0], [x + 28, y + 28, 1]]) for x, y in places))
        tracemalloc.start()
        lay_out(ink, writing=range(count))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(1_600) < 3 * peak(800)
