"""The window: puts the views of a workbench beside each other. What things do is in the workbench and the views."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QToolButton

from ui.actions import MENUS, TOOLS, Actions
from ui.help.help import Help
from ui.ink.canvas import Tool
from ui.ink.clipboard import InkMime, beside, centred, strokes_in
from ui.kept_menu import KeptMenu
from ui.language import tr
from ui.language_menu import LanguageMenu
from ui.lattice.export import KINDS
from ui.model.ink.geometry import bounds
from ui.model.opening import png_of
from ui.model.readers import INK, PAGE
from ui.model.viewport import Placement, fitted
from ui.model.workbench import Workbench
from ui.page.fields import following
from ui.panes import Panes
from ui.places import SAMPLES, Places
from ui.problems import Offer
from ui.reading_menu import ReadingMenu
from ui.recent import RecentMenu, remember
from ui.samples import samples_in
from ui.settings import APPEARANCE, COLUMNS, FOLDER, GEOMETRY, INSPECTED, MAX_ERROR, PEN_WIDTH, ROWS, RULED, Settings
from ui.status import Status
from ui.teach.teaching import Teaching
from ui.theme.theme import Appearance, Theme

OPENED = tr("Pictures, documents and ink (*.png *.jpg *.jpeg *.tif *.tiff *.pdf *.inkml *.xml);;All files (*)")
SAVED = "InkML (*.inkml);;SVG (*.svg);;PNG (*.png);;PDF (*.pdf)"
RESULTS = "CSV (*.csv);;JSON (*.json)"
ZOOM = 1.25


class Window(QMainWindow):
    """The main window."""

    def __init__(self, bench: Workbench, theme: Theme, settings: Settings, places: Places) -> None:
        super().__init__()
        self.bench, self._theme, self._settings, self._places = bench, theme, settings, places
        self._closes_anyway = False
        self.teaching = Teaching(bench, theme, places.models, self, self._choose_where_to_save_lessons)
        self.setWindowTitle("Inklattice")
        self.setAcceptDrops(True)
        self.setUnifiedTitleAndToolBarOnMac(True)
        self.actions_ = Actions(self, theme.palette)
        self.panes = Panes(bench, theme, samples_in(SAMPLES), self._choose_file, self._choose_folder)
        self.setCentralWidget(self.panes)
        self.setStatusBar(Status(bench))
        self._fill_menus()
        self._add_reading_menu()
        self._fill_tools()
        self.help = Help(self, theme, settings, lambda path: self.open_paths([path]))
        self._connect()
        self._restore()
        self._on_kind()
        self._on_ink()

    def open_paths(self, paths: list[Path]) -> None:
        """Open a file; several, or a folder, are read one after the other in the background."""
        if len(paths) == 1 and paths[0].parent != SAMPLES:
            remember(self._settings, paths[0])
        if len(paths) == 1 and not paths[0].is_dir():
            self.bench.open(paths[0], paths[0].name)
        elif paths:
            self.bench.open_many(paths)

    def _fill_menus(self) -> None:
        for title, names in MENUS:
            menu = self.menuBar().addMenu(title)
            for name in names:
                if name == "-":
                    menu.addSeparator()
                elif name == "samples":
                    self._fill_samples(menu.addMenu(tr("S&amples")))
                elif name == "recent":
                    self.recent = RecentMenu(self._settings, self.bench.background, menu)
                    self.recent.chosen.connect(lambda path: self.open_paths([path]))
                    menu.addMenu(self.recent)
                elif name == "languages":
                    menu.addMenu(LanguageMenu(self._settings, self.bench.offered.emit, menu))
                elif name == "kept":
                    menu.addMenu(KeptMenu(self.bench, menu))
                else:
                    menu.addAction(self.actions_[name])

    def _add_reading_menu(self) -> None:
        """Before the last one, which is help by convention."""
        menu = ReadingMenu(self.bench, self._settings, self._places, self.teaching, self)
        self.menuBar().insertMenu(self.menuBar().actions()[-1], menu)

    def _fill_samples(self, menu: QMenu) -> None:
        samples = samples_in(SAMPLES)
        for sample in samples:
            action = menu.addAction(sample.title)
            action.triggered.connect(lambda _checked=False, path=sample.path: self.open_paths([path]))
        menu.setEnabled(bool(samples))

    def _fill_tools(self) -> None:
        bar = self.addToolBar(tr("Tools"))
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in TOOLS:
            if name == "-":
                bar.addSeparator()
                continue
            bar.addAction(self.actions_[name])
            button = bar.widgetForAction(self.actions_[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self.actions_[name].text().replace("&", "").rstrip("\u2026"))
            if name in (INK, PAGE):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)  # type: ignore[attr-defined]

        for more in bar.findChildren(QToolButton, "qt_toolbar_ext_button"):  # where the window is too narrow for all
            more.setAccessibleName(tr("More tools"))
            more.setToolTip(tr("More tools"))
            more.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _connect(self) -> None:
        bench, panes = self.bench, self.panes
        self.actions_.connect(
            {
                "open": self._choose_file,
                "open_folder": self._choose_folder,
                "save_results": self._choose_where_to_save_results,
                "save_lessons": self._choose_where_to_save_lessons,
                "clear_queue": self._offer_to_clear,
                "save": self._choose_where_to_save,
                "save_lattice": self._choose_where_to_save_lattice,
                "quit": self.close,
                "undo": lambda: bench.undos[bench.current.kind].undo(),
                "redo": lambda: bench.undos[bench.current.kind].redo(),
                "copy": self._copy,
                "copy_ink": self._copy_ink,
                "paste": self._paste,
                "select_all": self._select_all,
                "duplicate": lambda: bench.insert(beside(bench.selection.in_order), "duplicate"),
                "delete": panes.canvas.delete_selected,
                "clear": bench.clear,
                "pen": lambda: self._take(Tool.PEN),
                "eraser": lambda: self._take(Tool.ERASER),
                "lasso": lambda: self._take(Tool.LASSO),
                "lattice_alone": lambda: panes.show_lattice_alone(self.actions_["lattice_alone"].isChecked()),
                "cuts": self._cut,
                "ruled": self._rule,
                "replay": bench.player.play,
                "ink": lambda: bench.current.look_at(INK),
                "page": lambda: bench.current.look_at(PAGE),
                "mark": self._mark,
                "next_field": self._take_next_field,
                "find_field": lambda: bench.documents.give_field(None),
                "zoom_in": lambda: panes.sheet_navigation.zoom(ZOOM),
                "zoom_out": lambda: panes.sheet_navigation.zoom(1 / ZOOM),
                "actual_size": lambda: bench.desk.viewport.place(Placement()),
                "fit": self._fit,
                "previous_page": lambda: bench.pages.turn_to(bench.pages.index - 1),
                "next_page": lambda: bench.pages.turn_to(bench.pages.index + 1),
                "next_stage": lambda: panes.lattice_pane.step(1),
                "previous_stage": lambda: panes.lattice_pane.step(-1),
                "all_stages": panes.lattice_pane.show_all,
                "find": panes.lattice_pane.search.setFocus,
                "to_lattice": panes.go_to_lattice,
                "to_queue": panes.go_to_queue,
                "next_doubt": lambda: self._go_to_doubt(1),
                "previous_doubt": lambda: self._go_to_doubt(-1),
                "system": lambda: self._dress(Appearance.SYSTEM),
                "light": lambda: self._dress(Appearance.LIGHT),
                "dark": lambda: self._dress(Appearance.DARK),
                "log": self._tell_log,
                **self.help.acts(),
            }
        )
        self.actions_["pen"].setChecked(True)
        self.actions_[self._theme.appearance.value].setChecked(True)
        self._theme.changed.connect(lambda: self.actions_.dress(self._theme.palette))
        panes.marking.turned.connect(self.actions_["mark"].setChecked)
        bench.current.switched.connect(panes.marking.end)
        for signal in (bench.current.switched, bench.pages.changed):
            signal.connect(self._put_cuts_away)
        bench.current.switched.connect(self._on_kind)
        for undo in bench.undos.values():
            undo.indexChanged.connect(self._on_ink)
        bench.documents.queue.progressed.connect(self._on_ink)
        bench.selection.changed.connect(self._on_ink)
        bench.ink_opened.connect(self._fit)
        bench.pages.changed.connect(self._on_kind)

    def _on_kind(self) -> None:
        is_ink = self.bench.current.kind == INK
        self.actions_[self.bench.current.kind].setChecked(True)
        for name in ("pen", "eraser", "lasso", "ruled"):
            self.actions_[name].setEnabled(is_ink)
        pages = self.bench.pages
        self.actions_["cuts"].setEnabled(is_ink or (pages.count > 0 and not pages.unread))
        for name in ("mark", "next_field", "find_field"):
            self.actions_[name].setEnabled(not is_ink and pages.count > 0 and not pages.unread)
        self.actions_["previous_page"].setEnabled(not is_ink and pages.index > 0)
        self.actions_["next_page"].setEnabled(not is_ink and pages.index + 1 < pages.count)
        name = "" if is_ink else pages.name
        self.setWindowTitle(f"{name} \u2013 Inklattice" if name else "Inklattice")
        self._on_ink()

    def _on_ink(self) -> None:
        is_ink, strokes = self.bench.current.kind == INK, bool(self.bench.ink.strokes)
        undo, queue = self.bench.undos[self.bench.current.kind], self.bench.documents.queue
        self.actions_["undo"].setEnabled(undo.canUndo())
        self.actions_["redo"].setEnabled(undo.canRedo())
        for name in ("save_results", "clear_queue", "to_queue"):
            self.actions_[name].setEnabled(bool(queue.total) or queue.unread)
        for name in ("clear", "select_all", "copy_ink", "replay"):
            self.actions_[name].setEnabled(is_ink and strokes)
        for name in ("duplicate", "delete"):
            self.actions_[name].setEnabled(is_ink and bool(self.bench.selection.strokes))
        self.actions_["save"].setEnabled(strokes)

    def _take(self, tool: Tool) -> None:
        """A tool of the canvas."""
        self._put_cuts_away()
        self.panes.canvas.tool = tool
        self.panes.canvas.setFocus()

    def _cut(self) -> None:
        """Lay the cuts over the sheet, near enough to be taken, or put them away."""
        if not self.actions_["cuts"].isChecked():
            self._put_cuts_away()
            return
        self.panes.marking.end()
        if self.bench.current.kind == PAGE:
            self.panes.page.go_near(self.panes.page.amount)
        self.panes.cuts.show()

    def _put_cuts_away(self) -> None:
        self.actions_["cuts"].setChecked(False)
        self.panes.hide_cuts()

    def _rule(self) -> None:
        self.panes.canvas.ruled = self.actions_["ruled"].isChecked()
        self._settings.set(RULED, self.panes.canvas.ruled)

    def _go_to_doubt(self, step: int) -> None:
        if self.panes.answer.text.go_to_doubt(step):
            self.panes.answer.text.setFocus()
        else:
            self.bench.status.emit(tr("There is no doubtful letter."))

    def _mark(self) -> None:
        if self.actions_["mark"].isChecked():
            self._put_cuts_away()
            self.panes.marking.begin()
            self.bench.status.emit(
                tr("Drag a rectangle around the amount, or move it with the arrow keys; Enter reads it.")
            )
        else:
            self.panes.marking.end()

    def _take_next_field(self) -> None:
        page = self.panes.page
        field = following(page.candidates, page.amount)
        if field is None:
            self.bench.status.emit(tr("There is no other place that may hold the amount: mark it (F4)."))
        else:
            self.bench.documents.give_field(field)

    def _select_all(self) -> None:
        self.actions_["lasso"].trigger()
        self.bench.selection.choose_all()

    def _copy(self) -> None:
        """What is selected: ink, or without such the text."""
        if self.bench.current.kind == INK and self.bench.selection.strokes:
            self._copy_ink()
        else:
            self.panes.answer.copy_text()

    def _copy_ink(self) -> None:
        strokes = self.bench.selection.in_order or self.bench.ink.strokes
        QGuiApplication.clipboard().setMimeData(InkMime(strokes, self.bench.pen_width))

    def _fit(self) -> None:
        if self.bench.current.kind == PAGE:
            self.panes.page.fit()
            return
        box, canvas = bounds(self.bench.ink.strokes), self.panes.canvas
        placement = Placement() if box is None else fitted(box, canvas.width(), canvas.height(), 40.0, 2.0)
        self.bench.desk.viewport.place(placement)

    def _dress(self, appearance: Appearance) -> None:
        self._settings.set(APPEARANCE, appearance.value)
        self._theme.choose(appearance)

    def _choose_file(self) -> None:
        """Deferred and not blocking: a dialog must never begin inside the handler of a pen."""
        dialog = QFileDialog(self, tr("Open"), self._settings.get(FOLDER), OPENED)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self._open_chosen([Path(name) for name in names]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QTimer.singleShot(0, dialog.open)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, tr("Open a folder of documents"), self._settings.get(FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self._open_chosen([Path(name)]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QTimer.singleShot(0, dialog.open)

    def _open_chosen(self, paths: list[Path]) -> None:
        self._settings.set(FOLDER, str(paths[0].parent))
        self.open_paths(paths)

    def _offer_to_clear(self) -> None:
        rows = len(self.bench.documents.queue.rows)
        choices = ((tr("Empty"), self.bench.documents.clear), (tr("Keep"), lambda: None))
        self.bench.offered.emit(
            Offer(tr("Empty the queue of {rows:,} results? Files and collected corrections stay.", rows=rows), choices)
        )

    def _choose_where_to_save(self) -> None:
        self._ask_where_to_save(tr("Save ink"), SAVED, "inkml", self.bench.save)

    def _choose_where_to_save_results(self) -> None:
        self._ask_where_to_save(tr("Save the results"), RESULTS, "csv", self.bench.save_results)

    def _choose_where_to_save_lessons(self) -> None:
        dialog = QFileDialog(self, tr("A new folder for amounts to train on"), self._settings.get(FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.bench.save_lessons(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QTimer.singleShot(0, dialog.open)

    def _choose_where_to_save_lattice(self) -> None:
        self._ask_where_to_save(tr("Save the drawing of the lattice"), ";;".join(KINDS), "svg", self.panes.save_lattice)

    def _ask_where_to_save(self, title: str, kinds: str, suffix: str, save: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self, title, self._settings.get(FOLDER), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
        dialog.fileSelected.connect(lambda name: save(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QTimer.singleShot(0, dialog.open)

    def _paste(self) -> None:
        """Ink where one writes; everything else, and a picture of ink, as a document."""
        data, canvas = QGuiApplication.clipboard().mimeData(), self.panes.canvas
        strokes = strokes_in(data) if self.bench.current.kind == INK else ()
        if strokes:
            self.actions_["lasso"].trigger()
            middle = self.bench.desk.viewport.placement.to_source(canvas.width() / 2, canvas.height() / 2)
            self.bench.insert(centred(strokes, *middle), "paste")
        elif not self._take_in(data, tr("pasted picture")):
            self.bench.status.emit(tr("The clipboard holds no ink, no picture and no file."))

    def _take_in(self, data: QMimeData, name: str) -> bool:
        """Open what was pasted or dropped; was there anything?"""
        if data.hasUrls():
            self.open_paths([Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()])
        elif data.hasImage():
            self.bench.open(partial(png_of, QImage(data.imageData())), name)
        return data.hasUrls() or data.hasImage()

    def _tell_log(self) -> None:
        log = str(self._places.log)
        choices = (
            (tr("Open it"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(log))),
            (tr("Copy its name"), lambda: QGuiApplication.clipboard().setText(log)),
        )
        self.bench.offered.emit(Offer(tr("The log file is {log}", log=log), choices))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        event.acceptProposedAction()
        self._take_in(event.mimeData(), tr("dropped picture"))

    def _restore(self) -> None:
        self.panes.canvas.pen_width = self.bench.pen_width = self._settings.get(PEN_WIDTH)
        self.actions_["ruled"].setChecked(self._settings.get(RULED))
        self._rule()
        self.bench.documents.max_error = self._settings.get(MAX_ERROR)
        geometry = self._settings.get(GEOMETRY)
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1180, 760)
        self.panes.restore(self._settings.get(COLUMNS), self._settings.get(ROWS))
        self.panes.inspector.tabs.setCurrentIndex(self._settings.get(INSPECTED))

    def _offer_to_stay(self) -> None:
        """The ink is nowhere but here."""
        choices = ((tr("Save as\u2026"), self._choose_where_to_save), (tr("Close and lose it"), self._close_anyway))
        self.bench.offered.emit(Offer(tr("The ink could not be kept; save it elsewhere before you close."), choices))

    def _close_anyway(self) -> None:
        self._closes_anyway = True
        self.close()

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
        self._settings.set(MAX_ERROR, self.bench.documents.max_error)
        self._settings.set(INSPECTED, self.panes.inspector.tabs.currentIndex())
        self._settings.flush()
        self.hide()
        self.teaching.close()
        self.bench.close()
        event.accept()
