"""A file of a queue as pages to look at: ink becomes a picture of itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from recognizer.files import is_ink
from ui.language import tr
from ui.model.ink.export import image_of
from ui.model.opening import OpenedInk, OpenedPages, halvings, open_source

if TYPE_CHECKING:
    import numpy as np

IS_INK = tr("This is ink. To look into how it was read, open the file by itself.")


def pages_of(file: Path) -> OpenedPages:
    """The pages of a file. Raises InputError, OSError."""
    opened = open_source(file, file.name, lambda _done, _total: None)
    if not isinstance(opened, OpenedInk):
        return opened
    from recognizer.page import Page

    grey = _picture_of(opened)
    return OpenedPages(file.name, (Page(grey),), (halvings(grey),), unread=IS_INK)


def greys_of(file: Path) -> "Iterator[np.ndarray]":
    """The pages of a file as grey images (H, W) uint8, one after the other. Raises InputError, OSError."""
    if is_ink(file):
        opened = open_source(file, file.name, lambda _done, _total: None)
        assert isinstance(opened, OpenedInk)
        yield _picture_of(opened)
    else:
        from recognizer.page import each_page

        yield from (page.grey for page in each_page(file))


def _picture_of(opened: OpenedInk) -> "np.ndarray":
    return _grey(image_of(opened.content.strokes))


def _grey(image: QImage) -> "np.ndarray":
    """(H, W) uint8"""
    import numpy as np

    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()
