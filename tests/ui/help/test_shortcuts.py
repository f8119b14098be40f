"""The page of keys is what the menus are."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenuBar
from pytestqt.qtbot import QtBot

from ui.help.shortcuts import Key, ShortcutPage, keys_of


@pytest.fixture
def bar(qtbot: QtBot) -> QMenuBar:
    window = QMainWindow()
    qtbot.addWidget(window)
    file = window.menuBar().addMenu("&File")
    file.addAction("&Open\u2026").setShortcuts([QKeySequence("Ctrl+O"), QKeySequence("F3")])
    file.addSeparator()
    inner = file.addMenu("Samples")
    inner.addAction("one")
    inner.addAction("&Two").setShortcut(QKeySequence("F2"))
    window.menuBar().addMenu("&Help").addAction("About")
    window.kept = file, inner  # type: ignore[attr-defined]
    bar = window.menuBar()
    bar.kept = window  # type: ignore[attr-defined]
    return bar


def test_commands_come_with_menu_and_keys(bar: QMenuBar) -> None:
    expected = [Key("File", "Open", "Ctrl+O, F3"), Key("File", "Two", "F2"), Key("Help", "About", "")]
    assert list(keys_of(bar)) == expected


def test_a_search_looks_at_menu_command_and_key(bar: QMenuBar, qtbot: QtBot) -> None:
    page = ShortcutPage(bar)
    qtbot.addWidget(page)
    everything = page.shown()
    for wanted, found in (("open", "Open"), ("ctrl+o", "Open"), ("FILE f2", "Two"), ("help", "About")):
        page.search.setText(wanted)
        assert found in [what for what, _keys in page.shown()]
        assert len(page.shown()) < len(everything)
    page.search.setText("no such command")
    assert page.shown() == []
    page.search.clear()
    assert page.shown() == everything


def test_what_changes_in_the_menus_is_seen_when_the_page_is_filled_again(bar: QMenuBar, qtbot: QtBot) -> None:
    page = ShortcutPage(bar)
    qtbot.addWidget(page)
    bar.actions()[0].menu().addAction("New").setShortcut(QKeySequence("Ctrl+N"))  # type: ignore[attr-defined]
    page.fill()
    assert ("New", "Ctrl+N") in page.shown()
