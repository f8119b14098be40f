"""Labels by their rank; the style sheet knows them by object name."""

from PySide6.QtWidgets import QLabel


def section(text: str) -> QLabel:
    """The title of a section."""
    return _named(text, "section")


def muted(text: str) -> QLabel:
    """Text of second rank."""
    label = _named(text, "muted")
    label.setWordWrap(True)
    return label


def _named(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label
