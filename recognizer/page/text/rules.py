"""Printed and drawn lines that run on for longer than strokes of letters do: rulings, squares, margins, frames, underlines."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.page.running import closed_down, highest, lowest

DARK = 0.55  # share of what the pen takes of the paper's light that a stroke takes somewhere
_RULED = 0.2  # and that printed rules take, which are often fainter
_AS_DARK = 0.9  # and from which on a rule is as dark as the pen
_STROKE = 12  # px: pieces of a rule are straight for so long at least
_THICK = 7  # px at most
_GAP = 41  # px: broken no wider, by what is written on it
_FREE = 6  # px above and below a rule where nothing is written on it
_ACROSS, _DOWN = 110, 220  # px: least length
_DRAWN = 160  # px: and of those as dark as the pen: shorter ones may be strokes between letters
_UNBROKEN = 0.85  # share of its length that has ink at least
_USUAL = 151  # px of a rule that its height is the median of
_EVEN = 0.4  # px by which its middle strays from that: feet of joined letters do by more
_TOUCH = 2  # px around a rule that are its blurred rim


@dataclass(frozen=True, eq=False)
class _Rules:
    """Of lines along one axis: the ``ink`` (H, W) bool, where they ``run`` (H, W) bool, whatever is there, and how dark they are by
    themselves there: the ``share`` (H, W) float32 of the paper's light that they take; 0 elsewhere."""

    ink: np.ndarray
    run: np.ndarray
    share: np.ndarray

    @property
    def turned(self) -> "_Rules":
        return _Rules(self.ink.T, self.run.T, self.share.T)


def rules_of(taken: np.ndarray, pen: float) -> np.ndarray:
    """The pixels (H, W) bool of lines across and down on paper from whose light ``taken`` (H, W) float32 is the share that is missing,
    and ``pen`` what strokes take; where a stroke crosses a line, or is on one that is fainter, they stay the stroke's."""
    ink, strokes = taken > _RULED * pen, taken > DARK * pen
    across = _across(taken, pen, _ACROSS)
    down = _across(taken.T, pen, _DOWN).turned
    # A pen stroke that crosses a rule has ink right above and right below it: that ink stays.
    free, reach = strokes & ~across.ink & ~down.ink, 2 * _THICK + 1
    crossed = (across.ink & closed_down(free, reach)) | (down.ink & closed_down(free.T, reach).T)
    left = (1 - across.share) * (1 - down.share)
    crossed &= 1 - left > DARK * pen
    meet = across.run & down.run
    inside = closed_down(free & ~meet, _THICK + 2) & closed_down((free & ~meet).T, _THICK + 2).T
    found = ((across.ink | down.ink) & ~crossed) | (meet & ink & ~inside)
    # Ink on ink is darker than either, where there is light left to take.
    return found & ((taken <= 1 - left * (1 - pen / 2)) | (1 - left > _AS_DARK * pen))


def _across(taken: np.ndarray, pen: float, least: int) -> _Rules:
    """Lines across that are so long at least."""
    ink, strokes = taken > _RULED * pen, taken > DARK * pen
    long = _opened(ink, _STROKE, 1)
    thin = long & ~_opened(strokes, _THICK + 1, 0)
    alone = _opened(thin & ~_shifted(ink, _FREE) & ~_shifted(ink, -_FREE), _STROKE, 1)
    # What shines through from the other page is in the first alone.
    heights = np.stack([_heights(ink), _heights(strokes)])
    usual, run, share = np.zeros_like(heights), np.zeros(ink.shape, bool), np.zeros(ink.shape, np.float32)
    # Ink that leads from one piece to another is the rule's, or an underline's that meets it: each way finds rules of its own.
    close = highest(alone, _GAP, 1, "constant")
    for joined in (close, close | _between(alone, long)):
        labels, _ = ndimage.label(joined, np.ones((3, 3)))
        labels[~alone] = 0
        for number, box in enumerate(ndimage.find_objects(labels), 1):
            if box and box[1].stop - box[1].start >= least:
                found, stray = _along_one_line(labels[box] == number)
                near = _near(found, box, ink.shape)
                if stray > _EVEN or near is None or not _is_unbroken(ink[near]):
                    continue
                dark = float(np.median((taken[near] * thin[near]).max(0)))
                if dark <= DARK * pen or box[1].stop - box[1].start >= _DRAWN:
                    high = np.median((heights[:, *near] * thin[near]).max(1), axis=1)
                    usual[:, *near] = np.maximum(usual[:, *near], high[:, None, None] + _TOUCH)
                    share[near] = np.maximum(share[near], dark)
                    run[near] = True
    # What is higher than the rule usually is has a stroke on it, or across.
    low = [
        high <= highest(of_rule, 2 * _TOUCH + 1, 0, "constant") for high, of_rule in zip(heights, usual, strict=True)
    ]
    around = highest(run, 2 * _TOUCH + 1, 0, "constant")
    return _Rules(ink & (low[0] | low[1]) & around, run, highest(share, 2 * _TOUCH + 1, 0, "constant"))


