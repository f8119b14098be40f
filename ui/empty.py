"""What an empty sheet says to someone who sees it for the first time: one line, and something to click."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.boxes import in_column, in_row
from ui.labels import muted, text_label

WIDEST = 560  # px


class EmptyState(QWidget):
    """Lies over a sheet, centred; only its buttons take the pointer, the sheet can be written on at once."""

    def __init__(self, sheet: QWidget, line: str, hint: str, buttons: Sequence[tuple[str, Callable[[], None]]]) -> None:
        super().__init__(sheet)
        title = text_label(line)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        second = muted(hint)
        for label in (title, second):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint = second
        self._buttons = [QPushButton(text, self) for text, _ in buttons]
        for button, (_, act) in zip(self._buttons, buttons, strict=True):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, act=act: act())
        self._grid = QGridLayout()
        in_column(title, second, in_row(None, self._grid, None), of=self, spacing=10)
        sheet.installEventFilter(self)

    def eventFilter(self, sheet: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and isinstance(sheet, QWidget):
            self.place()
        return False

    def place(self) -> None:
        """Centre over the sheet; where that is narrow the buttons stand in two rows, where it is low without a hint."""
        sheet = self.parentWidget()
        if sheet is None:
            return
        width = min(sheet.width() - 24, WIDEST)
        hints = [button.sizeHint().width() + self._grid.horizontalSpacing() for button in self._buttons]
        columns = len(hints) if sum(hints) < width else 2
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        for shown in (True, False):
            self._hint.setVisible(shown)
            height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
            if height <= sheet.height():
                break
        self.setGeometry((sheet.width() - width) // 2, max((sheet.height() - height) // 2, 0), width, height)
