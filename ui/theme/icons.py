"""Icons: small SVG files drawn in one colour, which is replaced by the palette's."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.locations import RESOURCES
from ui.theme.palette import Palette, mixed

FOLDER = RESOURCES / "icons"
SIZES = (24, 48)  # px; the larger one serves screens at 200 %


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The icon as a square of ``size`` pixels in one colour (#rrggbb)."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    source = _source(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, palette: Palette) -> QIcon:
    """The icon in the palette's text colour, fainter where disabled."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(pixmap(name, palette.text, size))
        made.addPixmap(pixmap(name, mixed(palette.muted, palette.window, 0.5), size), QIcon.Mode.Disabled)
    return made
