"""The bar that turns the pages of a document with several."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QToolButton, QWidget

from ui.boxes import in_row
from ui.labels import text_label
from ui.language import tr
from ui.model.page.document import PageDocument


class PageChooser(QWidget):
    """Previous, number, next; hidden where there is at most one page."""

    def __init__(self, document: PageDocument) -> None:
        super().__init__()
        self._document = document
        self._previous = self._button(Qt.ArrowType.LeftArrow, tr("Previous page"), -1)
        self._next = self._button(Qt.ArrowType.RightArrow, tr("Next page"), 1)
        self._number = QSpinBox()
        self._number.setAccessibleName(tr("Page number"))
        self._number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self._number.setMinimumSize(52, 28)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._number.valueChanged.connect(lambda number: document.turn_to(number - 1))
        self._count = text_label()
        self._what = text_label()
        chosen = (self._what, self._previous, self._number, self._count, self._next)
        in_row(*chosen, None, of=self, margins=(8, 4, 8, 4))
        document.changed.connect(self._refresh)
        self._refresh()

    def _button(self, arrow: Qt.ArrowType, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setArrowType(arrow)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self._document.turn_to(self._document.index + step))
        return button

    def _refresh(self) -> None:
        index, count = self._document.index, self._document.count
        self.setVisible(count > 1)
        page = self._document.page
        cheques = page is not None and page.cheque is not None and page.cheque[1] == count
        self._what.setText(tr("Cheque") if cheques else tr("Page"))
        self._number.blockSignals(True)
        self._number.setRange(1, max(count, 1))
        self._number.setValue(index + 1)
        self._number.blockSignals(False)
        self._count.setText(tr("of {count}", count=count))
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < count)
