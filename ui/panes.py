"""The three panes of the window: the sheet, the lattice aligned under it, and the answer with the details beside."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QTabWidget, QWidget

from ui.answer import AnswerPanel
from ui.boxes import FLUSH, in_column
from ui.documents.pane import QueuePane
from ui.empty import EmptyState
from ui.ink.canvas import Canvas
from ui.ink.replay import ReplayBar
from ui.inspect.arc import ArcPage
from ui.inspect.conditions import ConditionsBar
from ui.inspect.cut_editor import CutEditor
from ui.inspect.inspector import Inspector
from ui.inspect.learning import LearningPage
from ui.inspect.network import NetworkPage
from ui.inspect.page import InspectorPage
from ui.inspect.paths import PathsPage
from ui.inspect.table import TablePage
from ui.inspect.why_not import WhyNotPage
from ui.language import tr
from ui.lattice.export import write
from ui.lattice.pane import LatticePane
from ui.model.choice import possible
from ui.model.page.upright import turn_upright
from ui.model.readers import INK, PAGE
from ui.model.revision import Revision
from ui.model.viewport import Placement, Viewport, fitted
from ui.model.workbench import Workbench
from ui.navigation import Navigation
from ui.notices import NoticeBar
from ui.page.chooser import PageChooser
from ui.page.marking import Marking
from ui.page.view import PageView
from ui.samples import SampleFile, sample_of
from ui.theme.palette import LIGHT
from ui.theme.theme import Theme

SIDE_WIDTH, SIDE_LEAST, SIDE_SHARE = 340, 240, 0.34  # px, px, of the width


class Panes(QWidget):
    """Builds the views and shows those of the desk that is looked at."""

    def __init__(
        self,
        bench: Workbench,
        theme: Theme,
        samples: Sequence[SampleFile],
        choose_file: Callable[[], None],
        choose_folder: Callable[[], None],
    ) -> None:
        super().__init__()
        self._bench, self._samples = bench, samples
        ink, page = bench.desks[INK], bench.desks[PAGE]
        self.canvas = Canvas(bench.ink, bench.undo, bench.selection, bench.player, ink, theme)
        self.replay = ReplayBar(bench.player, theme)
        self.page = PageView(bench.pages, page, theme)
        self._navigations = {
            INK: Navigation(self.canvas, lambda: ink.viewport),
            PAGE: Navigation(self.page, lambda: page.viewport),
        }
        bench.documents.shown.connect(self.page.go_near)
        self.marking = Marking(self.page)
        self.marking.marked.connect(bench.documents.give_field)
        bench.pages.changed.connect(self.marking.end)
        self.revision = Revision(bench.current, bench.background)
        self._cuts = {
            INK: CutEditor(self.canvas, ink, self.revision, theme),
            PAGE: CutEditor(self.page, page, self.revision, theme),
        }
        self.lattice_pane = LatticePane(bench.current, theme, self.revision)
        self.lattice = self.lattice_pane.overview
        self.answer = AnswerPanel(bench.current, theme)
        self.answer.corrected.connect(bench.correct)
        self.answer.message.connect(bench.status)
        self.conditions = ConditionsBar(bench.current, self.revision)
        self.inspector = Inspector(bench.current, self._pages(bench, theme))
        self._empty_canvas, self._empty_page = self._empty(choose_file, choose_folder)
        self._stack = self._stacked(bench)
        self.queue = QueuePane(bench.documents, theme)
        self._below = QTabWidget(documentMode=True)
        self._below.tabBar().setDrawBase(False)
        for tabs in (self._below, self._below.tabBar()):
            tabs.setAccessibleName(tr("Queue and lattice"))
        self._below.addTab(self.queue, tr("Queue"))
        self._below.addTab(self.lattice_pane, tr("Lattice"))
        self.rows = _splitter(Qt.Orientation.Vertical, self._stack, self._below)
        self._aside = self._side()
        self._shared: tuple[Viewport, Placement] | None = None  # where things lay before the lattice was alone
        self._columns = _splitter(Qt.Orientation.Horizontal, self.rows, self._aside)
        self._columns.splitterMoved.connect(self._on_divided)
        self._side_wanted = SIDE_WIDTH
        in_column((self._columns, 1), of=self, margins=FLUSH, spacing=0)
        self.notices = NoticeBar(theme, self)
        self._order_tabs()
        self._follow(bench)

    def _pages(self, bench: Workbench, theme: Theme) -> list[tuple[str, str, InspectorPage]]:
        """Of the inspector, with their titles and what they are for."""
        current, background = bench.current, bench.background
        learning = LearningPage(current, background, self.revision)
        learning.tinted.connect(self.lattice_pane.tint)
        why_not = WhyNotPage(current, background, self.revision)
        return [
            (tr("Arc"), tr("What is known of the chosen arc"), ArcPage(current, theme)),
            (tr("Paths"), tr("The best paths through the lattice"), PathsPage(current)),
            (tr("Why not"), tr("Why it was not read as another text"), why_not),
            (tr("Learn"), tr("What training would change"), learning),
            (tr("Net"), tr("What every layer of the network answers"), NetworkPage(current, background, theme)),
            (tr("Table"), tr("The arcs of a stage as a table"), TablePage(current)),
        ]

    def _empty(
        self, choose_file: Callable[[], None], choose_folder: Callable[[], None]
    ) -> tuple[EmptyState, EmptyState]:
        """What canvas and page say while they are empty."""
        pictures = [
            (tr("Sample amount"), partial(self._open_sample, "amount")),
            (tr("Sample cheque"), partial(self._open_sample, "cheque")),
        ]
        canvas = EmptyState(
            self.canvas,
            tr("Write here"),
            tr("with the pen or the mouse: words or numbers. Or look at a sample first:"),
            [(tr("Sample of ink"), self._open_ink), *pictures],
        )
        page = EmptyState(
            self.page,
            tr("Open, drop or paste an amount, a cheque or a page of text"),
            tr("PNG, JPEG, TIFF, WebP, HEIC, BMP or PDF; a folder, or several files, become a queue."),
            [(tr("Open\u2026"), choose_file), (tr("Open folder\u2026"), choose_folder), *pictures],
        )
        return canvas, page

    def _follow(self, bench: Workbench) -> None:
        bench.current.switched.connect(self._on_kind)
        bench.ink.changed.connect(self._on_content)
        bench.pages.changed.connect(self._on_content)
        bench.documents.queue.progressed.connect(self._on_content)
        bench.problems.reported.connect(self.notices.show_problem)
        bench.offered.connect(self.notices.show_offer)
        bench.reading.lies.connect(partial(turn_upright, bench.documents, self.notices.show_offer))
        for signal in (bench.opener.started, bench.documents.queue.asked):
            signal.connect(self.notices.forget_file)
        self.lattice_pane.message.connect(bench.status)
        self._on_kind()
        self._on_content()

    def go_to_lattice(self) -> None:
        """The keys go to the lattice."""
        self.show_lattice(True)
        self._below.setCurrentWidget(self.lattice_pane)
        self.lattice_pane.view.setFocus()

    @property
    def shows_lattice(self) -> bool:
        """Is the lattice below the sheet?"""
        return self._below.isTabVisible(1)

    def show_lattice(self, shown: bool) -> None:
        """Below the sheet, or leave its room to that."""
        if shown != self.shows_lattice:
            self._below.setTabVisible(1, shown)
            self._show_below()

    @property
    def lattice_is_alone(self) -> bool:
        """Has the lattice the whole window for itself?"""
        return self._stack.isHidden()

    def toggle_lattice_alone(self) -> None:
        """The lattice has the whole window for itself and fills its width, or shares it again, all being where it was."""
        alone = not self.lattice_is_alone
        self._stack.setVisible(not alone)
        self._aside.setVisible(not alone)
        if self._shared is not None:
            viewport, placement = self._shared
            viewport.place(placement)
            self._shared = None
        if alone:
            self._shared = self._bench.desk.viewport, self._bench.desk.viewport.placement
            self.go_to_lattice()
            QTimer.singleShot(0, self._fill_width)

    def _fill_width(self) -> None:
        answer = self._bench.desk.answer
        if answer is not None and self._shared is not None:
            left, right = float(answer.lattice.cuts[0]), float(answer.lattice.cuts[-1])
            width = self.lattice_pane.view.width()
            self._bench.desk.viewport.place(fitted((left, 0.0, right, 1.0), width, width))

    def go_to_queue(self) -> None:
        """The keys go to the queue, at a row that wants a person."""
        self._bench.current.look_at(PAGE)
        self._below.setCurrentWidget(self.queue)
        self.queue.begin()

    def save_lattice(self, path: Path) -> None:
        """Write what is shown of the lattice as a drawing, in the background."""
        answer, bench = self._bench.desk.answer, self._bench
        if answer is None:
            bench.status.emit(tr("There is no lattice yet: write or open something first."))
            return
        draw = self.lattice_pane.view.drawing(answer, LIGHT)
        bench.background.ask(
            "out",
            lambda: write(path, answer, draw),
            lambda _nothing: bench.status.emit(tr("Saved as {name}", name=path.name)),
            bench.problems.report,
        )

    @property
    def cuts(self) -> CutEditor:
        """The cuts on the sheet that is looked at."""
        return self._cuts[self._bench.current.kind]

    @property
    def shows_cuts(self) -> bool:
        """Do the cuts lie on the sheet?"""
        return not self.cuts.isHidden()

    def hide_cuts(self) -> None:
        """Put the cuts away; keys that went to them go to their sheet."""
        for editor, sheet in zip(self._cuts.values(), (self.canvas, self.page), strict=True):
            if editor.hasFocus():
                sheet.setFocus()
            editor.hide()

    @property
    def desk_navigation(self) -> Navigation:
        """Zooming of the sheet that is looked at."""
        return self._navigations[self._bench.current.kind]

    def state(self) -> tuple[QByteArray, QByteArray]:
        """Where the dividers stand: columns, rows."""
        return self._columns.saveState(), self.rows.saveState()

    def restore(self, columns: QByteArray, rows: QByteArray) -> None:
        """Put the dividers back, or where they are by default."""
        if not columns.isEmpty() and self._columns.restoreState(columns):
            self._on_divided()
        if rows.isEmpty() or not self.rows.restoreState(rows):
            self.rows.setSizes([330, 330])

    def _open_ink(self) -> None:
        """Of what is read now."""
        self._open_sample(possible(self._bench.choice).reads.removesuffix("s"))

    def _open_sample(self, start: str) -> None:
        path = sample_of(self._samples, start)
        if path is not None:
            self._bench.open(path, path.name)

    def _stacked(self, bench: Workbench) -> QStackedWidget:
        stack = QStackedWidget()
        writing, documents = QWidget(), QWidget()
        in_column((self.canvas, 1), self.replay, of=writing, margins=FLUSH, spacing=0)
        in_column(PageChooser(bench.pages), (self.page, 1), of=documents, margins=FLUSH, spacing=0)
        stack.addWidget(writing)
        stack.addWidget(documents)
        return stack

    def _side(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("side")
        in_column(self.answer, self.conditions, (self.inspector, 1), of=inner, margins=(16, 14, 16, 14), spacing=18)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(inner)
        area.setMinimumWidth(SIDE_LEAST)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def showEvent(self, _event: QShowEvent) -> None:
        """Now it is known how much room there is."""
        self._share_room()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """There is more room, or less."""
        self._share_room()

    def _share_room(self) -> None:
        """The side is as wide as it was wanted to be, but takes no more than its share."""
        whole = sum(self._columns.sizes())
        side = min(self._side_wanted, max(int(SIDE_SHARE * whole), SIDE_LEAST))
        if not self.lattice_is_alone:
            self._columns.setSizes([whole - side, side])

    def _on_divided(self) -> None:
        self._side_wanted = self._columns.sizes()[1]

    def _order_tabs(self) -> None:
        """Tab goes as one reads: sheet, lattice, answer, notices."""
        pane, answer = self.lattice_pane, self.answer
        lattice = (pane.choice, pane.beam, pane.search, pane.overview, pane.stages)
        queue = (self.queue.search, self.queue.states, self.queue.flaws, self.queue.table)
        stations = (self.canvas, self.page, *queue, *lattice, answer.text, answer.copy, answer.others, self.notices)
        for before, after in pairwise(stations):
            QWidget.setTabOrder(before, after)

    def _on_kind(self) -> None:
        self._stack.setCurrentIndex(0 if self._bench.current.kind == INK else 1)
        self._show_queue()

    def _on_content(self) -> None:
        self._empty_canvas.setVisible(not self._bench.ink.strokes)
        self._empty_page.setVisible(self._bench.pages.count == 0 and self._bench.documents.current is None)
        self._show_queue()

    def _show_queue(self) -> None:
        """Before the lattice, where there is a queue."""
        queue = self._bench.documents.queue
        wanted = self._bench.current.kind == PAGE and (queue.unread or queue.total > 0)
        if wanted != self._below.isTabVisible(0):
            self._below.setTabVisible(0, wanted)
            self.queue.make_room(wanted)
            self._below.setCurrentIndex(0 if wanted else 1)
            self._show_below()

    def _show_below(self) -> None:
        tabs = [self._below.isTabVisible(tab) for tab in range(2)]
        self._below.tabBar().setVisible(all(tabs))
        self._below.setVisible(any(tabs))


def _splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1 if orientation == Qt.Orientation.Horizontal else 3)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, int(orientation == Qt.Orientation.Vertical))
    return splitter
