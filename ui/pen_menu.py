"""The menu of the pen: its colours and its widths, for what is written next and for what is selected."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from ui.language import tr
from ui.model.ink.document import Pen
from ui.model.ink.painting import pen, seen
from ui.model.ink.pens import Pens
from ui.settings import PEN_COLOUR, PEN_WIDTH, Settings
from ui.theme.theme import Theme

COLOURS = {
    "": tr("Colour of ink"),
    "#1b5fc1": tr("Blue"),
    "#b3261e": tr("Red"),
    "#14663a": tr("Green"),
    "#a04a00": tr("Brown"),
    "#6f3fa8": tr("Violet"),
}
WIDTHS = {1.5: tr("Fine"), 3.0: tr("Medium"), 5.0: tr("Broad"), 8.0: tr("Very broad")}  # px
DOT = 20  # px: of a sample


def remembered_pen(settings: Settings) -> Pen:
    """The pen of the last time."""
    colour = settings.get(PEN_COLOUR)
    return Pen(colour if colour in COLOURS else "", settings.get(PEN_WIDTH))


class PenMenu(QMenu):
    """Remembers what was chosen."""

    def __init__(self, pens: Pens, settings: Settings, theme: Theme, take: Callable[[], None], parent: QWidget) -> None:
        super().__init__(tr("Colour and w&idth of the pen"), parent)
        self._pens, self._settings, self._theme, self._take = pens, settings, theme, take
        colours, widths = QActionGroup(self), QActionGroup(self)
        self._colours = {colour: self._entry(colours, name) for colour, name in COLOURS.items()}
        self.addSeparator()
        self._widths = {width: self._entry(widths, name) for width, name in WIDTHS.items()}
        for colour, action in self._colours.items():
            action.triggered.connect(lambda _checked=False, colour=colour: self._choose(lambda: pens.colour(colour)))
        for width, action in self._widths.items():
            action.triggered.connect(lambda _checked=False, width=width: self._choose(lambda: pens.width(width)))
        for signal in (pens.changed, theme.changed):
            signal.connect(self._show_pen)
        self._show_pen()

    def _entry(self, group: QActionGroup, name: str) -> QAction:
        action = self.addAction(name)
        action.setCheckable(True)
        return group.addAction(action)

    def _choose(self, choose: Callable[[], None]) -> None:
        choose()
        self._settings.set(PEN_COLOUR, self._pens.pen.colour)
        self._settings.set(PEN_WIDTH, self._pens.pen.width)
        self._take()

    def _show_pen(self) -> None:
        now = self._pens.pen
        for colour, action in self._colours.items():
            action.setChecked(colour == now.colour)
            action.setIcon(self._sample(now._replace(colour=colour, width=DOT - 6.0), action.isChecked()))
        for width, action in self._widths.items():
            action.setChecked(width == now.width)
            action.setIcon(self._sample(now._replace(width=width), action.isChecked()))

    def _sample(self, of: Pen, chosen: bool) -> QIcon:
        """A dot of the pen, framed where it is the one in the hand."""
        palette, ratio = self._theme.palette, self.devicePixelRatioF()
        picture = QPixmap(QSize(DOT, DOT) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(pen(palette.accent, 1.5))
            painter.drawRoundedRect(QRectF(1, 1, DOT - 2, DOT - 2), 4, 4)
        painter.setPen(pen(seen(of.colour, palette), of.width))
        painter.drawPoint(QPointF(DOT / 2, DOT / 2))
        painter.end()
        return QIcon(picture)
