"""The document of the canvas: an immutable row of strokes that is replaced as a whole, and says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    import numpy as np

    from recognizer.ink import Brush, Ink

WIDTHS = 0.5, 24.0  # px: the finest and the broadest that a stroke of any file is drawn


class Pen(NamedTuple):
    """What a stroke is drawn with."""

    colour: str = ""  # as #rrggbb on light paper; "" is that of ink
    width: float = 3.0  # px at full pressure


USUAL = Pen()


@dataclass(frozen=True, eq=False)
class Stroke:
    """One stroke; it is its own identity, so views may remember what they made of it."""

    points: "np.ndarray"  # (n, 3) float32: x right [px], y down [px], t [s]
    pressures: "np.ndarray | None"  # (n,) float32 in 0..1; None where the device knows none
    writing: bool = False  # says the user, so that it is read whatever it looks like
    pen: Pen = USUAL

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom [px]."""
        left, top = self.points[:, :2].min(axis=0).tolist()
        right, bottom = self.points[:, :2].max(axis=0).tolist()
        return left, top, right, bottom


Corrections = Mapping[frozenset[Stroke], str]  # what the strokes of a word say, according to the user


class Correctable(Protocol):
    """Whatever remembers what the user says of words."""

    @property
    def corrections(self) -> Corrections:
        """What was said so far."""

    def correct(self, corrections: Corrections) -> None:
        """It is this from now on."""


class Content(NamedTuple):
    """All of a document at one moment; immutable, so that any thread may write it to a file."""

    strokes: tuple[Stroke, ...] = ()
    corrections: Corrections = MappingProxyType({})


class InkDocument(QObject):
    """The strokes that are on the canvas, and what the user says that some of them write."""

    changed = Signal()
    corrected = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: tuple[Stroke, ...] = ()
        self._corrections: Corrections = {}

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """In the order of writing."""
        return self._strokes

    @property
    def content(self) -> Content:
        """All that is to be kept."""
        return Content(self._strokes, self._corrections)

    def replace(self, strokes: tuple[Stroke, ...]) -> None:
        """Put other strokes in place of all; only commands call this."""
        self._strokes = strokes
        self.changed.emit()

    @property
    def corrections(self) -> Corrections:
        """The text of words, by their strokes; of words that are no longer there too, as they may come back."""
        return self._corrections

    def correct(self, corrections: Corrections) -> None:
        """Put other corrections in place of all; only commands call this."""
        if corrections != self._corrections:
            self._corrections = corrections
            self.corrected.emit()


def ink_of(strokes: tuple[Stroke, ...]) -> "Ink":
    """What the recogniser reads; a device without pressure among others counts as half pressed."""
    import numpy as np

    from recognizer.ink import Ink

    if all(stroke.pressures is None for stroke in strokes):
        return Ink(tuple(stroke.points for stroke in strokes), None)
    known = (
        np.full(len(stroke.points), 0.5, np.float32) if stroke.pressures is None else stroke.pressures
        for stroke in strokes
    )
    return Ink(tuple(stroke.points for stroke in strokes), tuple(known))


def lines_of(strokes: tuple[Stroke, ...]) -> tuple[tuple[Stroke, ...], ...]:
    """The lines of a page in the order of reading; the strokes of each in the order of writing. What is no writing is in none."""
    from recognizer.ink.layout import lay_out

    layout = lay_out(ink_of(strokes), writing=[index for index, stroke in enumerate(strokes) if stroke.writing])
    return tuple(tuple(strokes[index] for index in line.tolist()) for line in layout.lines)


def is_insisted(line: tuple[Stroke, ...]) -> bool:
    """Does the user say that all of a line is writing?"""
    return all(stroke.writing for stroke in line)


def truths_of(content: Content) -> dict[frozenset[int], str]:
    """The corrections of words whose strokes are all there, by the strokes' indices."""
    index = {stroke: k for k, stroke in enumerate(content.strokes)}
    return {
        frozenset(index[stroke] for stroke in word): text
        for word, text in content.corrections.items()
        if word and all(stroke in index for stroke in word)
    }


def content_of(ink: "Ink", truths: Mapping[frozenset[int], str], brushes: "Sequence[Brush]") -> Content:
    """An ink that was opened, with what was said about its strokes."""
    strokes = strokes_of(ink, brushes)
    return Content(strokes, {frozenset(strokes[k] for k in word): text for word, text in truths.items()})


def strokes_of(ink: "Ink", brushes: "Sequence[Brush]" = ()) -> tuple[Stroke, ...]:
    """The strokes of an ink that was opened, in the usual pen where no ``brushes`` are told."""
    pressures = ink.pressures if ink.pressures is not None else (None,) * len(ink.strokes)
    pens = [_pen_of(brush) for brush in brushes] or [USUAL] * len(ink.strokes)
    return tuple(
        Stroke(points, pressure, pen=pen) for points, pressure, pen in zip(ink.strokes, pressures, pens, strict=True)
    )


def _pen_of(brush: "Brush") -> Pen:
    width = USUAL.width if brush.width is None else min(max(brush.width, WIDTHS[0]), WIDTHS[1])
    black = brush.colour in (None, "#000000")  # which is what other programs call the colour of ink
    return Pen(USUAL.colour if black else brush.colour or "", width)


def brushes_of(strokes: Sequence[Stroke]) -> "list[Brush]":
    """The pens of strokes as a file tells them; nothing of the usual one."""
    from recognizer.ink import Brush

    return [Brush() if s.pen == USUAL else Brush(s.pen.colour or None, s.pen.width) for s in strokes]
