"""Heuristic over-segmentation of a field (1998 paper, V-A): pieces of ink, and the runs of them that may be characters."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.errors import InputError, NothingToRead
from recognizer.page.cuts import cut_lines
from recognizer.page.line import HEIGHT, ROWS, Line, normalise_line
from recognizer.page.page import Page
from recognizer.page.separate import separate_ink
from recognizer.segments import Segments

COLUMNS = 32  # of a segment's image
_MOST_PIECES = 5  # in a segment
_WIDEST = 1.5 * HEIGHT  # of a segment of several pieces
_WIDE_GAP = 0.5 * HEIGHT  # between pieces: evidence of two characters
_DEEPEST = 0.45 * HEIGHT  # rows of ink that a cut may cross
_SPECK = 5  # pixels of the normalised line: less is dirt
_LONGEST = 40  # pieces: more is no amount


@dataclass(frozen=True)
class PageSegments(Segments):
    """Segments of a field of a page."""

    piece_map: np.ndarray  # (H, W) int16: index of the piece at each pixel of the page, -1 = no ink


def segment_page(page: Page) -> PageSegments:
    """Cut the line of writing on ``page`` into pieces; raises NothingToRead or InputError where it holds none or no line."""
    ink = separate_ink(page.grey, page.grey.shape[0] / 2)
    line = normalise_line(ink)
    pieces = _pieces(line)
    count = int(pieces.max()) + 1
    if count == 0:
        raise NothingToRead("There is no writing here: only specks of dirt.")
    if count > _LONGEST:
        raise InputError("There is more on this image than one amount; cut the amount out of it and open that.")
    halo = _nearest(pieces, line.darkness)
    left, right, top, foot = _extents(pieces, count)
    first, last = _runs(left, right)
    lefts = np.minimum.reduceat(left[_members(first, last)], _offsets(first, last))
    rights = np.maximum.reduceat(right[_members(first, last)], _offsets(first, last))
    tops = np.minimum.reduceat(top[_members(first, last)], _offsets(first, last))
    feet = np.maximum.reduceat(foot[_members(first, last)], _offsets(first, last))
    cuts = _cut_columns(left, right)
    return PageSegments(
        cuts=line.page_x(cuts),
        first=first,
        last=last,
        boxes=_page_boxes(line, lefts, tops, rights, feet),
        images=_images(line.darkness, halo, first, last, lefts, rights),
        features=_features(pieces, first, last, left, right, rights - lefts),
        piece_map=_on_page(halo, line, ink.mask),
    )


def _pieces(line: Line) -> np.ndarray:
    """Index (ROWS, W) int of the piece at each pixel of the line, left to right by the middle of the piece; -1 = none."""
    components, _ = ndimage.label(line.mask, np.ones((3, 3)))
    pieces = np.full(line.mask.shape, -1)
    middles: list[float] = []
    for index, (rows, columns) in enumerate(ndimage.find_objects(components), 1):
        patch = components[rows, columns] == index
        if patch.sum() < _SPECK:
            continue
        lines = cut_lines(patch, _DEEPEST)
        side = (np.arange(patch.shape[1])[None, None] >= lines[:, :, None]).sum(0)
        for part in range(len(lines) + 1):
            ink = patch & (side == part)
            if ink.any():
                pieces[rows, columns][ink] = len(middles)
                places = np.flatnonzero(ink.any(0))
                middles.append(columns.start + (places[0] + places[-1]) / 2)
    rank = np.empty(len(middles) + 1, int)
    rank[np.argsort(middles, kind="stable")] = np.arange(len(middles))
    rank[-1] = -1
    return rank[pieces]


def _nearest(pieces: np.ndarray, darkness: np.ndarray) -> np.ndarray:
    """The pieces grown over the soft rims of their strokes: each dark pixel goes to the nearest piece."""
    rows, columns = ndimage.distance_transform_edt(pieces < 0, return_distances=False, return_indices=True)
    grown: np.ndarray = np.where(darkness > 0, pieces[rows, columns], -1)
    return grown


def _extents(pieces: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    boxes = ndimage.find_objects(pieces + 1, count)
    return (
        np.array([box[1].start for box in boxes]),
        np.array([box[1].stop for box in boxes]),
        np.array([box[0].start for box in boxes]),
        np.array([box[0].stop for box in boxes]),
    )


def _runs(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First piece and piece after the last of every run that may be one character."""
    runs = []
    for u in range(len(left)):
        start, end = left[u], right[u]
        runs.append((u, u + 1))
        for v in range(u + 1, min(u + _MOST_PIECES, len(left))):
            if left[v] - end > _WIDE_GAP:
                break
            start, end = min(start, left[v]), max(end, right[v])
            if end - start <= _WIDEST:
                runs.append((u, v + 1))
    first, last = np.array(runs, np.int32).T
    return first, last


