"""Widgets beside each other and below each other, and how large they are in all."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

# A widget perhaps with its share of the room that is left over, and where in its own it stands. None takes a share and stays
# empty, a number is so many px.
Part = QWidget | QLayout | int | tuple[QWidget, int] | tuple[QWidget, int, Qt.AlignmentFlag] | None
Margins = tuple[int, int, int, int]  # px: left, top, right, bottom

FLUSH: Margins = (0, 0, 0, 0)
FRAME = 36  # px that the title of a window takes


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


def give_size(window: QWidget, width: int, height: int) -> None:
    """As large as it is best, as far as the screen has room for it and its frame."""
    room = window.screen().availableGeometry().size() - QSize(0, FRAME)
    window.resize(QSize(width, height).boundedTo(room))


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
