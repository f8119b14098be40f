"""The three panes of the window: the sheet, the lattice aligned under it, and the answer with the details beside."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.answer import AnswerPanel
from ui.choice import possible
from ui.empty import EmptyState
from ui.ink.canvas import Canvas
from ui.ink.replay import ReplayBar
from ui.lattice.details import Details
from ui.lattice.view import LatticeView
from ui.navigation import Navigation
from ui.notices import NoticeBar
from ui.page.chooser import PageChooser
from ui.page.view import PageView
from ui.readers import INK, PAGE
from ui.samples import Sample
from ui.theme.theme import Theme
from ui.workbench import Workbench

SIDE_WIDTH = 300
SAMPLE_WORDS = {True: "Sample of ink", False: "Sample picture"}


class Panes(QWidget):
    """Builds the views and shows those of the desk that is looked at."""

    def __init__(
        self, bench: Workbench, theme: Theme, samples: Sequence[Sample], choose_file: Callable[[], None]
    ) -> None:
        super().__init__()
        self._bench, self._samples = bench, samples
        ink, page = bench.desks[INK], bench.desks[PAGE]
        self.notices = NoticeBar(theme)
        self.canvas = Canvas(bench.ink, bench.undo, bench.selection, bench.player, ink, theme)
        self.replay = ReplayBar(bench.player, theme)
        self.page = PageView(bench.pages, page, theme)
        self._navigations = {
            INK: Navigation(self.canvas, ink.viewport),
            PAGE: Navigation(self.page, page.viewport),
        }
        self.lattice = LatticeView(bench.desk, theme)
        self.answer = AnswerPanel(bench.desk, theme)
        self.answer.corrected.connect(bench.correct)
        self.details = Details(bench.desk, theme)
        self._empty_canvas = EmptyState(
            self.canvas,
            "Write here",
            "with the pen or the mouse: words or numbers. Or look at a sample first:",
            self._sample_buttons(is_ink=True),
        )
        self._empty_page = EmptyState(
            self.page,
            "Open, drop or paste a picture of an amount",
            "PNG, JPEG, TIFF or PDF; an amount as written on a cheque.",
            [("Open\u2026", choose_file), *self._sample_buttons(is_ink=False)],
        )
        self._stack = self._stacked(bench)
        self._rows = _splitter(Qt.Orientation.Vertical, self._stack, self.lattice)
        self._columns = _splitter(Qt.Orientation.Horizontal, self._rows, self._side())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._columns, 1)
        outer.addWidget(self.notices)  # at the bottom, so that no notice moves the sheet under the pen
        self._order_tabs()
        bench.kind_changed.connect(self._on_kind)
        bench.ink.changed.connect(self._on_content)
        bench.pages.changed.connect(self._on_content)
        bench.problems.reported.connect(self.notices.show_problem)
        bench.offered.connect(self.notices.show_offer)
        self._on_kind()
        self._on_content()

    @property
    def sheet_navigation(self) -> Navigation:
        """Zooming of the sheet that is looked at."""
        return self._navigations[self._bench.kind]

    def state(self) -> tuple[QByteArray, QByteArray]:
        """Where the dividers stand: columns, rows."""
        return self._columns.saveState(), self._rows.saveState()

    def restore(self, columns: QByteArray, rows: QByteArray) -> None:
        """Put the dividers back, or where they are by default."""
        if columns.isEmpty() or not self._columns.restoreState(columns):
            self._columns.setSizes([1180 - SIDE_WIDTH, SIDE_WIDTH])
        if rows.isEmpty() or not self._rows.restoreState(rows):
            self._rows.setSizes([330, 330])

    def _sample_buttons(self, is_ink: bool) -> list[tuple[str, Callable[[], None]]]:
        return [
            (words, partial(self._open_sample, kind))
            for kind, words in ((is_ink, SAMPLE_WORDS[is_ink]), (not is_ink, SAMPLE_WORDS[not is_ink]))
            if any(sample.is_ink is kind for sample in self._samples)
        ]

    def _open_sample(self, is_ink: bool) -> None:
        """Of ink, one of what is read now, if there is one."""
        wanted = possible(self._bench.choice).reads.removesuffix("s")
        samples = [sample for sample in self._samples if sample.is_ink is is_ink]
        best = next((sample for sample in samples if sample.title.startswith(wanted)), samples[0])
        self._bench.open(best.path, best.path.name)

    def _stacked(self, bench: Workbench) -> QStackedWidget:
        stack = QStackedWidget()
        writing = QWidget()
        rows = QVBoxLayout(writing)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.canvas, 1)
        rows.addWidget(self.replay)
        stack.addWidget(writing)
        documents = QWidget()
        column = QVBoxLayout(documents)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageChooser(bench.pages))
        column.addWidget(self.page, 1)
        stack.addWidget(documents)
        return stack

    def _side(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("side")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(18)
        column.addWidget(self.answer)
        column.addWidget(self.details, 1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(inner)
        area.setMinimumWidth(240)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _order_tabs(self) -> None:
        """Tab goes as one reads: sheet, lattice, answer, notices."""
        stations = (
            self.canvas,
            self.page,
            self.lattice,
            self.answer.text,
            self.answer.copy,
            self.answer.others,
            self.notices,
        )
        for before, after in pairwise(stations):
            QWidget.setTabOrder(before, after)

    def _on_kind(self) -> None:
        self._stack.setCurrentIndex(0 if self._bench.kind == INK else 1)
        for view in (self.lattice, self.answer, self.details):
            view.show_desk(self._bench.desk)

    def _on_content(self) -> None:
        self._empty_canvas.setVisible(not self._bench.ink.strokes)
        self._empty_page.setVisible(self._bench.pages.count == 0)


def _splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1 if orientation == Qt.Orientation.Horizontal else 3)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, int(orientation == Qt.Orientation.Vertical))
    return splitter
