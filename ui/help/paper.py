"""A page of Markdown with tables and pictures, in the colours of the palette."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QTextBrowser

from ui.theme.palette import Palette
from ui.theme.theme import Theme

PICTURE_WIDTH = 760  # px; as wide as the columns of text are best read
PHOTOGRAPH_WIDTH = 560  # px at most, of pictures of the window, which stand beside a list
STEP = 40  # px in which they become smaller with the page
MARGIN = 24  # px
CELL = 4  # px between the words of a table and its lines
HEADING = 20  # px above it
LINE = 115  # %
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"


class PaperView(QTextBrowser):
    """Shows one text; links to the net are opened by the system."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._text, self._folder = theme, "", Path()
        self._room = PICTURE_WIDTH  # px that pictures may be wide
        self.setObjectName("paper")
        self.setAccessibleName(name)
        self.setOpenExternalLinks(True)
        self.document().setDocumentMargin(MARGIN)
        theme.changed.connect(self._show)

    def tell(self, markdown: str, folder: Path = Path()) -> None:
        """Show a text whose pictures lie in ``folder``."""
        self._text, self._folder = readable(markdown), folder
        self._show()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures; drawings in our colours."""
        path = self._folder / QUrl(name).toString()
        if kind != QTextDocument.ResourceType.ImageResource.value or not path.is_file():
            return super().loadResource(kind, name)
        if path.suffix == ".svg":
            return picture(path, self._theme.palette, self._room, self.devicePixelRatioF())
        return _scaled(QImage(str(path)), min(self._room, PHOTOGRAPH_WIDTH), self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are no wider than the page."""
        super().resizeEvent(event)
        room = min(max((self.viewport().width() - 2 * MARGIN) // STEP, 1) * STEP, PICTURE_WIDTH)
        if room != self._room:
            self._room = room
            self._show()

    def _show(self) -> None:
        place = self.verticalScrollBar().value()
        document = self.document()
        document.setLayoutEnabled(False)  # laid out once, and not after each step
        document.clear()
        document.setMarkdown(self._text)
        _space(document)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress(frame, self._theme.palette)
        document.setLayoutEnabled(True)
        document.pageCount()  # lays out all of it, so that the place is found again
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)


def readable(markdown: str) -> str:
    """The text as Qt understands it: it joins cells that are empty, and has dots of three kinds for lists of one."""
    filled = re.sub(r"\| *(?=\|)", "|\u00a0", markdown)
    return re.sub(r"^\* ", "- ", filled, flags=re.MULTILINE)


def _space(document: QTextDocument) -> None:
    """Room above headings, and between lines."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if form.headingLevel() > 0:
            form.setTopMargin(HEADING if block.position() else 0)
            form.setBottomMargin(HEADING / 2)
        if PICTURE not in block.text():
            form.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setNonBreakableLines(False)  # lines of programs go on below rather than out of sight
        QTextCursor(block).setBlockFormat(form)
        block = block.next()


def _dress(table: QTextTable, palette: Palette) -> None:
    """Thin lines between the rows, the head in the second colour."""
    form = table.format()
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QBrush(QColor(palette.line)))
    form.setCellPadding(CELL)
    form.setCellSpacing(0)
    form.setWidth(QTextLength(QTextLength.Type.VariableLength, 0))
    form.setTopMargin(CELL)
    form.setBottomMargin(3 * CELL)
    table.setFormat(form)
    faint = QTextCharFormat()
    faint.setForeground(QBrush(QColor(palette.muted)))
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(faint)


def picture(path: Path, palette: Palette, width: int, ratio: float) -> QImage:
    """A drawing (SVG), ``width`` px wide on a screen of ``ratio``: drawn in black on white, shown in the palette's colours."""
    source = path.read_text(encoding="utf-8")
    if "<image" not in source:  # a drawing around photographs stays as it is
        for theirs, ours in colours(palette).items():
            source = source.replace(theirs, ours)
        # Spaces: Qt knows no empty path.
        source = re.sub(r'<path id="(\S+)" transform="[^"]*"/>', r'<g id="\1"/>', source)
        source = source.replace("<svg ", f'<svg fill="{palette.text}" ', 1)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    size = renderer.defaultSize().scaled(QSize(round(width * ratio), 1 << 15), Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#ffffff" if "<image" in source else palette.paper))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _scaled(image: QImage, width: int, ratio: float) -> QImage:
    """A picture of dots, at most ``width`` px wide on a screen of ``ratio``."""
    if image.width() > width * ratio:
        image = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
    image.setDevicePixelRatio(ratio)
    return image


def colours(palette: Palette) -> dict[str, str]:
    """The colours of the study's drawings, and ours in their place."""
    return {
        "#ffffff": palette.paper,
        "#000000": palette.text,
        "#404040": palette.text,
        "#b0b0b0": palette.edge,
        "#b8b8b8": palette.edge,
        "#2a6f97": palette.accent,
        "#c9a227": palette.lit,
    }
