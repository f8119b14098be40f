"""Ink for other programs: as InkML, or as a picture, dark on white whatever the window looks like."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QTransform
from PySide6.QtSvg import QSvgGenerator

from recognizer.errors import InputError
from ui.language import tr
from ui.model.ink.document import Content, Stroke, brushes_of, ink_of, truths_of
from ui.model.ink.geometry import bounds
from ui.model.ink.leaves import HEIGHT, leaves_of
from ui.model.ink.painting import colour_of, draw_strokes
from ui.model.memory_file import MemoryFile, png_of
from ui.theme.palette import LIGHT

MARGIN = 16.0  # source px around the ink
PIXELS = 2.0  # of a picture for each of the source
MOST_PIXELS = 8192  # of a side
DPI = 96  # of the source

Encoder = Callable[[Content], bytes]  # from ink, one stroke at least


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


def image_of(strokes: Sequence[Stroke]) -> QImage:
    """The strokes on white, cut to size."""
    size = _size(strokes)
    scale = min(PIXELS, MOST_PIXELS / max(size.width(), size.height()))
    image = QImage((size * scale).toSize(), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI * scale / 0.0254))
    image.setDotsPerMeterY(round(DPI * scale / 0.0254))
    image.fill(LIGHT.paper)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, strokes, scale)
    painter.end()
    return image


def inkml(content: Content) -> bytes:
    """All of it, to be opened again."""
    from recognizer.ink import write_inkml

    return write_inkml(ink_of(content.strokes), truths_of(content), brushes_of(content.strokes))


def _png(content: Content) -> bytes:
    return png_of(image_of(content.strokes))


def _svg(content: Content) -> bytes:
    buffer, size = MemoryFile(), _size(content.strokes)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(tr("Ink"))
    generator.setResolution(DPI)
    generator.setSize(QSize(round(size.width()), round(size.height())))
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    _paint(painter, content.strokes, 1.0)
    painter.end()
    return buffer.bytes()


def _pdf(content: Content) -> bytes:
    """A page of the size of its ink for each page that is written on."""
    buffer = MemoryFile()
    writer = QPdfWriter(buffer)
    writer.setTitle(tr("Ink"))
    writer.setResolution(DPI)
    painter = QPainter()
    for number, leaf in enumerate(leaves_of(content.strokes).values()):
        page = QPageSize(_size(leaf) * (72 / DPI), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        if number:
            writer.newPage()
        else:
            painter.begin(writer)
        painter.resetTransform()
        _paint(painter, leaf, 1.0)
    painter.end()
    return buffer.bytes()


def print_ink(device: QPagedPaintDevice, strokes: Sequence[Stroke]) -> None:
    """Every page that is written on, as large as it was written, or smaller where the printer's is smaller."""
    left, _top, right, _foot = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, (leaf, written) in enumerate(leaves_of(strokes).items()):
        if number:
            device.newPage()
        _left, top, _right, foot = bounds(written) or (0.0, 0.0, 0.0, 0.0)
        top, foot = min(top, leaf * HEIGHT), max(foot, (leaf + 1) * HEIGHT)
        scale = min(device.logicalDpiX() / DPI, device.width() / max(right - left, 1.0), device.height() / (foot - top))
        painter.setTransform(QTransform(scale, 0, 0, scale, -left * scale, -top * scale))
        draw_strokes(painter, written, colour_of(LIGHT))
    painter.end()


ENCODERS: dict[str, Encoder] = {".inkml": inkml, ".svg": _svg, ".png": _png, ".pdf": _pdf}


def _size(strokes: Sequence[Stroke]) -> QSizeF:
    """Of a picture of them [source px]."""
    left, top, right, bottom = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    return QSizeF(right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)


def _paint(painter: QPainter, strokes: Sequence[Stroke], scale: float) -> None:
    """Draw the strokes so that their picture begins at the painter's origin."""
    left, top, _right, _bottom = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    move = QTransform(scale, 0, 0, scale, (MARGIN - left) * scale, (MARGIN - top) * scale)
    painter.setTransform(move, True)
    draw_strokes(painter, strokes, colour_of(LIGHT))
