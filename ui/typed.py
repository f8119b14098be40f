"""Keys that write something, which where one types are for the text and not for the tools that have letters as keys."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def is_typed(event: QKeyEvent) -> bool:
    """Does the key write a character that is seen?"""
    plain = event.modifiers() in (
        *(Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier),
    )
    return plain and event.text().isprintable() and bool(event.text().strip())


def takes_key(event: QEvent) -> bool:
    """Is it asked whether a key is for what has the focus, and is it one that writes?"""
    return event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_typed(event)
