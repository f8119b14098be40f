"""Every command of the window once, in the order of the menus: its words, its key, what it does, and when it can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.actions import SEPARATOR, Command, Entry, Menu
from ui.desk_tools import DeskTools
from ui.files import Files
from ui.help.help import Help
from ui.ink.canvas import Tool
from ui.kept_menu import KeptMenu
from ui.language import tr
from ui.language_menu import LanguageMenu
from ui.lattice.export import KINDS
from ui.locations import SAMPLES, Locations
from ui.model.readers import INK, PAGE
from ui.model.text.copying import copy
from ui.model.viewport import Placement
from ui.model.workbench import Workbench
from ui.panes import Panes
from ui.pen_menu import PenMenu
from ui.problems import Offer
from ui.reading_menu import ReadingMenu
from ui.recent import RecentMenu
from ui.samples import samples_in
from ui.settings import APPEARANCE, Settings
from ui.teach.teaching import Teaching
from ui.theme.theme import Appearance, Theme

ZOOM = 1.25
TOOL_BAR = (
    *(
        INK,
        PAGE,
        "-",
        "open",
        "-",
        "pen",
        "eraser",
        "part_eraser",
        "lasso",
        "cuts",
        "undo",
        "redo",
        "clear",
        "-",
        "mark",
        "-",
    ),
    *("zoom_out", "fit", "zoom_in"),
)
WITH_WORDS = (INK, PAGE)  # of the tool bar
ON_PAGE = (
    *("open_itself", "show_in_folder", "copy", "-", "read_again", "turn_left", "turn_right", "mark", "find_field", "-"),
    "remove_page",
)

ICONS = {Tool.PEN: "pen", Tool.ERASER: "eraser", Tool.PARTS: "part-eraser", Tool.LASSO: "lasso"}

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class Subjects:
    """What commands act on."""

    window: QMainWindow
    bench: Workbench
    panes: Panes
    files: Files
    desk_tools: DeskTools
    teaching: Teaching
    help: Help
    theme: Theme
    settings: Settings
    locations: Locations
    pen_menu: PenMenu

    def writes(self) -> bool:
        """Is the ink looked at?"""
        return self.bench.current.kind == INK

    def has_ink(self) -> bool:
        """Is there ink, and looked at?"""
        return self.writes() and bool(self.bench.ink.strokes)

    def has_selection(self) -> bool:
        """Is some of it selected?"""
        return self.writes() and bool(self.bench.selection.strokes)

    def has_aside(self) -> bool:
        """Is some of it not read, because it is taken for no writing?"""
        return self.writes() and bool(self.bench.desk.aside)

    def has_page(self) -> bool:
        """Is a page looked at that is read?"""
        pages = self.bench.pages
        return not self.writes() and pages.count > 0 and not pages.unread

    def has_text_page(self) -> bool:
        """Is a page of text looked at?"""
        return self.has_page() and self.bench.desk.notes()

    def has_queue(self) -> bool:
        """Are there documents?"""
        queue = self.bench.documents.queue
        return bool(queue.total) or queue.unread

    def on_row(self) -> bool:
        """Is a page of the queue looked at?"""
        return not self.writes() and self.bench.documents.current is not None


def menus(parts: Subjects) -> tuple[Menu, ...]:
    """The whole table."""
    reading = ReadingMenu(parts.bench, parts.settings, parts.locations, parts.files.read_with, parts.window)
    return (
        (tr("&File"), _file(parts)),
        (tr("&Edit"), (*_editing(parts), *_tools(parts))),
        (tr("&View"), (*_going(parts), *_zooming(parts), *_turning(parts), *_appearance(parts))),
        (tr("Do&cuments"), _documents(parts)),
        (reading, _teaching(parts.teaching)),
        (tr("&Help"), _help(parts)),
    )


def _file(parts: Subjects) -> tuple[Entry, ...]:
    bench, files, panes, window = parts.bench, parts.files, parts.panes, parts.window
    recent = RecentMenu(parts.settings, bench.background, window)
    recent.chosen.connect(lambda path: files.open([path]))
    save_lattice = partial(
        files.save, tr("Save the drawing of the lattice"), ";;".join(KINDS), "svg", tr("lattice"), panes.save_lattice
    )

    def has_text() -> bool:
        return bool(bench.desk.answers)

    return (
        Command("new", tr("&New sheet"), Key.New, bench.begin_new),
        Command("open", tr("&Open\u2026"), Key.Open, files.choose, icon="open"),
        Command("open_folder", tr("Open &folder\u2026"), "Ctrl+Shift+O", files.choose_folder),
        recent,
        _samples(window, files),
        KeptMenu(bench, window),
        SEPARATOR,
        Command("save", tr("Sa&ve ink"), Key.Save, files.save_ink, parts.has_ink),
        Command("save_as", tr("&Save ink as\u2026"), "Ctrl+Shift+S", files.save_ink_as, parts.has_ink),
        Command("save_text", tr("Save te&xt as\u2026"), "Ctrl+Shift+T", files.save_text, has_text),
        Command("save_results", tr("Save res&ults as\u2026"), "Ctrl+E", files.save_results, parts.has_queue),
        Command("save_labelled", tr("Save amounts to tra&in on\u2026"), None, files.save_labelled),
        Command(
            "save_lines", tr("Save corrected lines to train on\u2026"), None, files.save_lines, parts.has_text_page
        ),
        Command("save_lattice", tr("Save &lattice as\u2026"), "Ctrl+Shift+L", save_lattice),
        SEPARATOR,
        Command("print", tr("&Print ink\u2026"), Key.Print, files.print_ink, parts.has_ink),
        SEPARATOR,
        Command("clear_queue", tr("E&mpty the queue"), None, bench.offer_to_clear, parts.has_queue),
        SEPARATOR,
        Command("quit", tr("&Quit"), Key.Quit, window.close),
    )


def _samples(window: QMainWindow, files: Files) -> QMenu:
    menu = QMenu(tr("S&amples"), window)
    for sample in samples_in(SAMPLES):
        menu.addAction(sample.title, partial(files.open, [sample.path]))
    menu.setEnabled(bool(menu.actions()))
    return menu


def _editing(parts: Subjects) -> tuple[Entry, ...]:
    bench, desk_tools, has_ink = parts.bench, parts.desk_tools, parts.has_ink

    def stack() -> QUndoStack:
        return bench.undos[bench.current.kind]

    return (
        Command("undo", tr("&Undo"), Key.Undo, lambda: stack().undo(), lambda: stack().canUndo(), "undo"),
        Command("redo", tr("&Redo"), Key.Redo, lambda: stack().redo(), lambda: stack().canRedo(), "redo"),
        SEPARATOR,
        Command("copy", tr("&Copy text"), Key.Copy, desk_tools.copy),
        Command("copy_running", tr("Copy as runnin&g text"), "Ctrl+Alt+C", parts.panes.answer.copy_running_text),
        Command("copy_ink", tr("Copy in&k"), "Ctrl+Shift+C", desk_tools.copy_ink, has_ink),
        Command("paste", tr("&Paste ink, picture or file"), Key.Paste, desk_tools.paste),
        SEPARATOR,
        Command("select_all", tr("&Select all ink"), Key.SelectAll, desk_tools.select_all, has_ink),
        Command("duplicate", tr("&Duplicate"), "Ctrl+D", desk_tools.duplicate, parts.has_selection),
        Command("delete", tr("De&lete selected ink"), None, parts.panes.canvas.delete_selected, parts.has_selection),
        Command("read_aside", tr("Read &what was set aside"), None, parts.panes.canvas.read_aside, parts.has_aside),
        Command("clear", tr("Cle&ar ink"), "Ctrl+Backspace", bench.clear, has_ink, "clear"),
        SEPARATOR,
        Command("insert_page", tr("New page &below"), "Ctrl+Return", bench.leaves.insert, parts.writes),
        Command("remove_leaf", tr("Remove t&his page and its ink"), None, bench.leaves.remove, has_ink),
        SEPARATOR,
    )


def _tools(parts: Subjects) -> tuple[Entry, ...]:
    panes, desk_tools, has_page = parts.panes, parts.desk_tools, parts.has_page

    def tool(tool: Tool, text: str, keys: str) -> Command:
        def taken() -> bool:
            return panes.canvas.tool is tool

        return Command(tool.value, text, keys, lambda: desk_tools.take(tool), parts.writes, ICONS[tool], taken, "tool")

    def can_cut() -> bool:
        return parts.writes() or has_page()

    find = partial(parts.bench.documents.give_field, None)
    return (
        tool(Tool.PEN, tr("Pe&n"), "P"),
        parts.pen_menu,
        tool(Tool.ERASER, tr("&Eraser"), "E"),
        tool(Tool.PARTS, tr("Eraser of parts of strokes"), "Shift+E"),
        tool(Tool.LASSO, tr("Lass&o"), "S"),
        Command("cuts", tr("Cu&ts on the ink"), "K", desk_tools.toggle_cuts, can_cut, "cuts", lambda: panes.shows_cuts),
        SEPARATOR,
        Command(
            *(
                "mark",
                tr("&Mark the amount"),
                "F4",
                desk_tools.toggle_marking,
                has_page,
                "field",
                lambda: panes.marking.on,
            )
        ),
        Command(
            "next_field", tr("Take the ne&xt place for the amount"), "Shift+F4", desk_tools.take_next_field, has_page
        ),
        Command("find_field", tr("&Find the amount again"), None, find, has_page),
    )


def _going(parts: Subjects) -> tuple[Entry, ...]:
    panes, desk_tools, current = parts.panes, parts.desk_tools, parts.bench.current

    def sight(kind: str, text: str, keys: str, icon: str) -> Command:
        look = partial(current.look_at, kind)
        return Command(kind, text, keys, look, icon=icon, checked=lambda: current.kind == kind, group="kind")

    return (
        sight(INK, tr("&Write"), "Ctrl+1", "write"),
        sight(PAGE, tr("&Documents"), "Ctrl+2", "page"),
        Command("to_lattice", tr("Go to the &lattice"), "F6", panes.go_to_lattice, icon="lattice"),
        Command(
            *("lattice_alone", tr("Lattice in the w&hole window"), "F11", panes.toggle_lattice_alone),
            checked=lambda: panes.lattice_is_alone,
        ),
        Command(
            *("lattice", tr("Show the lattice"), "F12", lambda: panes.show_lattice(not panes.shows_lattice)),
            checked=lambda: panes.shows_lattice,
        ),
        Command("to_queue", tr("Go to the &queue"), "F7", panes.go_to_queue, parts.has_queue),
        Command("next_doubt", tr("Next doub&t"), "F8", lambda: desk_tools.go_to_doubt(1)),
        Command("previous_doubt", tr("Previous dou&bt"), "Shift+F8", lambda: desk_tools.go_to_doubt(-1)),
        SEPARATOR,
    )


def _documents(parts: Subjects) -> tuple[Entry, ...]:
    files, queue, documents = parts.files, parts.panes.queue, parts.bench.documents
    has_queue, has_page, on_row = parts.has_queue, parts.has_page, parts.on_row

    def with_file(act: Callable[[Path], object]) -> Callable[[], None]:
        def do() -> None:
            if documents.current is not None:
                act(documents.current.file)

        return do

    return (
        Command("next_to_check", tr("Ne&xt page to check"), "F9", lambda: queue.go_to_check(1), has_queue),
        Command(
            "previous_to_check", tr("Previo&us page to check"), "Shift+F9", lambda: queue.go_to_check(-1), has_queue
        ),
        SEPARATOR,
        Command("open_itself", tr("&Open on its own"), None, with_file(lambda file: files.open([file])), on_row),
        Command("show_in_folder", tr("&Show in its folder"), None, with_file(files.show_in_folder), on_row),
        SEPARATOR,
        Command("stop_reading", tr("Stop reading this page"), None, parts.bench.stop_reading, parts.has_text_page),
        Command("read_again", tr("&Read again"), "F5", documents.read_again, on_row),
        Command("read_failed", tr("Read &failed pages again"), None, documents.queue.read_failed_again, has_queue),
        Command("turn_left", tr("Turn to the &left"), "Ctrl+Left", lambda: documents.turn(-1), has_page),
        Command("turn_right", tr("Turn to the r&ight"), "Ctrl+Right", lambda: documents.turn(1), has_page),
        SEPARATOR,
        Command("remove_page", tr("Remove from the &queue"), "Ctrl+Del", queue.remove, on_row),
    )


def _zooming(parts: Subjects) -> tuple[Entry, ...]:
    bench, panes = parts.bench, parts.panes

    def zoom(factor: float) -> Callable[[], None]:
        return lambda: panes.desk_navigation.zoom(factor)

    return (
        Command("zoom_in", tr("Zoom &in"), Key.ZoomIn, zoom(ZOOM), icon="zoom-in"),
        Command("zoom_out", tr("Zoom &out"), Key.ZoomOut, zoom(1 / ZOOM), icon="zoom-out"),
        Command("actual_size", tr("&Actual size"), "Ctrl+0", lambda: bench.desk.viewport.place(Placement())),
        Command("fit", tr("&Fit to view"), "Ctrl+9", parts.desk_tools.fit, icon="fit"),
        SEPARATOR,
    )


def _turning(parts: Subjects) -> tuple[Entry, ...]:
    canvas, lattice, bench, writes = parts.panes.canvas, parts.panes.lattice_pane, parts.bench, parts.writes

    def turn(text: str, name: str, keys: str, step: int) -> Command:
        def target() -> int:
            return (bench.leaves if writes() else bench.pages).index + step

        def is_there() -> bool:
            return 0 <= target() < (bench.leaves if writes() else bench.pages).count

        def do() -> None:
            (bench.leaves.go_to if writes() else bench.pages.turn_to)(target())

        return Command(name, text, keys, do, is_there)

    return (
        Command(
            *("ruled", tr("&Ruled lines"), "Ctrl+L", lambda: parts.desk_tools.rule(not canvas.ruled), writes),
            checked=lambda: canvas.ruled,
        ),
        Command("replay", tr("Repla&y the writing"), "Ctrl+R", bench.player.play, parts.has_ink, "play"),
        SEPARATOR,
        turn(tr("Previo&us page"), "previous_page", "PgUp", -1),
        turn(tr("&Next page"), "next_page", "PgDown", 1),
        SEPARATOR,
        Command("previous_stage", tr("Pre&vious stage of the lattice"), "Ctrl+Shift+Left", lambda: lattice.step(-1)),
        Command("next_stage", tr("Ne&xt stage of the lattice"), "Ctrl+Shift+Right", lambda: lattice.step(1)),
        Command("all_stages", tr("All stages of the latti&ce"), "Ctrl+Shift+A", lattice.show_all),
        Command("find", tr("Find in the lattic&e"), Key.Find, lattice.search.setFocus),
        SEPARATOR,
    )


def _appearance(parts: Subjects) -> tuple[Entry, ...]:
    theme, settings = parts.theme, parts.settings

    def appearance(choice: Appearance, text: str) -> Command:
        def choose() -> None:
            settings.set(APPEARANCE, choice.value)
            theme.choose(choice)

        return Command(choice.value, text, None, choose, checked=lambda: theme.appearance is choice, group="appearance")

    return (
        appearance(Appearance.SYSTEM, tr("As the &system")),
        appearance(Appearance.LIGHT, tr("Li&ght")),
        appearance(Appearance.DARK, tr("Dar&k")),
        LanguageMenu(settings, parts.bench.offered.emit, parts.window),
    )


def _teaching(teaching: Teaching) -> tuple[Entry, ...]:
    return (
        Command("teach", tr("T&each\u2026"), "Ctrl+T", teaching.open),
        Command("practise", tr("Practise &confused letters\u2026"), None, teaching.practise),
    )


def _help(parts: Subjects) -> tuple[Entry, ...]:
    show, bench = parts.help.open, parts.bench
    return (
        Command("welcome", tr("&First steps"), None, parts.help.show_welcome),
        Command("manual", tr("&Manual"), None, lambda: show("manual")),
        Command("shortcuts", tr("&Keyboard shortcuts"), Key.HelpContents, lambda: show("shortcuts")),
        Command("study", tr("&Study of other classifiers"), None, lambda: show("study")),
        SEPARATOR,
        Command(
            "log",
            tr("Where the &log file is"),
            None,
            lambda: bench.offered.emit(_log(parts.locations.log, bench.status.emit)),
        ),
        SEPARATOR,
        Command("licences", tr("Li&cences"), None, lambda: show("licences")),
        Command("about", tr("&About Inklattice"), None, lambda: show("about")),
    )


def _log(path: Path, tell: Callable[[str], object]) -> Offer:
    choices = (
        (tr("Open it"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
        (tr("Copy its name"), lambda: copy(str(path), tell)),
    )
    return Offer(tr("The log file is {log}", log=str(path)), choices)
