"""Labels by their rank, which the style sheet knows by object name; and words for those who do not see.

Text from files is text: what stands in labels, tool tips and menus is made here, so that no name is taken for markup.
"""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from recognizer.files import printable


def text_label(text: str = "") -> QLabel:
    """A label that shows its text as it is."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def tip(text: str) -> str:
    """A tool tip, which Qt would guess to be markup or not, that shows a text as it is."""
    return f"<qt>{escape(printable(text))}</qt>" if text else ""


def entry(text: str) -> str:
    """A name as an entry of a menu, in which an ampersand marks no key."""
    return printable(text).replace("&", "&&")


def section(text: str) -> QLabel:
    """The title of a section."""
    return _named(text, "section")


def muted(text: str) -> QLabel:
    """A paragraph of second rank."""
    label = caption(text)
    label.setWordWrap(True)
    return label


def caption(text: str) -> QLabel:
    """A few words of second rank in one line."""
    return _named(text, "muted")


def _named(text: str, name: str) -> QLabel:
    label = text_label(text)
    label.setObjectName(name)
    return label


def describe(widget: QWidget, words: str) -> None:
    """Have a screen reader say what a widget shows now."""
    if words != widget.accessibleDescription():
        widget.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged))
