"""Texts onto the clipboard, and a word that they are there."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from ui.language import tr
from ui.model.text.running import first_line


def copy(text: str, tell: Callable[[str], object]) -> None:
    """Copy a text, and ``tell`` so."""
    QGuiApplication.clipboard().setText(text)
    tell(tr("Copied: {text}", text=first_line(text)))
