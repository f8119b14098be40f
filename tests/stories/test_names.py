"""Someone who sees nothing, and someone without a mouse: every control of every window has a name, a role, and is reached by key."""

from collections.abc import Callable

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
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.test_letters import write
from tests.ui.text_examples import kinds

CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QTextEdit),
)
OPEN: dict[str, Callable[[Person], object]] = {
    "write": lambda person: person.window.activateWindow(),
    "documents": lambda person: person.do("page"),
    "stages": lambda person: person.do("all_stages"),
    "teach": lambda person: person.do("teach"),
    "words to write": lambda person: person.do("practise"),
    "first steps": lambda person: person.do("welcome"),
    "shortcuts": lambda person: person.do("shortcuts"),
    "study": lambda person: person.do("study"),
    "licences": lambda person: person.do("licences"),
}


def controls(window: QWidget) -> list[QWidget]:
    """What a person may use of a window, without the parts that a control is made of."""
    found = [each for each in window.findChildren(QWidget) if isinstance(each, CONTROLS) and each.isVisible()]
    return [
        each
        for each in found
        if not isinstance(each, QScrollBar | QHeaderView)
        and not isinstance(each.parentWidget(), QComboBox | QAbstractSpinBox | QTabBar | QLineEdit)
        and each.window() is window
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
    for control in found:
        spoken = QAccessible.queryAccessibleInterface(control)
        what = f"{type(control).__name__} {control.objectName()} {control.toolTip()}"
        assert spoken.text(QAccessible.Text.Name), what
        assert spoken.role() not in (QAccessible.Role.NoRole, QAccessible.Role.Client), what
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, what
