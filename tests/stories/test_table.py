"""Someone reads the lattice as a table, with a screen reader or without."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QSlider,
    QTabBar,
)

from tests.stories.person import Person
from ui.inspect.arc import ArcPage
from ui.inspect.table import TablePage


def test_the_table_holds_every_arc_of_a_stage_and_chooses_it(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    desk = person.desk
    page = person.inspect(TablePage)
    assert page.stage.currentText() == "Recognition"
    stage = desk.answer.lattice.stages[1]
    assert page.model.rowCount() == len(stage)
    assert {page.model.index(row, 0).data() for row in range(3)} == {"0 \u2713", "1 \u2713", "2 \u2713"}
    assert page.model.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole) == "Penalty: 0.15"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert desk.highlight.chosen_at is not None
    assert desk.highlight.chosen_at.stage == 1
    assert desk.highlight.chosen == int(stage.segment[desk.highlight.chosen_at.arc])


def test_the_table_is_sorted_by_its_columns_and_follows_the_lattice(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    desk = person.desk
    page = person.inspect(TablePage)
    for column in range(1, 6):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            page.table.sortByColumn(column, order)
            cells = [page.model.index(row, column).data() for row in range(page.model.rowCount())]
            values = [float(cell.strip("<> %")) for cell in cells if "<" not in cell and ">" not in cell]
            assert values == sorted(values, reverse=order == Qt.SortOrder.DescendingOrder)
    person.lattice_pane.choice.setCurrentIndex(2)
    person.do("to_lattice")
    QTest.keyClick(person.stages, Qt.Key.Key_End)
    at = desk.highlight.chosen_at
    assert at is not None
    assert page.model.arc(page.table.currentIndex().row()) == at.arc


def test_every_stage_is_there_and_new_ink_makes_a_new_table(person: Person) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    page = person.inspect(TablePage)
    counts = []
    for number in range(page.stage.count()):
        page.stage.setCurrentIndex(number)
        counts.append(page.model.rowCount())
        assert f"{counts[-1]:,} of" in page.count.text()
    person.draw((400, 60), (400, 140))
    person.wait_for_answer()
    page.stage.setCurrentIndex(0)
    assert page.model.rowCount() > counts[0]


def test_everything_of_the_lattice_is_reached_by_key_and_has_a_name(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    person.lattice_pane.show_all()
    for number in range(person.inspector.tabs.count()):
        person.inspector.tabs.setCurrentIndex(number)
        kinds = (QAbstractButton, QAbstractItemView, QSlider, QComboBox, QLineEdit, QTabBar)
        for part in (person.inspector, person.lattice_pane, person.conditions):
            for kind in kinds:
                for widget in part.findChildren(kind):
                    inner = widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView)
                    if inner or not widget.isVisible() or isinstance(widget.parent(), QTabBar | QComboBox):
                        continue
                    words = widget.accessibleName() or getattr(widget, "text", str)()
                    assert words or isinstance(widget, QTabBar), widget
                    if widget.isEnabled():
                        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget


def test_one_cannot_scroll_to_where_the_page_has_nothing(person: Person) -> None:
    person.window.resize(1180, 900)
    person.draw_number()
    person.wait_for_answer()
    side = next(area for area in person.window.findChildren(QScrollArea) if area.isAncestorOf(person.inspector))
    person.inspect(ArcPage)
    person.qtbot.waitUntil(lambda: side.verticalScrollBar().maximum() == 0)
    person.window.resize(1180, 640)
    person.inspect(TablePage)
    person.qtbot.waitUntil(lambda: side.verticalScrollBar().maximum() > 0)
    person.inspect(ArcPage)
    person.qtbot.waitUntil(lambda: side.verticalScrollBar().maximum() == 0)