def _heights(ink: np.ndarray) -> np.ndarray:
    """(H, W) int32: how many pixels of ink stand in a row above and below each, itself among them; 0 beside the ink."""
    count = len(ink)
    rows = np.arange(count, dtype=np.int32)[:, None]
    above = np.maximum.accumulate(np.where(ink, np.int32(-1), rows), 0)
    below = np.minimum.accumulate(np.where(ink, np.int32(count), rows)[::-1], 0)[::-1]
    return np.where(ink, below - above - 1, 0)


def _between(alone: np.ndarray, long: np.ndarray) -> np.ndarray:
    """(H, W) bool: where runs of ``long`` ink lead from one of the pieces ``alone`` to another, under what is written on the rule."""
    runs, _ = ndimage.label(long, [[0, 0, 0], [1, 1, 1], [0, 0, 0]])
    led = np.zeros_like(long)
    for box in ndimage.find_objects(np.where(alone, runs, 0)):
        if box:
            led[box] = True
    return led


def _is_unbroken(ink: np.ndarray) -> bool:
    """Goes a line on whose surroundings (r, w) have this ``ink``, its ends apart?"""
    return bool(ink[:, _GAP:-_GAP].any(0).mean() >= _UNBROKEN)


def _shifted(ink: np.ndarray, rows: int) -> np.ndarray:
    """What is so many rows further down, or up."""
    moved = np.zeros_like(ink)
    moved[max(rows, 0) : len(ink) + min(rows, 0)] = ink[max(-rows, 0) : len(ink) + min(-rows, 0)]
    return moved


def _along_one_line(pieces: np.ndarray) -> tuple[np.ndarray, float]:
    """Of pieces (h, w) bool those that lie where most do, as letters on a rule have level strokes as well; and how far these stray [px]."""
    columns, y = _middle(pieces)
    usual = ndimage.median_filter(y, min(_USUAL, len(y)), mode="nearest")
    along = np.interp(np.arange(pieces.shape[1]), columns, usual)
    near = pieces & (np.abs(np.arange(pieces.shape[0])[:, None] - along) <= _TOUCH + 1)
    columns, y = _middle(near)
    usual = ndimage.median_filter(y, min(_USUAL, len(y)), mode="nearest") if len(y) else y
    return near, float(np.median(np.abs(y - usual))) if len(y) else np.inf


def _middle(pieces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The columns (n,) that have some of the pieces (h, w) bool, and the middle row (n,) of these there."""
    columns = np.flatnonzero(pieces.any(0))
    rows = np.arange(pieces.shape[0])[:, None]
    return columns, (pieces * rows).sum(0)[columns] / pieces.sum(0)[columns]


def _near(found: np.ndarray, box: tuple[slice, slice], shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray] | None:
    """Rows (r, w) and columns (w,) right above, on and below the line that pieces ``found`` in a box lie on; None where there are none.

    Where they are of a rule, ink goes on there unbroken; arcs at the foot of letters lie in a row too.
    """
    pieces, y = _middle(found)
    if not len(pieces):
        return None
    columns = np.arange(max(box[1].start - _GAP, 0), min(box[1].stop + _GAP, shape[1]))
    along = np.round(np.interp(columns, pieces + box[1].start, y + box[0].start)).astype(int)
    return np.clip(along + np.arange(-_TOUCH, _TOUCH + 1)[:, None], 0, shape[0] - 1), columns


def _opened(ink: np.ndarray, length: int, axis: int) -> np.ndarray:
    """Where ink runs along an axis for ``length`` px or more."""
    long = lowest(ink, length, axis, "constant")
    return highest(long, length - (length + 1) % 2 if length % 2 else length + 1, axis, "constant") & ink
