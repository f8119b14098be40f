"""Pen ink as frames: each line normalised and painted whole, and the places where words may part."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.frames import STRIDE, WINDOW, frame_windows
from recognizer.ink.ink import Ink
from recognizer.ink.normalise import BASE, CORE, NormalisedInk, normalise
from recognizer.ink.word_amap import MARGIN, ROWS, word_picture
from recognizer.segments import Segments

MOST_FRAMES = 2_000  # of a line: across a sheet of A4 there are some 350
NARROWEST = 0.3  # gap between strokes that words may part at [core heights]


@dataclass(frozen=True)
class FrameSegments(Segments):
    """Frames of a line in the order of reading, one piece and one segment each. Frames of gaps stand between those of the picture.

    Cuts are x at the base line [px].
    """

    pieces: tuple[np.ndarray, ...]  # piece i: (k, 3) int32 rows of stroke, first point, last point (inclusive)
    picture: np.ndarray  # (channels, ROWS, W) of the line
    gaps: np.ndarray  # (S,) float32: width of the gap [core heights] of frames of gaps, NaN of others


def frames_of(ink: Ink, size: float = 1.0) -> FrameSegments:
    """The frames of a line of ``ink``; ``size`` as `normalise` has it. Raises NothingToRead where there is no stroke, InputError for
    more than a line."""
    line = normalise(ink, size)
    return frames_of_picture(line, word_picture(line))


def frames_of_picture(line: NormalisedInk, picture: np.ndarray) -> FrameSegments:
    """The frames of a normalised ``line`` and its ``picture`` (channels, ROWS, W), whose column MARGIN is x = 0. Raises InputError for
    more than a line."""
    count = picture.shape[2] // STRIDE
    if count > MOST_FRAMES:
        raise InputError(f"This is more than a line: {count:,} columns. Write it on several lines.")
    places, widths = _gaps(line)
    # Frame k of the picture comes after the gaps that lie at or before it.
    order = np.argsort(np.concatenate([np.arange(count), places - 0.5]), kind="stable")
    gaps = np.concatenate([np.full(count, np.nan), widths])[order].astype(np.float32)
    of_picture = np.isnan(gaps)
    at = np.cumsum(of_picture)  # frames of the picture up to and with each frame
    columns = np.concatenate([[0], at]) * STRIDE - MARGIN
    position = np.flatnonzero(of_picture)
    pieces = [np.empty((0, 3), np.int32)] * len(gaps)
    for frame, rows in _points(line, count).items():
        pieces[position[frame]] = np.array(rows, np.int32)
    images = np.zeros((len(gaps), len(picture), ROWS, WINDOW), np.float32)
    images[of_picture] = frame_windows(picture)
    first = np.arange(len(gaps), dtype=np.int32)
    return FrameSegments(
        cuts=line.x_of(columns).astype(np.float32),
        first=first,
        last=first + 1,
        boxes=_boxes(line, columns).astype(np.float32),
        images=images,
        features=np.nan_to_num(gaps, nan=0.0)[:, None],
        pieces=tuple(pieces),
        picture=picture,
        gaps=gaps,
    )


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
    x = line.x_of(columns)
    top, bottom = line.lines.ascender_at(x), line.lines.descender_at(x)
    return np.stack([x[:-1], np.minimum(top[:-1], top[1:]), x[1:], np.maximum(bottom[:-1], bottom[1:])], 1)


def _points(line: NormalisedInk, count: int) -> dict[int, list[tuple[int, int, int]]]:
    """For each frame of the picture the runs of points (stroke, first, last) that lie in its columns."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for number, stroke in enumerate(line.strokes):
        frame = np.clip((stroke[:, 0] + MARGIN) // STRIDE, 0, count - 1).astype(int)
        starts = np.flatnonzero(np.diff(frame, prepend=-1))
        ends = np.append(starts[1:], len(frame)) - 1
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            found.setdefault(int(frame[start]), []).append((number, start, end))
    return found
