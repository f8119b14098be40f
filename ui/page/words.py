"""The amount of a cheque in words: what is said of it, and how its line is drawn on the page."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QTransform

from ui.language import tr
from ui.lattice.describe import percent
from ui.page.fields import draw_tagged, rectangle
from ui.theme.palette import Palette

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading


def amount_in_words(reading: "Reading") -> str:
    """What the words of a cheque say of its figures; empty where there are none."""
    words = reading.words
    if words is None:
        return ""
    if not words.text:
        return tr("The amount in words does not match the figures")
    share = percent(words.confidence)
    if words.text == reading.text:
        return tr("The words below say the same ({share})", share=share)
    return tr("The words below say {text} ({share})", text=words.text, share=share)


def draw_words(painter: QPainter, reading: "Reading", placed: QTransform, palette: Palette) -> None:
    """The line with what it says: = the figures, or something else."""
    words = reading.words
    if words is None:
        return
    agrees = words.text == reading.text
    sign = "=" if agrees else "\u2260" if words.text else "?"
    tag = f"{sign} {words.text}  {percent(words.confidence)}" if words.text else sign
    colour = palette.accepted if agrees else palette.refused if words.text else palette.edge
    draw_tagged(painter, placed.mapRect(rectangle(words.box)), tag, colour, palette)
