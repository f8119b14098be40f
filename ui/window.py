"""The window: puts views and commands together. What things do is in the workbench and the views."""

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from recognizer.files import printable
from ui.actions import Actions
from ui.commands import ON_PAGE, TOOL_BAR, WITH_WORDS, Subjects, menus
from ui.desk_tools import DeskTools
from ui.files import Files
from ui.help.help import Help
from ui.ink.clipboard import settle_clipboard
from ui.language import tr
from ui.locations import SAMPLES, Locations
from ui.model.readers import INK
from ui.model.workbench import Workbench
from ui.panes import Panes
from ui.pen_menu import PenMenu, remembered_pen
from ui.problems import Offer
from ui.samples import samples_in
from ui.settings import COLUMNS, GEOMETRY, INSPECTED, LATTICE, MAX_ERROR, ROWS, RULED, Settings
from ui.status import Status
from ui.teach.teaching import Teaching
from ui.theme.theme import Theme

USUAL = 1180, 760  # px, where nobody has chosen otherwise


class Window(QMainWindow):
    """The main window."""

    def __init__(self, bench: Workbench, theme: Theme, settings: Settings, locations: Locations) -> None:
        super().__init__()
        self.bench, self._settings = bench, settings
        self._closes_anyway = False
        self.setAcceptDrops(True)
        self.setUnifiedTitleAndToolBarOnMac(True)
        self.files = Files(bench, settings, self)
        self.teaching = Teaching(bench, theme, locations.models, self, self.files.save_labelled)
        self.panes = Panes(bench, theme, samples_in(SAMPLES), self.files.choose, self.files.choose_folder)
        self.setCentralWidget(self.panes)
        self.setStatusBar(Status(bench))
        self.help = Help(self, theme, settings, lambda path: self.files.open([path]))
        self._desk_tools = DeskTools(bench, self.panes, self.files, settings)
        self._restore()
        parts = (bench, self.panes, self.files, self._desk_tools, self.teaching, self.help, theme, settings, locations)
        self.pen_menu = PenMenu(bench.pens, settings, theme, self._desk_tools.take_pen, self)
        self.actions_ = Actions(self, theme, menus(Subjects(self, *parts, self.pen_menu)))
        self.actions_.fill_tool_bar(TOOL_BAR, WITH_WORDS, {"pen": self.pen_menu})
        for view in (self.panes.queue.table, self.panes.page):
            self.actions_.context_menu(view, ON_PAGE)
        self.panes.queue.message.connect(bench.status)
        self.panes.queue.save.connect(self.files.save_results)
        for signal in (bench.opener.opened, bench.documents.queue.asked):
            signal.connect(self.help.make_way)
        self._refresh()
        for signal in (
            *(
                bench.current.switched,
                bench.pages.changed,
                bench.documents.queue.progressed,
                bench.documents.moved,
                bench.selection.changed,
                bench.leaves.changed,
            ),
            *(undo.indexChanged for undo in bench.undos.values()),
            bench.current.changed,
            self.panes.marking.turned,
            bench.file_changed,
        ):
            signal.connect(self._refresh)

    def _refresh(self) -> None:
        """What commands depend on has changed, or what the title tells."""
        self.actions_.refresh()
        bench = self.bench
        if bench.current.kind == INK:
            name = printable(bench.file.name) if bench.file is not None else tr("Untitled") if bench.ink.strokes else ""
        else:
            name = bench.pages.name
        self.setWindowTitle(f"{name.replace('[*]', '')}[*] \u2013 Inklattice" if name else "Inklattice[*]")
        self.setWindowModified(bench.current.kind == INK and not bench.is_saved)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        event.acceptProposedAction()
        self.files.take_in(event.mimeData(), tr("dropped picture"))

    def _restore(self) -> None:
        self.bench.pens.pen = remembered_pen(self._settings)
        self.panes.canvas.pen = self.bench.pens.pen
        self.panes.canvas.ruled = self._settings.get(RULED)
        self.bench.documents.max_error = self._settings.get(MAX_ERROR)
        geometry = self._settings.get(GEOMETRY)
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*USUAL)
        room = self.screen().availableGeometry()
        self.resize(self.size().boundedTo(room.size()))
        if not room.contains(self.geometry()):  # a screen is gone, or is smaller than it was
            self.move(room.center() - self.rect().center())
        self.panes.show_lattice(self._settings.get(LATTICE))
        self.panes.restore(self._settings.get(COLUMNS), self._settings.get(ROWS))
        self.panes.inspector.tabs.setCurrentIndex(self._settings.get(INSPECTED))

    def _offer_to_stay(self) -> None:
        """The ink is nowhere but here."""
        choices = ((tr("Save as\u2026"), self.files.save_ink_as), (tr("Close and lose it"), self._close_anyway))
        self.bench.offered.emit(Offer(tr("The ink could not be kept; save it elsewhere before you close."), choices))

    def _close_anyway(self) -> None:
        self._closes_anyway = True
        self.close()

    def keep(self) -> None:
        """All that was written up to now is on the disk after this."""
        self.panes.canvas.finish()
        self.bench.keeper.flush()

    def end(self) -> None:
        """Close at once, with nobody there who could be asked."""
        self.keep()
        self._close_anyway()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything; the window is gone at once, the threads end after it."""
        self.panes.canvas.finish()
        if self.bench.keeper.failing and not self._closes_anyway:
            event.ignore()
            self._offer_to_stay()
            return
        self.panes.queue.finish()
        self._settings.set(GEOMETRY, self.saveGeometry())
        columns, rows = self.panes.state()
        self._settings.set(COLUMNS, columns)
        self._settings.set(ROWS, rows)
        self._settings.set(LATTICE, self.panes.shows_lattice)
        self._settings.set(MAX_ERROR, self.bench.documents.max_error)
        self._settings.set(INSPECTED, self.panes.inspector.tabs.currentIndex())
        self._settings.flush()
        self.hide()
        settle_clipboard()
        self.teaching.close()
        self.bench.close()
        event.accept()
