"""Ink for other programs: as InkML, or as a picture, dark on white whatever the window looks like."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QTransform
from PySide6.QtSvg import QSvgGenerator

from recognizer.errors import InputError
from ui.language import tr
from ui.model.ink.document import Content, Stroke, ink_of, truths_of
from ui.model.ink.geometry import bounds
from ui.model.ink.painting import draw_strokes
from ui.model.memory_file import MemoryFile, png_of
from ui.theme.palette import LIGHT

MARGIN = 16.0  # source px around the ink
PIXELS = 2.0  # of a picture for each of the source
MOST_PIXELS = 8192  # of a side
DPI = 96  # of the source

Encoder = Callable[[Content, float], bytes]  # from ink (one stroke at least) and the width of the pen


def encoder_of(suffix: str) -> Encoder:
    """How ink is written to files of this ending. Raises InputError for others."""
    if suffix.lower() not in ENCODERS:
        raise InputError(
            tr(
                "Ink is saved as {kinds} or {last}, not as {suffix}.",
                kinds=", ".join(list(ENCODERS)[:-1]),
                last=list(ENCODERS)[-1],
                suffix=suffix,
            )
        )
    return ENCODERS[suffix.lower()]


def image_of(strokes: tuple[Stroke, ...], pen_width: float) -> QImage:
    """The strokes on white, cut to size."""
    size = _size(strokes)
    scale = min(PIXELS, MOST_PIXELS / max(size.width(), size.height()))
    image = QImage((size * scale).toSize(), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI * scale / 0.0254))
    image.setDotsPerMeterY(round(DPI * scale / 0.0254))
    image.fill(LIGHT.paper)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, strokes, pen_width, scale)
    painter.end()
    return image


def inkml(content: Content, _pen_width: float = 0.0) -> bytes:
    """All of it, to be opened again."""
    from recognizer.ink import write_inkml

    return write_inkml(ink_of(content.strokes), truths_of(content))


def _png(content: Content, pen_width: float) -> bytes:
    return png_of(image_of(content.strokes, pen_width))


def _svg(content: Content, pen_width: float) -> bytes:
    buffer, size = MemoryFile(), _size(content.strokes)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(tr("Ink"))
    generator.setResolution(DPI)
    generator.setSize(QSize(round(size.width()), round(size.height())))
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    _paint(painter, content.strokes, pen_width, 1.0)
    painter.end()
    return buffer.bytes()


def _pdf(content: Content, pen_width: float) -> bytes:
    buffer, size = MemoryFile(), _size(content.strokes)
    writer = QPdfWriter(buffer)
    writer.setTitle(tr("Ink"))
    writer.setResolution(DPI)
    page = QPageSize(size * (72 / DPI), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    _paint(painter, content.strokes, pen_width, 1.0)
    painter.end()
    return buffer.bytes()


def print_ink(device: QPagedPaintDevice, strokes: tuple[Stroke, ...], pen_width: float) -> None:
    """On as many pages as it needs, as large as it was written, or smaller where it is wider than a page."""
    left, _top, right, _foot = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = min(device.logicalDpiX() / DPI, device.width() / max(right - left, 1.0))
    for number, page in enumerate(pages_of(strokes, device.height() / scale)):
        if number:
            device.newPage()
        top = min(stroke.box[1] for stroke in page)
        painter.setTransform(QTransform(scale, 0, 0, scale, -left * scale, -top * scale))
        draw_strokes(painter, page, LIGHT.ink, pen_width)
    painter.end()


def pages_of(strokes: tuple[Stroke, ...], height: float) -> list[list[Stroke]]:
    """Strokes from top to bottom on pages of a height; each stroke is on one page."""
    pages: list[list[Stroke]] = []
    begin = -float("inf")
    for stroke in sorted(strokes, key=lambda stroke: stroke.box[3]):
        if not pages or stroke.box[3] - begin > height:
            pages.append([])
            begin = stroke.box[1]
        pages[-1].append(stroke)
        begin = min(begin, stroke.box[1])
    return pages


ENCODERS: dict[str, Encoder] = {".inkml": inkml, ".svg": _svg, ".png": _png, ".pdf": _pdf}


def _size(strokes: tuple[Stroke, ...]) -> QSizeF:
    """Of a picture of them [source px]."""
    left, top, right, bottom = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    return QSizeF(right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)


def _paint(painter: QPainter, strokes: tuple[Stroke, ...], pen_width: float, scale: float) -> None:
    """Draw the strokes so that their picture begins at the painter's origin."""
    left, top, _right, _bottom = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    move = QTransform(scale, 0, 0, scale, (MARGIN - left) * scale, (MARGIN - top) * scale)
    painter.setTransform(move, True)
    draw_strokes(painter, strokes, LIGHT.ink, pen_width)