def _members(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    return np.concatenate([np.arange(u, v) for u, v in zip(first, last, strict=True)])


def _offsets(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(last - first)[:-1]])


def _features(
    pieces: np.ndarray, first: np.ndarray, last: np.ndarray, left: np.ndarray, right: np.ndarray, widths: np.ndarray
) -> np.ndarray:
    """What tells a character from a part of one or from several (S, 5) float32, in heights of the line: width, paper before
    and after, ink cut through at its rim; and the number of pieces beyond one, in fives."""
    gaps = _gap_before(left, right)
    columns = [
        widths / HEIGHT,
        gaps[first],
        gaps[last],
        _contact(pieces, first, last) / HEIGHT,
        (last - first - 1) / _MOST_PIECES,
    ]
    return np.stack(columns, 1).astype(np.float32)


def _contact(pieces: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Rows (S,) in which ink of a segment touches ink of other pieces."""
    count = int(pieces.max()) + 1
    here, there = pieces[:, :-1], pieces[:, 1:]
    touching = (here >= 0) & (there >= 0) & (here != there)
    pairs = np.bincount(here[touching] * count + there[touching], minlength=count * count).reshape(count, count)
    summed = np.zeros((count + 1, count + 1), int)
    summed[1:, 1:] = (pairs + pairs.T).cumsum(0).cumsum(1)
    all_of = summed[last, -1] - summed[first, -1]
    among = summed[last, last] - summed[first, last] - summed[last, first] + summed[first, first]
    return all_of - among


def _gap_before(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Paper before each piece and after the last, in heights of the line; 1 at both ends."""
    gaps = (left[1:] - np.maximum.accumulate(right)[:-1]) / HEIGHT
    return np.concatenate([[1.0], np.clip(gaps, -1, 1), [1.0]])


def _cut_columns(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Column of each cut: between its pieces, never moving back."""
    between = (np.maximum.accumulate(right)[:-1] + left[1:]) / 2
    return np.maximum.accumulate(np.concatenate([[left[0]], between, [right.max()]]))


def _images(
    darkness: np.ndarray, pieces: np.ndarray, first: np.ndarray, last: np.ndarray, lefts: np.ndarray, rights: np.ndarray
) -> np.ndarray:
    """The ink of each segment alone, in a window of COLUMNS columns about its middle: (S, 1, ROWS, COLUMNS) float32."""
    window = (lefts + rights)[:, None] // 2 + np.arange(COLUMNS)
    dark = np.pad(darkness, ((0, 0), (COLUMNS // 2, COLUMNS)))[:, window].transpose(1, 0, 2)
    piece = np.pad(pieces, ((0, 0), (COLUMNS // 2, COLUMNS)), constant_values=-1)[:, window].transpose(1, 0, 2)
    inside = (piece >= first[:, None, None]) & (piece < last[:, None, None])
    return (dark * inside)[:, None]


def _page_boxes(line: Line, lefts: np.ndarray, tops: np.ndarray, rights: np.ndarray, feet: np.ndarray) -> np.ndarray:
    """Boxes of the segments on the page: left, top, right, bottom [px]."""
    margin = (ROWS - HEIGHT) / 2
    y0, y1 = (line.top + (rows - margin) / line.scale for rows in (tops, feet))
    lean = line.slant * (np.stack([y0, y1]) - line.middle)
    return np.stack([line.page_x(lefts) - lean.max(0), y0, line.page_x(rights) - lean.min(0), y1], 1).astype(np.float32)


def _on_page(pieces: np.ndarray, line: Line, mask: np.ndarray) -> np.ndarray:
    """The piece at each pixel of the page's ink."""
    rows, columns = (np.round(place).astype(int) for place in line.columns_of(mask.shape))
    inside = mask & (rows >= 0) & (rows < pieces.shape[0]) & (columns >= 0) & (columns < pieces.shape[1])
    on_page = np.full(mask.shape, -1, np.int16)
    on_page[inside] = pieces[rows[inside], columns[inside]]
    return on_page
