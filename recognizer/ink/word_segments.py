"""Pen text cut into pieces, and the runs of pieces that may be one character: the segments of lines (1998 paper, section IX)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.boxes import around, cuts_between
from recognizer.errors import InputError
from recognizer.ink.arc_length import arc_lengths, points_at
from recognizer.ink.frames import NARROWEST
from recognizer.ink.ink import Ink
from recognizer.ink.normalise import BASE, CORE, NormalisedInk, normalise
from recognizer.ink.recut import Part, edited
from recognizer.ink.word_amap import ROWS, compressed, word_paths
from recognizer.ink.word_cuts import Pieces, cut_line
from recognizer.ink.word_paint import COLUMNS, paint_segments
from recognizer.segments import Edit, Join, Point, Segments, Split

LONGEST = 5  # pieces in one segment
MAX_PIECES, MOST_SEGMENTS = 600, 1_500  # of a line; of forty letters there are some 200 and 600
WIDEST = 2.4  # [core heights]; single pieces may be wider
GAP = 0.9  # [core heights] widest gap inside one character
FEATURES = ("gap before", "gap after", "width", "widest gap inside", "cuts inside")  # lengths in core heights
_CORE = BASE - CORE


@dataclass(frozen=True)
class WordSegments(Segments):
    """Segments of a line of text, cuts being x [px]. Where words may part stands a piece without ink, a segment of its own."""

    pieces: tuple[np.ndarray, ...]  # piece i: (k, 3) int32 rows of stroke, first point, last point (inclusive)
    gaps: np.ndarray  # (S,) float32: width of the gap [core heights] that a segment is, NaN of others


@dataclass(frozen=True)
class CutLine:
    """The segments of one line as numbers: what is painted and computed of them. Cuts count from 0."""

    position: np.ndarray  # (N, 2) float32 samples of the pen's path, piece after piece: column, row
    paint: np.ndarray  # (N, C) float32: what each of them paints
    ends: np.ndarray  # (P,) one past the last sample of each piece; gaps have none
    widths: np.ndarray  # (P,) float32 width of the gap [core heights] that a piece is, NaN of pieces of ink
    first: np.ndarray  # (S,) int32
    last: np.ndarray  # (S,) int32
    features: np.ndarray  # (S, F) float32, nought of gaps

    @property
    def is_gap(self) -> np.ndarray:
        """(S,) bool: segments that are gaps."""
        gap: np.ndarray = ~np.isnan(self.widths[self.first])
        return gap

    @property
    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """The first sample of each segment (S,), and one past its last."""
        starts = np.concatenate([[0], self.ends])
        return starts[self.first], starts[self.last]


def cut_text(pieces: Pieces) -> CutLine:
    """The segments of a line that has been cut into pieces."""
    samples = [pieces.samples(piece) for piece in range(len(pieces.parts))]
    spans = np.array([[sample[:, 0].min(), sample[:, 0].max()] for sample in samples]) / _CORE
    reach, coming = np.maximum.accumulate(spans[:, 1]), np.minimum.accumulate(spans[::-1, 0])[::-1]
    between = coming[1:] - reach[:-1]  # widths of gaps [core heights]
    wide = between >= NARROWEST
    at = np.arange(len(spans)) + np.concatenate([[0], np.cumsum(wide)])  # where pieces of ink come to stand
    widths = np.full(len(spans) + int(wide.sum()), np.nan, np.float32)
    widths[at[1:][wide] - 1] = between[wide]
    counts = np.zeros(len(widths), int)
    counts[at] = [len(sample) for sample in samples]
    runs = _runs(spans)
    gaps = np.flatnonzero(~np.isnan(widths))
    first = np.concatenate([at[runs[:, 0]], gaps])
    last = np.concatenate([at[runs[:, 1] - 1] + 1, gaps + 1])
    features = np.zeros((len(first), len(FEATURES)), np.float32)
    features[: len(runs)] = _features(spans, between, runs)
    order = np.lexsort((last, first))
    paint = [pieces.paths[part.stroke].paint[part.first : part.last] for piece in pieces.parts for part in piece]
    return CutLine(
        position=np.concatenate(samples),
        paint=np.concatenate(paint),
        ends=np.cumsum(counts),
        widths=widths,
        first=first[order].astype(np.int32),
        last=last[order].astype(np.int32),
        features=features[order],
    )


def _runs(spans: np.ndarray) -> np.ndarray:
    """(n, 2) first piece of ink, and one past the last, of the runs that are neither too long nor too wide and hold no wide gap.
    Of a line with very many pieces the longer runs are left out.
    """
    runs = []
    longest = max(1, min(LONGEST, MOST_SEGMENTS // len(spans)))
    for start in range(len(spans)):
        left, right = spans[start]
        runs.append((start, start + 1))
        for end in range(start + 2, min(start + longest, len(spans)) + 1):
            if spans[end - 1, 0] - right > GAP:
                break
            left, right = min(left, spans[end - 1, 0]), max(right, spans[end - 1, 1])
            if right - left <= WIDEST:
                runs.append((start, end))
    return np.array(runs)


def _features(spans: np.ndarray, between: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """What FEATURES names, (n, F); overlaps count as gaps below nought, the gap at an end of the line as one core height."""
    outer = np.clip(np.concatenate([[1.0], between, [1.0]]), -1, 1)
    rows = []
    for start, end in runs:
        width = spans[start:end, 1].max() - spans[start:end, 0].min()
        inside = max(between[start : end - 1].max(initial=0.0), 0.0)
        rows.append((outer[start], outer[end], width, inside, end - start - 1))
    return np.array(rows, np.float32)


def segment_text(ink: Ink, edits: Sequence[Edit] = (), size: float = 1.0) -> WordSegments:
    """The segments of a line of ``ink``; cuts are where they are found, changed by ``edits``; ``size`` as `normalise` has it.

    Raises NothingToRead where there is no stroke, InputError for more than a line.
    """
    line = normalise(ink, size)
    return segments_of(cut_line(word_paths(line)), line, ink, edits)


def segments_of(pieces: Pieces, line: NormalisedInk, ink: Ink, edits: Sequence[Edit]) -> WordSegments:
    """The same of ``pieces`` of a ``line``, which is ``ink`` normalised. Raises InputError for more than a line."""
    arcs = [arc_lengths(compressed(stroke).astype(np.float64)) for stroke in line.strokes]
    pieces = _recut(pieces, edits, arcs)
    if len(pieces.parts) > MAX_PIECES:
        raise InputError(f"This is more than a line: {len(pieces.parts):,} pieces. Write it on several lines.")
    cut = cut_text(pieces)
    low, high = cut.samples
    of_ink = ~cut.is_gap
    images = np.zeros((len(low), cut.paint.shape[1] + 1, ROWS, COLUMNS), np.float32)
    images[of_ink] = paint_segments(cut.position, cut.paint, low[of_ink], high[of_ink])
    rows, traced = _traced(ink, arcs, pieces)
    of_piece = iter(rows)
    boxes = _boxes(traced, cut.ends)
    segment_boxes = np.stack([around(boxes[u:v]) for u, v in zip(cut.first, cut.last, strict=True)])
    return WordSegments(
        cuts=cuts_between(boxes).astype(np.float32),
        first=cut.first,
        last=cut.last,
        boxes=segment_boxes.astype(np.float32),
        images=images,
        features=cut.features,
        pieces=tuple(np.empty((0, 3), np.int32) if gap else next(of_piece) for gap in ~np.isnan(cut.widths)),
        gaps=np.where(of_ink, np.nan, cut.widths[cut.first]).astype(np.float32),
    )


def _recut(pieces: Pieces, edits: Sequence[Edit], arcs: list[np.ndarray]) -> Pieces:
    """The pieces after ``edits``, whose points become samples of paths."""

    def sample_of(point: Point) -> Point:
        stroke = point[0]
        if not 0 <= stroke < len(arcs):
            return -1, 0
        place = arcs[stroke][min(point[1], len(arcs[stroke]) - 1)]
        return stroke, max(int(np.searchsorted(pieces.paths[stroke].arc, place, side="right")) - 1, 0)

    def middle(part: Part) -> float:
        return float(pieces.paths[part.stroke].position[part.first : part.last, 0].mean())

    moved: list[Edit] = [
        Split(sample_of(edit.at)) if isinstance(edit, Split) else Join(sample_of(edit.one), sample_of(edit.other))
        for edit in edits
    ]
    return replace(pieces, parts=edited(pieces.parts, moved, middle))


def _traced(ink: Ink, arcs: list[np.ndarray], pieces: Pieces) -> tuple[list[np.ndarray], np.ndarray]:
    """For each piece its rows of points, and where the samples of all pieces lie in ``ink`` (N, 2) [px]."""
    rows, places = [], []
    for parts in pieces.parts:
        found = []
        for part in parts:
            arc, of_samples = arcs[part.stroke], pieces.paths[part.stroke].arc
            here = of_samples[part.first : part.last]
            places.append(points_at(here, arc, ink.strokes[part.stroke]))
            start = int(np.searchsorted(arc, here[0])) if part.first else 0
            end = int(np.searchsorted(arc, of_samples[part.last])) if part.last < len(of_samples) else len(arc)
            if end > start:
                found.append((part.stroke, start, end - 1))
        rows.append(np.array(found, np.int32).reshape(-1, 3))
    return rows, np.concatenate(places)


def _boxes(places: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """(P, 4) left, top, right, bottom of the pieces [px]; of gaps what lies between their neighbours, as high as the line."""
    top, bottom = places[:, 1].min(), places[:, 1].max()
    boxes = np.empty((len(ends), 4))
    for piece, (start, end) in enumerate(zip(np.concatenate([[0], ends[:-1]]), ends, strict=True)):
        if end > start:
            here = places[start:end]
            boxes[piece] = *here.min(axis=0), *here.max(axis=0)
        else:
            boxes[piece] = places[:start, 0].max(), top, places[start:, 0].min(), bottom
    return boxes
