"""What a reader of pages read as lines and words with their places, for other programs."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from recognizer.boxes import around
from recognizer.readers.letters import SEPARATORS, Letter, letters_of
from recognizer.readers.reading import Reading
from recognizer.transcripts.transcript import Box, Line, Transcript, Word

if TYPE_CHECKING:
    from recognizer.page import Page
    from recognizer.page.text import TextLine

_BASE = 0.7  # share of the height of a line that is above its base line, where no more is known


def transcript_of(reading: Reading, page: "Page", name: str) -> Transcript:
    """A reading of the text on a page of a file ``name``."""
    return Transcript(name, page.grey, page.dpi, lines_read(reading, page))


def lines_read(reading: Reading, page: "Page") -> tuple[Line, ...]:
    """The lines of a reading of the text on a page, in the order of reading."""
    return tuple(_line(each, page) for each in reading.lines or (reading,))


def share_right(lines: Sequence[Reading]) -> float:
    """The share of the words of lines that are expected to be right."""
    words = [prod(letter.chance for letter in word) for line in lines for word in _words(letters_of(line))]
    return float(np.mean(words)) if words else 0.0


def _line(reading: Reading, page: "Page") -> Line:
    letters = letters_of(reading)
    boxes = reading.trace.segments.boxes
    box = _within(around(boxes), page)
    found = _line_at(box, page.text.lines)
    words = tuple(_word(part, boxes, found, page) for part in _words(letters))
    if found is not None:
        return Line(reading.text, reading.confidence, found.box, _base_line(found), words)
    left, top, right, foot = box
    base = round(top + _BASE * (foot - top))
    return Line(reading.text, reading.confidence, box, ((left, base), (right, base)), words)


def _words(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """The letters of each word."""
    word: list[Letter] = []
    for letter in letters:
        if letter.text in SEPARATORS:
            if word:
                yield word
            word = []
        else:
            word.append(letter)
    if word:
        yield word


def _word(letters: Sequence[Letter], boxes: np.ndarray, line: "TextLine | None", page: "Page") -> Word:
    """A word: its letters' places count as independent of each other."""
    first, last = letters[0].first, max(letters[-1].last, letters[0].first + 1)
    box = _within(around(boxes[first:last]), page)
    text = "".join(letter.text for letter in letters)
    return Word(text, prod(letter.chance for letter in letters), box if line is None else _around_ink(box, line))


def _within(box: np.ndarray, page: "Page") -> Box:
    height, width = page.grey.shape
    left, right = np.clip([np.floor(box[0]), np.ceil(box[2])], 0, width).astype(int).tolist()
    top, foot = np.clip([np.floor(box[1]), np.ceil(box[3])], 0, height).astype(int).tolist()
    return left, top, right, foot


def _line_at(box: Box, lines: "Sequence[TextLine]") -> "TextLine | None":
    """The line that shares most with a box; None where none shares the half of its own."""

    def shared(line: "TextLine") -> float:
        (left, top, right, foot), (left_too, top_too, right_too, foot_too) = box, line.box
        wide, high = min(right, right_too) - max(left, left_too), min(foot, foot_too) - max(top, top_too)
        area = (right_too - left_too) * (foot_too - top_too)
        return max(wide, 0) * max(high, 0) / area

    best = max(lines, key=shared, default=None)
    return best if best is not None and shared(best) > 0.5 else None


def _around_ink(box: Box, line: "TextLine") -> Box:
    """The part of a box that has the ink of a line; all of it where there is none."""
    x, y = line.box[:2]
    left, right = max(box[0] - x, 0), max(box[2] - x, 0)
    rows, columns = np.nonzero(line.mask[:, left:right])
    if not len(rows):
        return box
    low, high, first, last = (int(v) for v in (rows.min(), rows.max(), columns.min(), columns.max()))
    return x + left + first, y + low, x + left + last + 1, y + high + 1


def _base_line(line: "TextLine") -> tuple[tuple[int, int], ...]:
    """A few points of the base line, one about each height of the line."""
    left, top, right, foot = line.box
    count = max(2, round((right - left) / max(foot - top, 1)) + 1)
    x = np.linspace(left, right, count)
    y = np.interp(x, line.base_line[:, 0], line.base_line[:, 1])
    return tuple((round(a), round(b)) for a, b in zip(x.tolist(), y.tolist(), strict=True))
