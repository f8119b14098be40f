"""Someone who sees nothing, and someone without a mouse: every control of every window has a name, a role, and is reached by key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTableView,
    QTabWidget,
    QTextEdit,
    QTreeView,
    QWidget,
)

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.test_letters import write
from tests.ui.text_examples import kinds
from ui.inspect.arc import ArcPage
from ui.inspect.learning import LearningPage
from ui.inspect.network import NetworkPage
from ui.inspect.paths import PathsPage
from ui.inspect.table import TablePage
from ui.inspect.why_not import WhyNotPage

CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit),
    *(QTabBar, QTextEdit),
)
PAGES = (ArcPage, PathsPage, WhyNotPage, LearningPage, NetworkPage, TablePage)
OPEN: dict[str, Callable[[Person], object]] = {
    "write": lambda person: person.window.activateWindow(),
    "documents": lambda person: person.do("page"),
    "stages": lambda person: person.do("all_stages"),
    **{f"inspect {page.__name__}": lambda person, page=page: person.inspect(page) for page in PAGES},
    "replay": lambda person: person.do("replay"),
    "cuts": lambda person: person.do("cuts"),
    "teach": lambda person: person.do("teach"),
    "words to write": lambda person: person.do("practise"),
    "first steps": lambda person: person.do("welcome"),
    "shortcuts": lambda person: person.do("shortcuts"),
    "study": lambda person: person.do("study"),
    "licences": lambda person: person.do("licences"),
}


def controls(window: QWidget) -> list[QWidget]:
    """What a person may use of a window, or go to by key, without the parts that a control is made of."""
    found = [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and (isinstance(each, CONTROLS) or _takes_keys(each))
    ]
    return [
        each
        for each in found
        if not isinstance(each, QScrollBar | QHeaderView)
        and not isinstance(each.parentWidget(), QComboBox | QAbstractSpinBox | QTabBar | QLineEdit)
        and each.window() is window
    ]


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def complaints(control: QWidget) -> list[str]:
    """What a control lacks for somebody who hears it."""
    spoken, lacks = QAccessible.queryAccessibleInterface(control), []
    if not spoken.text(QAccessible.Text.Name):
        lacks.append("a name")
    if isinstance(control, CONTROLS) and spoken.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
        lacks.append("a role")
    if not _takes_keys(control):
        lacks.append("a way by key")
    if isinstance(control, QTabBar) and not all(control.tabText(tab) for tab in range(control.count())):
        lacks.append("names of its tabs")
    if isinstance(control, QComboBox) and not all(control.itemText(item) for item in range(control.count())):
        lacks.append("names of its entries")
    if isinstance(control, QTableView | QTreeView) and any(not head for head in heads(control)):
        lacks.append("heads of its columns")
    if not isinstance(control, (*CONTROLS, QTabWidget)) and not spoken.text(QAccessible.Text.Description):
        lacks.append("a description")  # nothing that the system knows says what is drawn there
    return lacks


def heads(view: QTableView | QTreeView) -> list[str]:
    """Of the columns that are seen."""
    model = view.model()
    return [
        str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for column in range(model.columnCount())
        if not view.isColumnHidden(column)
    ]


@pytest.mark.parametrize("name", OPEN)
def test_every_control_has_a_name_and_a_role_and_is_reached_by_key(start: Start, name: str) -> None:
    person = start(kinds())
    write(person, "ab abaa")
    person.wait_for_answer()
    OPEN[name](person)
    person.qtbot.wait(50)
    dialogs = [each for each in person.window.findChildren(QDialog) if each.isVisible()]
    found = controls(dialogs[0] if dialogs else person.window)
    assert found
    lacking = {f"{type(each).__name__} {each.objectName()} {each.toolTip()}": complaints(each) for each in found}
    assert {what: lacks for what, lacks in lacking.items() if lacks} == {}


def test_the_queue_its_sheet_and_its_text_have_names(person: Person, folder: Path) -> None:
    person.open_all([folder])
    person.qtbot.waitUntil(lambda: len(person.bench.documents.queue.rows) == 8, timeout=60_000)
    person.do("to_queue")
    person.qtbot.wait(300)
    found = controls(person.window)
    assert person.queue.table in found
    assert person.page in found
    lacking = {f"{type(each).__name__} {each.objectName()} {each.toolTip()}": complaints(each) for each in found}
    assert {what: lacks for what, lacks in lacking.items() if lacks} == {}
