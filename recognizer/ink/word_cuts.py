"""Where letters may part in a line of normalised ink: at pen lifts, and inside strokes where one may lead on to the next.

Too many cuts on purpose. Everything is measured on the pen's path at equal steps, so that the speed of the pen changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from recognizer.ink import amap
from recognizer.ink.amap import Trajectory
from recognizer.ink.lines import turns
from recognizer.ink.normalise import BASE, CORE
from recognizer.ink.recut import Part

_CORE = BASE - CORE  # rows
_RIPPLE = 0.05 * _CORE  # turns of less height are none
_JOIN = BASE - 0.25 * _CORE  # row that what leads on to the next letter is cut at, or as near to it as it comes
_ONWARD = 0.15 * _CORE  # least width of a rise that leads on [columns]
_FLAT, _LONG = 0.06 * _CORE, 0.6 * _CORE  # a ridge is so flat and so wide, or more
_APART = 0.25 * _CORE  # least length of the path between cuts, and between a cut and an end
_MARK = 0.45 * _CORE  # strokes lower than this are marks: dots, bars, accents
_OVER = 0.5  # share of the narrower one's width that a mark and what it belongs to have in common


@dataclass(frozen=True)
class Pieces:
    """The pieces of a line in the order of reading, each of one part or several; every sample of every path is in one."""

    paths: tuple[Trajectory, ...]  # of each stroke, in rows and columns
    parts: tuple[tuple[Part, ...], ...]  # stretches of samples

    def samples(self, piece: int) -> np.ndarray:
        """Positions (n, 2) of the samples of a piece."""
        return np.concatenate([self.paths[p.stroke].position[p.first : p.last] for p in self.parts[piece]])


def cut_line(paths: tuple[Trajectory, ...], also: Mapping[int, Sequence[int]] = MappingProxyType({})) -> Pieces:
    """Cut the strokes of a line, put the parts in order by their middles, and add marks to what they stand above or across.

    ``also``: by the number of the path, samples at which it may be cut besides.
    """
    parts: list[list[Part]] = []
    marks: list[Part] = []
    for number, path in enumerate(paths):
        low = np.ptp(path.position[:, 1]) < _MARK
        ends = [0, *([] if low else joins(path.position, also.get(number, ()))), len(path.position)]
        found = [Part(number, first, last) for first, last in pairwise(ends)]
        if low:
            marks += found
        else:
            parts += [[part] for part in found]
    spans = np.array([_span(paths, part) for (part,) in parts]).reshape(-1, 3)
    alone = []
    for mark in marks:
        owner = _owner(_span(paths, mark), spans)
        if owner is None:
            alone.append([mark])
        else:
            parts[owner].append(mark)
    spans = np.concatenate([spans, np.array([_span(paths, mark) for (mark,) in alone]).reshape(-1, 3)])
    order = np.argsort(spans[:, 2], kind="stable")
    every = [*parts, *alone]
    return Pieces(paths, tuple(tuple(every[i]) for i in order))


def joins(path: np.ndarray, also: Sequence[int] = ()) -> list[int]:
    """Samples of a path (n, 2) at which it may be cut.

    That is where it rises to the right, near the base line or in the dip of a high connection, in the middle of flat ridges, and
    where ``also`` says, as far as these are apart.
    """
    corners = turns(path[:, 1].astype(np.float64), _RIPPLE).tolist()
    places = [_on_rise(path, a, b) for a, b in pairwise(corners)] + [_on_ridge(path, corner) for corner in corners]
    apart = int(_APART / amap.SPACING)
    cuts: list[int] = []
    for place in sorted([*also, *(place for place in places if place is not None)]):
        if place - (cuts[-1] if cuts else 0) >= apart and len(path) - place >= apart:
            cuts.append(place)
    return cuts


def _on_rise(path: np.ndarray, a: int, b: int) -> int | None:
    """Where the path between two turns may be cut, if it rises to the right, whichever way the pen went."""
    low, high = (a, b) if path[a, 1] > path[b, 1] else (b, a)
    if path[high, 0] - path[low, 0] < _ONWARD:
        return None
    return a + int(np.abs(path[a : b + 1, 1] - _JOIN).argmin())


def _on_ridge(path: np.ndarray, corner: int) -> int | None:
    """The middle of the flat stretch around a turn, where it is wide."""
    off = np.flatnonzero(np.abs(path[:, 1] - path[corner, 1]) > _FLAT)
    before, after = off[off < corner], off[off > corner]
    first = int(before[-1]) + 1 if len(before) else 0
    last = int(after[0]) - 1 if len(after) else len(path) - 1
    return (first + last) // 2 if abs(path[last, 0] - path[first, 0]) >= _LONG else None


def _span(paths: tuple[Trajectory, ...], part: Part) -> tuple[float, float, float]:
    """Left, right and mean x of a part."""
    x = paths[part.stroke].position[part.first : part.last, 0]
    return float(x.min()), float(x.max()), float(x.mean())


def _owner(mark: tuple[float, float, float], spans: np.ndarray) -> int | None:
    """The part that a mark belongs to: of those that it stands above or across the one whose middle is nearest."""
    common = np.minimum(spans[:, 1], mark[1]) - np.maximum(spans[:, 0], mark[0])
    narrower = np.minimum(spans[:, 1] - spans[:, 0], mark[1] - mark[0])
    over = np.flatnonzero((common >= 0) & (common >= _OVER * narrower))
    return int(over[np.abs(spans[over, 2] - mark[2]).argmin()]) if len(over) else None
