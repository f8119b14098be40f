"""Names and texts from files are text, wherever they are shown: no markup, no escapes, nothing that turns what stands beside."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from recognizer import cli
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.test_conditions import settle
from tests.ui.documents.papers import write_folder
from ui.model.documents.result import DocumentPage, State, Verdict
from ui.recent import RecentMenu

BAD = "<img src=x>&\x1b[31m\u202eyas\n"


def texts(widget: QWidget) -> Iterator[tuple[str, bool]]:
    """What a widget shows, and whether it would be taken for markup where it looks like some."""
    yield widget.windowTitle(), False
    yield widget.toolTip(), True
    yield widget.statusTip(), False
    if isinstance(widget, QLabel):
        rich = widget.textFormat() != Qt.TextFormat.PlainText
        yield widget.text(), rich
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model())
    for action in widget.actions():
        if isinstance(action, QAction):
            yield action.text(), False
            yield action.toolTip(), action.menu() is None and action.toolTip() != action.text().replace("&", "")


def _cells(model: QAbstractItemModel) -> Iterator[tuple[str, bool]]:
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            yield str(index.data(Qt.ItemDataRole.DisplayRole) or ""), False
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or ""), True


def check(person: Person) -> int:
    """How many texts tell of the bad name; none of them does anything."""
    told = 0
    for widget in QApplication.allWidgets():
        if widget.window() is not person.window and not widget.objectName().startswith("qt_"):
            continue
        for text, markup in texts(widget):
            assert "\x1b" not in text, text
            assert "\u202e" not in text, text
            assert not (markup and "<img" in text), text
            told += "img src" in text
    return told


def test_no_label_tip_or_menu_takes_a_name_for_more(start: Start) -> None:
    person = start()
    folder = write_folder(person.locations.data.parent.parent / BAD.strip())
    bad = folder / f"{BAD}.png"
    next(folder.glob("*.png")).rename(bad)
    (folder / f"{BAD}.inkml").write_bytes(b"<ink>")
    person.open(folder / f"{BAD}.inkml")
    assert "img src" in person.notice()
    assert check(person) > 0
    person.open(bad)
    person.wait_for_answer()
    person.open_all([folder])
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: queue.unread is False and not queue.running, timeout=60_000)
    queue.decide(DocumentPage(bad, 1), Verdict(State.CORRECTED, "<img src=y>"))
    menu = person.window.findChildren(RecentMenu)[0]
    menu.fill()
    settle(person)
    assert check(person) > 4


def test_the_terminal_sees_no_escapes(capsys: pytest.CaptureFixture[str], start: Start) -> None:
    names = [f"{BAD}.png", f"{BAD}.inkml"]
    for name in names:
        cli.main(["read", name])
        cli.main(["lattice", name, "--out", "a.svg"])
    cli.main(["read", "--json", *names])
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
    assert "\u202e" not in out + err
    assert [json.loads(line)["file"] for line in out.splitlines()] == names
    assert all("img src" in line for line in err.splitlines())
