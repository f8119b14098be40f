"""The keys of all commands, as the menus have them, and a line to search them."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.actions import native, plain
from ui.boxes import in_column
from ui.labels import muted
from ui.language import tr

# Keys of the views themselves, which are no commands: where, what, key.
ELSEWHERE = (
    (tr("Anywhere"), tr("To the next part of the window, and back"), tr("Tab, Shift+Tab")),
    (tr("Sheet"), tr("Move the sheet"), tr("Arrows")),
    (tr("Sheet"), tr("Move the sheet with the pointer"), tr("Space, held")),
    (tr("Sheet"), tr("Zoom at the pointer"), tr("Ctrl and the wheel")),
    (tr("Selected ink"), tr("Move it"), tr("Arrows")),
    (tr("Selected ink"), tr("Larger, smaller"), "+, -"),
    (tr("Selected ink"), tr("Delete it"), "Del"),
    (tr("Selected ink"), tr("Select nothing"), "Esc"),
    (tr("Text"), tr("From letter to letter, from line to line"), tr("Arrows")),
    (tr("Text"), tr("What else the letter and its word may be"), "Return"),
    (tr("Queue"), tr("What was read is right; to the next page"), "Return"),
    (tr("Queue"), tr("It says something else: type it, or change it"), tr("any letter, F2")),
    (tr("Queue"), tr("Leave the page to others; to the next"), tr("Space")),
    (tr("Amount"), tr("Move the rectangle, move its corner"), tr("Arrows, Shift+Arrows")),
    (tr("Amount"), tr("Read what is in the rectangle, leave it"), tr("Return, Esc")),
    (tr("Lattice"), tr("From arc to arc"), tr("Arrows")),
    (tr("Lattice"), tr("To the first, to the last arc"), tr("Home, End")),
    (tr("Lattice"), tr("To the stage above, below"), tr("PgUp, PgDown")),
    (tr("Lattice"), tr("Force or forbid the arc"), "Return"),
)


@dataclass(frozen=True)
class Key:
    """A line of the page."""

    where: str
    what: str
    keys: str


def keys_of(bar: QMenuBar) -> Iterator[Key]:
    """Every command of the menus, in their order, and of menus within them those that have keys."""
    for title in bar.actions():
        menu = title.menu()
        if isinstance(menu, QMenu):
            yield from (Key(plain(title.text()), what, keys) for what, keys in _commands(menu))


def _commands(menu: QMenu) -> Iterator[tuple[str, str]]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from (found for found in _commands(inner) if found[1])
        elif not action.isSeparator() and action.text():
            yield plain(action.text()), native(action)


class ShortcutPage(QWidget):
    """Looks through the menus whenever it is shown."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__()
        self._bar = bar
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search for a command or a key"))
        self.search.setAccessibleName(tr("Search for a command or a key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = QTreeWidget()
        self.table.setColumnCount(2)
        self.table.setHeaderLabels([tr("Command"), tr("Keys")])
        self.table.setAccessibleName(tr("Commands and their keys"))
        self.table.setUniformRowHeights(True)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._nothing = muted("")
        in_column(self.search, self._nothing, (self.table, 1), of=self, margins=(16, 14, 16, 14), spacing=10)
        self.fill()

    def fill(self) -> None:
        """Ask the menus."""
        self.table.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        self._rows: dict[QTreeWidgetItem, list[QTreeWidgetItem]] = {}
        for key in [*keys_of(self._bar), *(Key(*line) for line in ELSEWHERE)]:
            if key.where not in groups:
                groups[key.where] = QTreeWidgetItem(self.table, [key.where])
            group = groups[key.where]
            self._rows.setdefault(group, []).append(QTreeWidgetItem(group, [key.what, key.keys]))
        self.table.expandAll()
        self._filter(self.search.text())

    def shown(self) -> list[tuple[str, str]]:
        """The commands that are seen, with their keys."""
        return [(row.text(0), row.text(1)) for rows in self._rows.values() for row in rows if not row.isHidden()]

    def _filter(self, wanted: str) -> None:
        """What has all the words, in the command, its menu or its keys."""
        words = wanted.casefold().split()
        for group, rows in self._rows.items():
            for row in rows:
                text = f"{group.text(0)} {row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in text for word in words))
            group.setHidden(all(row.isHidden() for row in rows))
        nothing = not self.shown()
        self._nothing.setText(tr("No command or key matches: {wanted}", wanted=wanted))
        self._nothing.setVisible(nothing)
        self.table.setVisible(not nothing)
