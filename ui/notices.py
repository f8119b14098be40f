"""The bar above the status bar where problems and offers stand until they are closed. It never takes the focus from the pen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget

from ui.boxes import in_column, in_row
from ui.help.versions import versions
from ui.labels import text_label
from ui.language import tr
from ui.problems import Offer, Problem
from ui.theme.icons import icon, pixmap
from ui.theme.theme import Theme

DETAILS_HEIGHT = 120
MARGIN = 8  # px around it


class NoticeBar(QFrame):
    """Shows one problem or offer; a new problem takes the place of an old one, an offer waits behind a problem.

    It lies over the foot of ``views``, so that nothing moves under the pointer.
    """

    def __init__(self, theme: Theme, views: QWidget) -> None:
        super().__init__(views)
        views.installEventFilter(self)
        self.setObjectName("notice")
        self._theme = theme
        self._offer: Offer | None = None
        self._problem: Problem | None = None
        self._mark = QLabel()
        self.sentence = text_label()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._choices: list[QPushButton] = []
        self.details_button = QPushButton(tr("Details"))
        self.details_button.setCheckable(True)
        self.details_button.toggled.connect(self._show_details)
        self.copy_button = QPushButton(tr("Copy details"))
        self.copy_button.clicked.connect(self._copy)
        self._close = QToolButton()
        self._close.setToolTip(tr("Close this notice"))
        self._close.setAccessibleName(tr("Close this notice"))
        self._close.clicked.connect(self.dismiss)
        self.details = QPlainTextEdit(readOnly=True)
        self.details.setAccessibleName(tr("Details of the problem"))
        self.details.setFixedHeight(DETAILS_HEIGHT)
        parts = (self._mark, (self.sentence, 1), self.copy_button, self.details_button, self._close)
        self._row = in_row(*parts, spacing=8)
        in_column(self._row, self.details, of=self, margins=(12, 6, 8, 6))
        theme.changed.connect(self._draw)
        self._refresh()

    def show_problem(self, problem: Problem) -> None:
        """Tell a problem."""
        self._problem = problem
        self._refresh()

    def show_offer(self, offer: Offer) -> None:
        """Make an offer."""
        self._offer = offer
        self._refresh()

    def dismiss(self) -> None:
        """Close the problem, or where there is none the offer."""
        if self._problem is not None:
            self._problem = None
        else:
            self._offer = None
        self._refresh()

    def forget_file(self) -> None:
        """Another file is opened: what was wrong with the last one matters no more."""
        if self._problem is not None and self._problem.of_file:
            self.dismiss()

    def eventFilter(self, views: QObject, event: QEvent) -> bool:
        """Stay at the foot."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        views = self.parentWidget()
        if views is None or self.isHidden():
            return
        width = views.width() - 2 * MARGIN
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry(MARGIN, views.height() - height - MARGIN, width, height)
        self.raise_()

    def _refresh(self) -> None:
        shown = self._problem or self._offer
        self.setVisible(shown is not None)
        self.details_button.setChecked(False)
        self._show_details(False)
        for button in self._choices:
            self._row.removeWidget(button)
            button.deleteLater()
        self._choices = []
        self._draw()
        if shown is None:
            return
        self.sentence.setText(shown.sentence)
        self.details_button.setVisible(isinstance(shown, Problem) and bool(shown.details))
        if isinstance(shown, Problem):
            self.details.setPlainText(shown.details)
        else:
            self._add_choices(shown)
        self._place()

    def _draw(self) -> None:
        """The icons, in the colours of the palette."""
        palette, ratio = self._theme.palette, self.devicePixelRatioF()
        self._close.setIcon(icon("close", palette))
        mark = pixmap("write" if self._problem is None else "warning", palette.text, round(20 * ratio))
        mark.setDevicePixelRatio(ratio)
        self._mark.setPixmap(mark)

    def _add_choices(self, offer: Offer) -> None:
        for text, act in offer.choices:
            button = QPushButton(text)

            def choose(_checked: bool = False, act: object = act) -> None:
                self._offer = None
                self._refresh()
                if callable(act):
                    act()

            button.clicked.connect(choose)
            self._row.insertWidget(self._row.count() - 3, button)
            self._choices.append(button)

    def _show_details(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self.copy_button.setVisible(shown)
        self.copy_button.setText(tr("Copy details"))
        self._place()

    def _copy(self) -> None:
        """All that whoever mends it wants to know."""
        report = (self.sentence.text(), self.details.toPlainText(), versions())
        QGuiApplication.clipboard().setText("\n".join(report))
        self.copy_button.setText(tr("Copied"))
