"""Commands as menus, as a tool bar, by their keys."""

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from ui.actions import SEPARATOR, Actions, Command
from ui.theme.theme import Theme


class Lamp:
    """Can be switched on and off, while it has current."""

    def __init__(self) -> None:
        self.on, self.current, self.colour = False, True, "red"

    def switch(self) -> None:
        self.on = not self.on

    def dye(self, colour: str) -> None:
        self.colour = colour


@pytest.fixture
def lamp() -> Lamp:
    return Lamp()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(lamp: Lamp, window: QMainWindow, qapp: QApplication) -> Actions:
    def colour(name: str) -> Command:
        return Command(
            name, name, None, lambda: lamp.dye(name), checked=lambda: lamp.colour == name, group="colour", icon="pen"
        )

    switch = Command(
        "switch", "&Switch\u2026", "Ctrl+S", lamp.switch, lambda: lamp.current, "undo", checked=lambda: lamp.on
    )
    break_down = Command("break", "Break", None, lambda: setattr(lamp, "current", False))
    lent = QMenu("Lent", window)
    lent.addAction("its own")
    return Actions(
        window,
        Theme(qapp),
        [("&Lamp", (switch, SEPARATOR, break_down)), (lent, (colour("red"), colour("blue")))],
    )


def test_the_menus_are_the_table(actions: Actions, window: QMainWindow) -> None:
    menus = [(title.text(), [entry.text() for entry in title.menu().actions()]) for title in window.menuBar().actions()]
    assert menus == [("&Lamp", ["&Switch\u2026", "", "Break"]), ("Lent", ["its own", "red", "blue"])]
    assert actions["switch"].toolTip() == "Switch (Ctrl+S)"


def test_what_is_on_and_what_can_be_done_is_what_the_commands_say(actions: Actions, lamp: Lamp) -> None:
    actions["switch"].trigger()
    assert (lamp.on, actions["switch"].isChecked()) == (True, True)
    lamp.on = False
    actions.refresh()
    assert not actions["switch"].isChecked()
    actions["break"].trigger()
    assert not actions["switch"].isEnabled()
    actions["switch"].trigger()
    assert not lamp.on
    assert not actions["break"].isCheckable()


def test_of_a_group_one_is_on(actions: Actions, lamp: Lamp) -> None:
    for name in ("blue", "blue", "red"):
        actions[name].trigger()
        assert lamp.colour == name
        assert [each for each in ("red", "blue") if actions[each].isChecked()] == [name]
    lamp.colour = "blue"
    actions.refresh()
    assert [each for each in ("red", "blue") if actions[each].isChecked()] == ["blue"]


def test_the_tool_bar_names_its_buttons(actions: Actions, window: QMainWindow) -> None:
    actions.fill_tool_bar(("switch", "-", "red"), ("red",), {})
    bar = window.findChildren(type(window.addToolBar("other")))[0]
    assert [action.text() for action in bar.actions()] == ["&Switch\u2026", "", "red"]
    assert bar.widgetForAction(actions["switch"]).accessibleName() == "Switch"
