"""Pen ink as the frames of a sweep: each line normalised and painted whole, and the places where words may part."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.frames import STRIDE, WINDOW, frame_windows
from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.ink import Ink
from recognizer.ink.layout import split_lines
from recognizer.ink.normalise import BASE, CORE, NormalisedInk, normalise
from recognizer.ink.word_amap import MARGIN, ROWS, word_picture
from recognizer.segments import Segments

NARROWEST = 0.3  # gap between strokes that words may part at [core heights]
BETWEEN_LINES = 4 * BASE  # columns that lines are set apart by where their cuts are counted


@dataclass(frozen=True)
class FrameSegments(Segments):
    """Frames in the order of reading, one piece and one segment each. Frames of gaps stand between those of the sweep.

    Cuts are x at the base line of the first line [px], and go on as if the other lines stood after it.
    """

    pieces: tuple[np.ndarray, ...]  # piece i: (k, 3) int32 rows of stroke, first point, last point (inclusive)
    pictures: tuple[np.ndarray, ...]  # of each line (CHANNELS, ROWS, W)
    # (S,) float32: of a frame that is a gap its width [core heights], infinite between lines; NaN of the frames of the sweep
    gaps: np.ndarray


def frames_of(ink: Ink, *, several: bool = True) -> FrameSegments:
    """Sweep the lines of ``ink``, or all of it as one where it is not ``several``. Raises NothingToRead where there is no stroke."""
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    parts: list[_LineOfFrames] = []
    along: float | None = None
    for strokes in split_lines(ink) if several else [np.arange(len(ink.strokes))]:
        line = normalise(Ink(tuple(ink.strokes[stroke] for stroke in strokes)))
        parts.append(_line(line, strokes, line.left if along is None else along, first=not parts))
        along = float(parts[-1].cuts[-1]) + BETWEEN_LINES / line.scale
    cuts = np.concatenate([part.cuts[:-1] for part in parts] + [parts[-1].cuts[-1:]])
    count = len(cuts) - 1
    first = np.arange(count, dtype=np.int32)
    gaps = np.concatenate([part.gaps for part in parts])
    images = np.concatenate([part.images for part in parts])
    return FrameSegments(
        cuts=cuts.astype(np.float32),
        first=first,
        last=first + 1,
        boxes=np.concatenate([part.boxes for part in parts]).astype(np.float32),
        images=images,
        features=np.nan_to_num(gaps, nan=0.0, posinf=100.0)[:, None],
        pieces=tuple(piece for part in parts for piece in part.pieces),
        pictures=tuple(part.picture for part in parts),
        gaps=gaps,
    )


@dataclass(frozen=True)
class _LineOfFrames:
    """The frames of one line; the first of them is that of the gap to the line before, if there is one."""

    picture: np.ndarray
    cuts: np.ndarray  # (n + 1,)
    boxes: np.ndarray  # (n, 4)
    images: np.ndarray  # (n, CHANNELS, ROWS, WINDOW)
    gaps: np.ndarray  # (n,)
    pieces: list[np.ndarray]


def _line(line: NormalisedInk, strokes: np.ndarray, along: float, first: bool) -> _LineOfFrames:
    picture = word_picture(line)
    sweep = picture.shape[2] // STRIDE
    places, widths = _gaps(line)
    if not first:
        places, widths = np.append(places, 0), np.append(widths, np.inf)
    # Frame k of the sweep comes after the gaps that lie at or before it.
    order = np.argsort(np.concatenate([np.arange(sweep), places - 0.5]), kind="stable")
    gaps = np.concatenate([np.full(sweep, np.nan), widths])[order].astype(np.float32)
    of_sweep = np.isnan(gaps)
    at = np.cumsum(of_sweep)  # frames of the sweep up to and with each frame
    columns = np.concatenate([[0], at]) * STRIDE - MARGIN
    boxes = _boxes(line, columns)
    position = np.flatnonzero(of_sweep)
    pieces = [np.empty((0, 3), np.int32)] * len(gaps)
    for frame, rows in _points(line, strokes, sweep).items():
        pieces[position[frame]] = np.array(rows, np.int32)
    images = np.zeros((len(gaps), CHANNELS, ROWS, WINDOW), np.float32)
    images[of_sweep] = frame_windows(picture)
    return _LineOfFrames(picture, along + columns / line.scale, boxes, images, gaps, pieces)


def _gaps(line: NormalisedInk) -> tuple[np.ndarray, np.ndarray]:
    """Frames before which there is a gap between strokes, in the middle of it, and their widths [core heights]."""
    spans = np.array([[stroke[:, 0].min(), stroke[:, 0].max()] for stroke in line.strokes])
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    reach = np.maximum.accumulate(spans[:, 1])[:-1]
    widths = (spans[1:, 0] - reach) / (BASE - CORE)
    wide = widths >= NARROWEST
    middles = (spans[1:, 0] + reach)[wide] / 2
    return np.ceil((middles + MARGIN) / STRIDE).astype(int), widths[wide]


def _boxes(line: NormalisedInk, columns: np.ndarray) -> np.ndarray:
    """(n, 4) the strips of the ink between neighbouring columns, as upright boxes at the base line [px]."""
    x = line.left + columns / line.scale
    y = line.lines.shape(x)
    top, bottom = line.lines.ascender + y, line.lines.descender + y
    return np.stack([x[:-1], np.minimum(top[:-1], top[1:]), x[1:], np.maximum(bottom[:-1], bottom[1:])], 1)


def _points(line: NormalisedInk, strokes: np.ndarray, sweep: int) -> dict[int, list[tuple[int, int, int]]]:
    """For each frame of the sweep the runs of points (stroke, first, last) that lie in its columns."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for number, stroke in zip(strokes.tolist(), line.strokes, strict=True):
        frame = np.clip((stroke[:, 0] + MARGIN) // STRIDE, 0, sweep - 1).astype(int)
        starts = np.flatnonzero(np.diff(frame, prepend=-1))
        ends = np.append(starts[1:], len(frame)) - 1
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            found.setdefault(int(frame[start]), []).append((number, start, end))
    return found
