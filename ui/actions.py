"""Commands as a window has them: each a QAction, in menus and in the tool bar, as enabled and checked as it says itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolButton, QWidget

from ui.language import tr
from ui.theme.icons import icon
from ui.theme.theme import Theme

Keys = str | QKeySequence.StandardKey | None


@dataclass(frozen=True)
class Command:
    """What can be done with the window."""

    name: str
    text: str
    keys: Keys
    do: Callable[[], object]
    enabled: Callable[[], bool] = lambda: True
    icon: str = ""
    checked: Callable[[], bool] | None = None  # None: it is nothing that is on or off
    group: str = ""  # commands of one group exclude each other


SEPARATOR = None
Entry = Command | QMenu | None
Menu = tuple[str | QMenu, Sequence[Entry]]  # its title, or one that has entries of its own before these


class Actions:
    """The actions of the commands by their names."""

    def __init__(self, window: QMainWindow, theme: Theme, menus: Sequence[Menu]) -> None:
        self._window, self._theme = window, theme
        self._groups: dict[str, QActionGroup] = {}
        self._made: dict[str, tuple[Command, QAction]] = {}
        for head, entries in menus:
            menu = window.menuBar().addMenu(head) if isinstance(head, str) else head
            if menu is head:
                window.menuBar().addMenu(menu)
            for entry in entries:
                self._add(menu, entry)
        theme.changed.connect(self._dress)
        self._dress()
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name][1]

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        return iter(self._made.values())

    def refresh(self) -> None:
        """Something has changed that commands depend on."""
        for command, action in self:
            action.setEnabled(command.enabled())
            if command.checked is not None:
                action.setChecked(command.checked())

    def fill_tool_bar(self, names: Sequence[str], with_words: Sequence[str], menus: Mapping[str, QMenu]) -> None:
        """A bar of these commands, some of them ``with_words``, some with ``menus`` beside; "-" stands for a separator."""
        bar = self._window.addToolBar(tr("Tools"))
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in names:
            if name == "-":
                bar.addSeparator()
                continue
            bar.addAction(self[name])
            button = bar.widgetForAction(self[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(plain(self[name].text()))
            assert isinstance(button, QToolButton)
            if name in with_words:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            if name in menus:
                button.setMenu(menus[name])
                button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        for more in bar.findChildren(QToolButton, "qt_toolbar_ext_button"):  # where the window is too narrow for all
            more.setAccessibleName(tr("More tools"))
            more.setToolTip(tr("More tools"))
            more.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def context_menu(self, view: QWidget, names: Sequence[str]) -> None:
        """A right click on a view, or the key for it, offers these commands; "-" stands for a separator."""
        menu = QMenu(view)
        for name in names:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self[name])
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda place: menu.popup(view.mapToGlobal(place)))

    def _add(self, menu: QMenu, entry: Entry) -> None:
        if isinstance(entry, Command):
            self._made[entry.name] = entry, self._action(entry)
            menu.addAction(self[entry.name])
        elif entry is SEPARATOR:
            menu.addSeparator()
        else:
            menu.addMenu(entry)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        if command.keys is not None:
            action.setShortcut(QKeySequence(command.keys))
            action.setToolTip(f"{plain(command.text)} ({native(action)})")
        action.setCheckable(command.checked is not None)
        if command.group:
            self._groups.setdefault(command.group, QActionGroup(self._window)).addAction(action)
        self._window.addAction(action)
        action.triggered.connect(lambda: self._do(command))
        return action

    def _do(self, command: Command) -> None:
        command.do()
        self.refresh()

    def _dress(self) -> None:
        """Icons in the colours of the palette."""
        for command, action in self:
            if command.icon:
                action.setIcon(icon(command.icon, self._theme.palette))


def plain(text: str) -> str:
    """The words of a command without what marks its letter and that it asks for more."""
    return text.replace("&", "").rstrip("\u2026")


def native(action: QAction) -> str:
    """The keys of a command as this platform writes them."""
    return ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())
