"""A page of ink into lines, and what is no writing on it. Where a line falls into words is left to the reader, who knows words."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from recognizer.boxes import around
from recognizer.errors import NothingToRead
from recognizer.ink.ink import Ink
from recognizer.ink.page_beside import bullets, hangers, of_letters, sketched, struck, underlines
from recognizer.ink.page_lines import page_trend
from recognizer.ink.page_marks import drawn, frames, hatched
from recognizer.ink.page_places import Places, places_of
from recognizer.ink.pen_path import PenPath, pen_path
from recognizer.reading_order import reading_order

_LEAST = 4.0  # length of the pen's path [core heights] that must be left for anything to be set aside


@dataclass(frozen=True)
class InkLayout:
    """The strokes of a page by their numbers, each in one line or aside."""

    lines: tuple[np.ndarray, ...]  # in the order of reading; the strokes of each in the order of writing
    aside: (
        np.ndarray
    )  # what is no writing: rules, boxes, arrows, underlines, sketches, hatching, bullets, and words crossed out


def lay_out(ink: Ink, writing: Collection[int] = ()) -> InkLayout:
    """The lines of a page, be it one word or many columns; what is ``writing`` is not set aside, whatever it looks like.

    Raises InputError for more than a page, and NothingToRead where all is hatching.
    """
    strokes = np.arange(len(ink.strokes))
    free = ~np.isin(strokes, list(writing))
    while len(strokes):
        path = pen_path([ink.strokes[k] for k in strokes])
        hatching = hatched(path) & free[strokes]
        if not hatching.any():
            break
        strokes = strokes[~hatching]  # which are of another size
    if not len(strokes):
        if ink.strokes:
            raise NothingToRead("Nothing here looks like writing that can be read.")
        return InkLayout((), strokes)
    lines = [strokes[line] for line in _lines_of(path, free[strokes])]
    return InkLayout(tuple(lines), np.setdiff1d(np.arange(len(ink.strokes)), np.concatenate(lines)))


def _lines_of(path: PenPath, free: np.ndarray) -> list[np.ndarray]:
    """The strokes of each line, in the order of reading; those that are ``free`` (n,) may be in none."""
    round_words, drawings = frames(path) & free, drawn(path) & free
    drawings = _unless_all(path, drawings | round_words)
    path = path.levelled(*page_trend(path, ~drawings))
    places = places_of(path, drawings)
    aside = _unless_all(path, _beside(places, drawings, round_words) & free)
    if (drawings & ~aside).any():
        places = places_of(path, aside)
    line = np.where(aside, -1, places.line)
    lines = [np.flatnonzero(line == k) for k in np.unique(line[line >= 0])]
    boxes = [around(path.boxes[k]) for k in lines]
    return [lines[k] for k in reading_order(np.array(boxes))]


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
