"""Every command of the window once: its words, key and icon; menus and tool bar are made of these."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from ui.language import tr
from ui.theme.icons import icon
from ui.theme.palette import Palette

Keys = str | QKeySequence.StandardKey | None


@dataclass(frozen=True)
class Command:
    """One line of the table."""

    name: str
    text: str
    keys: Keys = None
    icon: str = ""
    group: str = ""  # commands of one group exclude each other
    toggles: bool = False


COMMANDS = (
    Command("open", tr("&Open\u2026"), QKeySequence.StandardKey.Open, "open"),
    Command("open_folder", tr("Open &folder\u2026"), "Ctrl+Shift+O"),
    Command("save_results", tr("Save res&ults as\u2026"), "Ctrl+Shift+S"),
    Command("save_lessons", tr("Save amounts to tra&in on\u2026")),
    Command("clear_queue", tr("E&mpty the queue")),
    Command("save", tr("&Save ink as\u2026"), QKeySequence.StandardKey.Save),
    Command("save_lattice", tr("Save &lattice as\u2026"), "Ctrl+Shift+L"),
    Command("quit", tr("&Quit"), QKeySequence.StandardKey.Quit),
    Command("undo", tr("&Undo"), QKeySequence.StandardKey.Undo, "undo"),
    Command("redo", tr("&Redo"), QKeySequence.StandardKey.Redo, "redo"),
    Command("copy", tr("&Copy text"), QKeySequence.StandardKey.Copy),
    Command("copy_ink", tr("Copy in&k"), "Ctrl+Shift+C"),
    Command("paste", tr("&Paste ink, picture or file"), QKeySequence.StandardKey.Paste),
    Command("select_all", tr("&Select all ink"), QKeySequence.StandardKey.SelectAll),
    Command("duplicate", tr("&Duplicate"), "Ctrl+D"),
    Command("delete", tr("De&lete selected ink")),
    Command("clear", tr("Cle&ar ink"), "Ctrl+Backspace", "clear"),
    Command("pen", tr("Pe&n"), "P", "pen", "tool"),
    Command("eraser", tr("&Eraser"), "E", "eraser", "tool"),
    Command("lasso", tr("Lass&o"), "S", "lasso", "tool"),
    Command("cuts", tr("Cu&ts on the ink"), "K", "cuts", toggles=True),
    Command("ruled", tr("&Ruled lines"), "Ctrl+L", toggles=True),
    Command("ink", tr("&Write"), "Ctrl+1", "write", "kind"),
    Command("page", tr("&Documents"), "Ctrl+2", "page", "kind"),
    Command("mark", tr("&Mark the amount"), "F4", "field", toggles=True),
    Command("next_field", tr("Take the ne&xt place for the amount"), "Shift+F4"),
    Command("find_field", tr("Let the amount be &found")),
    Command("zoom_in", tr("Zoom &in"), QKeySequence.StandardKey.ZoomIn, "zoom-in"),
    Command("zoom_out", tr("Zoom &out"), QKeySequence.StandardKey.ZoomOut, "zoom-out"),
    Command("actual_size", tr("&Actual size"), "Ctrl+0"),
    Command("fit", tr("&Fit to view"), "Ctrl+9", "fit"),
    Command("previous_page", tr("Previo&us page"), "PgUp"),
    Command("next_page", tr("&Next page"), "PgDown"),
    Command("to_lattice", tr("Go to the &lattice"), "F6", "lattice"),
    Command("to_queue", tr("Go to the &queue"), "F7"),
    Command("lattice_alone", tr("Lattice in the w&hole window"), QKeySequence.StandardKey.FullScreen, toggles=True),
    Command("replay", tr("Repla&y the writing"), "Ctrl+R", "play"),
    Command("next_doubt", tr("Next doub&t"), "F8"),
    Command("previous_doubt", tr("Previous dou&bt"), "Shift+F8"),
    Command("next_stage", tr("Ne&xt stage of the lattice"), "Ctrl+Shift+Right"),
    Command("previous_stage", tr("Pre&vious stage of the lattice"), "Ctrl+Shift+Left"),
    Command("all_stages", tr("All stages of the latti&ce"), "Ctrl+Shift+A"),
    Command("find", tr("Find in the lattic&e"), QKeySequence.StandardKey.Find),
    Command("system", tr("As the &system"), group="appearance"),
    Command("light", tr("Li&ght"), group="appearance"),
    Command("dark", tr("Dar&k"), group="appearance"),
    Command("welcome", tr("&First steps")),
    Command("shortcuts", tr("&Keyboard shortcuts"), QKeySequence.StandardKey.HelpContents),
    Command("study", tr("&Study of other classifiers")),
    Command("log", tr("Where the &log file is")),
    Command("licences", tr("Li&cences")),
    Command("about", tr("&About Inklattice")),
)

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        tr("&File"),
        (
            "open",
            "open_folder",
            "recent",
            "samples",
            "kept",
            "-",
            "save",
            "save_results",
            "save_lessons",
            "save_lattice",
            "-",
            "clear_queue",
            "-",
            "quit",
        ),
    ),
    (
        tr("&Edit"),
        (
            *("undo", "redo", "-", "copy", "copy_ink", "paste", "-", "select_all", "duplicate", "delete", "clear", "-"),
            *("pen", "eraser", "lasso", "cuts", "-", "mark", "next_field", "find_field"),
        ),
    ),
    (
        tr("&View"),
        (
            *(
                "ink",
                "page",
                "to_lattice",
                "lattice_alone",
                "to_queue",
                "next_doubt",
                "previous_doubt",
                "-",
                "zoom_in",
                "zoom_out",
                "actual_size",
                "fit",
                "-",
            ),
            *(
                "ruled",
                "replay",
                "-",
                "previous_page",
                "next_page",
                "-",
                "previous_stage",
                "next_stage",
                "all_stages",
                "find",
                "-",
                "system",
                "light",
                "dark",
                "languages",
            ),
        ),
    ),
    (tr("&Help"), ("welcome", "shortcuts", "study", "-", "log", "-", "licences", "about")),
)

TOOLS = (
    "ink",
    "page",
    "-",
    "open",
    "-",
    "pen",
    "eraser",
    "lasso",
    "cuts",
    "undo",
    "redo",
    "clear",
    "-",
    "mark",
    "-",
    "zoom_out",
    "fit",
    "zoom_in",
)


class Actions:
    """The commands as QActions of a window."""

    def __init__(self, window: QMainWindow, palette: Palette) -> None:
        self._window = window
        self._groups: dict[str, QActionGroup] = {}
        self._by_name = {command.name: self._made(command) for command in COMMANDS}
        self.dress(palette)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def connect(self, acts: dict[str, Callable[[], object]]) -> None:
        """Say what each command does."""
        for name, act in acts.items():
            self._by_name[name].triggered.connect(lambda _checked=False, act=act: act())

    def dress(self, palette: Palette) -> None:
        """Icons in the colours of a palette."""
        for command in COMMANDS:
            if command.icon:
                self._by_name[command.name].setIcon(icon(command.icon, palette))

    def _made(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        if command.keys is not None:
            action.setShortcut(QKeySequence(command.keys))
            plain = command.text.replace("&", "").rstrip("\u2026")
            action.setToolTip(f"{plain} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.setCheckable(command.toggles or bool(command.group))
        if command.group:
            group = self._groups.setdefault(command.group, QActionGroup(self._window))
            group.addAction(action)
        self._window.addAction(action)
        return action
