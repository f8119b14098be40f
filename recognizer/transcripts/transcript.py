"""What was read of one page: lines and words, and where they stand."""

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the window knows what is doubtful before anything heavy is imported
    import numpy as np

DOUBT = 0.8  # a word whose confidence is lower is doubtful
Box = tuple[int, int, int, int]  # left, top, right, foot [px of the page]


@dataclass(frozen=True)
class Word:
    """A word: its ``confidence`` estimates P(text | its ink)."""

    text: str
    confidence: float
    box: Box

    @property
    def doubtful(self) -> bool:
        """Should somebody look here?"""
        return self.confidence < DOUBT


@dataclass(frozen=True)
class Line:
    """A line: its words and ``base_line``, points x, y from left to right [px of the page], two or more."""

    text: str
    confidence: float
    box: Box
    base_line: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, eq=False)
class Transcript:
    """What was read of a page ``grey`` (H, W) uint8 of a file ``name``; ``lines`` in the order of reading. ``dpi`` None: unknown."""

    name: str
    grey: "np.ndarray"
    dpi: float | None
    lines: tuple[Line, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height [px]."""
        return self.grey.shape[1], self.grey.shape[0]

    @property
    def box(self) -> Box:
        """The box around the lines; an empty one where there are none."""
        if not self.lines:
            return 0, 0, 0, 0
        left, top, right, foot = zip(*(line.box for line in self.lines), strict=True)
        return min(left), min(top), max(right), max(foot)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in the order of reading."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float:
        """The share of the words that are expected to be right."""
        return fmean(word.confidence for word in self.words) if self.words else 0.0

    def as_json(self) -> dict[str, Any]:
        """As JSON has it: the confidence, whether nothing is doubtful, and the lines: text, confidence, box and words likewise, of
        which it tells whether they are doubtful."""
        return {
            "confidence": self.confidence,
            "accepted": not any(word.doubtful for word in self.words),
            "lines": [
                {**_as_json(line), "words": [_as_json(word) | {"doubtful": word.doubtful} for word in line.words]}
                for line in self.lines
            ],
        }


def _as_json(part: Line | Word) -> dict[str, Any]:
    return {"text": part.text, "confidence": part.confidence, "box": list(part.box)}
