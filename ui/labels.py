"""Labels by their rank; the style sheet knows them by object name."""

from PySide6.QtWidgets import QLabel


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
