"""The drawing of a lattice as a file: the ink, and below it what is shown of the lattice, whole and in light colours."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from recognizer.files import write_file
from ui.language import tr
from ui.lattice.area import Drawing
from ui.model.answer import Answer
from ui.model.memory_file import MemoryFile, png_of
from ui.model.viewport import Placement
from ui.theme.palette import LIGHT

KINDS = (tr("SVG drawing (*.svg)"), tr("PDF document (*.pdf)"), tr("PNG picture (*.png)"))
MARGIN = 40.0  # px
PITCH, WIDTHS = 44.0, (900.0, 12_000.0)  # px from cut to cut, and of the whole drawing
INK_HEIGHT = 320.0  # most
LATTICE_HEIGHT = 480.0
SHARP = 2  # pixels of a PNG for one of the drawing
DOTS = 96  # px of the drawing in an inch of paper


def write(path: Path, answer: Answer, draw: Drawing) -> None:
    """Write what ``draw`` draws, under its ink. The ending of the name says how. Raises InputError, OSError."""
    placed, ink_height, width = _placement(answer)
    height = ink_height + LATTICE_HEIGHT
    device, file = _device(path, tr("Lattice of {text}", text=answer.reading.text), width, height)
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(device.width() / width, device.height() / height)
    painter.fillRect(QRectF(0, 0, width, height), QColor(LIGHT.paper))
    _draw_ink(painter, answer, placed)
    painter.translate(0, ink_height)
    draw(painter, Placement(placed.scale, placed.left, 0.0), width, LATTICE_HEIGHT)
    painter.end()
    write_file(path, png_of(device) if isinstance(device, QImage) else file.bytes())


def _placement(answer: Answer) -> tuple[Placement, float, float]:
    """Where the source stands, the height of its part of the drawing, and the width of all."""
    lattice = answer.lattice
    left, right = float(lattice.cuts[0]), float(lattice.cuts[-1])
    top, bottom = float(lattice.boxes[:, 1].min()), float(lattice.boxes[:, 3].max())
    width = min(max(PITCH * (len(lattice.cuts) - 1), WIDTHS[0]), WIDTHS[1])
    scale = min((width - 2 * MARGIN) / max(right - left, 1.0), INK_HEIGHT / max(bottom - top, 1.0))
    start = (width - (right - left) * scale) / 2 - left * scale
    return Placement(scale, start, MARGIN - top * scale), (bottom - top) * scale + 2 * MARGIN, width


def _device(path: Path, title: str, width: float, height: float) -> tuple[QPaintDevice, MemoryFile]:
    """What to draw on, and what a drawing is written into meanwhile; a picture is still to be encoded."""
    file = MemoryFile()
    if path.suffix == ".svg":
        svg = QSvgGenerator()
        svg.setOutputDevice(file)
        svg.setTitle(title)
        svg.setSize(QSize(round(width), round(height)))
        svg.setViewBox(QRectF(0, 0, round(width), round(height)))
        return svg, file
    if path.suffix == ".pdf":
        pdf = QPdfWriter(file)
        pdf.setTitle(title)
        points = QSizeF(width, height) * (72 / DOTS)
        pdf.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
        pdf.setPageMargins(QMarginsF())
        return pdf, file
    picture = QImage(round(width * SHARP), round(height * SHARP), QImage.Format.Format_RGB32)
    picture.setText("Title", title)
    return picture, file


def _draw_ink(painter: QPainter, answer: Answer, placed: Placement) -> None:
    painter.save()
    painter.translate(placed.left, placed.top)
    painter.scale(placed.scale, placed.scale)
    for arc in answer.lattice.best:
        answer.ink.draw(painter, int(answer.lattice.first[arc]), int(answer.lattice.last[arc]), LIGHT.ink)
    painter.restore()
