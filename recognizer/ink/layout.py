"""A page of ink into lines, and what is no writing on it. Where a line falls into words is left to the reader, who knows words."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from recognizer.boxes import around
from recognizer.errors import InputError
from recognizer.ink.ink import Ink
from recognizer.ink.page_beside import bullets, hangers, of_letters, sketched, struck, underlines
from recognizer.ink.page_lines import page_trend
from recognizer.ink.page_marks import drawn, frames
from recognizer.ink.page_places import Places, places_of
from recognizer.ink.pen_path import PenPath, pen_path
from recognizer.reading_order import reading_order

MAX_STROKES, MAX_LINES = 4_000, 300  # of a page
_LEAST = 4.0  # length of the pen's path [core heights] that must be left for anything to be set aside


@dataclass(frozen=True)
class InkLayout:
    """The strokes of a page by their numbers, each in one line or aside."""

    lines: tuple[np.ndarray, ...]  # in the order of reading; the strokes of each in the order of writing
    aside: np.ndarray  # what is no writing: rules, boxes, arrows, underlines, sketches, bullets, and words crossed out


def lay_out(ink: Ink, writing: Collection[int] = ()) -> InkLayout:
    """The lines of a page, be it one word or many columns; what is ``writing`` is not set aside, whatever it looks like.

    Raises InputError for more than a page, whose lines would take minutes to be found.
    """
    if not ink.strokes:
        return InkLayout((), np.empty(0, int))
    if len(ink.strokes) > MAX_STROKES:
        raise InputError(
            f"This is more than a page: {len(ink.strokes):,} strokes. At most {MAX_STROKES:,} are read at once."
        )
    path = pen_path(ink.strokes)
    free = ~np.isin(np.arange(len(ink.strokes)), list(writing))
    round_words, drawings = frames(path) & free, drawn(path) & free
    drawings = _unless_all(path, drawings | round_words)
    path = path.levelled(*page_trend(path, ~drawings))
    places = places_of(path, drawings)
    aside = _unless_all(path, _beside(places, drawings, round_words) & free)
    if (drawings & ~aside).any():
        places = places_of(path, aside)
    line = np.where(aside, -1, places.line)
    aside = line < 0
    lines = [np.flatnonzero(line == k) for k in np.unique(line[line >= 0])]
    if len(lines) > MAX_LINES:
        raise InputError(f"This is more than a page: {len(lines):,} lines. At most {MAX_LINES:,} are read at once.")
    boxes = [around(path.boxes[k]) for k in lines]
    return InkLayout(tuple(lines[k] for k in reading_order(np.array(boxes))), np.flatnonzero(aside))


def _beside(places: Places, drawings: np.ndarray, round_words: np.ndarray) -> np.ndarray:
    """(n,) bool: the drawings, but for what is of letters, and what is no writing for where it is, beside them and lines."""
    under, over = underlines(places), struck(places)
    drawings = drawings & (~of_letters(places, drawings) | over | round_words)
    alone = drawings & ~under & ~over
    found = drawings | under | over | hangers(places, alone) | sketched(places, alone & ~round_words)
    return found | bullets(places, found)


def _unless_all(path: PenPath, aside: np.ndarray) -> np.ndarray:
    """Ink is never set aside as a whole: nothing, where no writing would be left."""
    return aside if path.length[~aside].sum() >= _LEAST else np.zeros_like(aside)
