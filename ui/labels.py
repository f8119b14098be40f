"""Labels by their rank, which the style sheet knows by object name; and words for those who do not see."""

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget


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
    label = QLabel(text)
    label.setObjectName(name)
    return label


def describe(widget: QWidget, words: str) -> None:
    """Have a screen reader say what a widget shows now."""
    if words != widget.accessibleDescription():
        widget.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged))
