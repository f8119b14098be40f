"""Widgets beside each other and below each other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

# A widget perhaps with its share of the room that is left over, and where in its own it stands. None takes a share and stays
# empty, a number is so many px.
Part = QWidget | QLayout | int | tuple[QWidget, int] | tuple[QWidget, int, Qt.AlignmentFlag] | None
Margins = tuple[int, int, int, int]  # px: left, top, right, bottom

FLUSH: Margins = (0, 0, 0, 0)


def in_row(*parts: Part, of: QWidget | None = None, margins: Margins | None = None, spacing: int = -1) -> QHBoxLayout:
    """Parts from left to right, perhaps as all that is in a widget; room between and around them as the style has it by default."""
    box = QHBoxLayout(of) if of is not None else QHBoxLayout()
    _fill(box, parts, margins, spacing)
    return box


def in_column(
    *parts: Part, of: QWidget | None = None, margins: Margins | None = None, spacing: int = -1
) -> QVBoxLayout:
    """The same from top to bottom."""
    box = QVBoxLayout(of) if of is not None else QVBoxLayout()
    _fill(box, parts, margins, spacing)
    return box


def _fill(box: QBoxLayout, parts: tuple[Part, ...], margins: Margins | None, spacing: int) -> None:
    box.setSpacing(spacing)
    if margins is not None:
        box.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, tuple):
            box.addWidget(*part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
