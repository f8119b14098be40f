"""Someone forces and forbids arcs, labels and cuts, and the reading follows."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.stories.person import Person
from tests.stories.test_stages import place_of
from ui.lattice.area import LatticeArea


def right_click(person: Person, view: LatticeArea, at: QPoint) -> list[str]:
    """Ask for the menu at a position; what it offers."""
    QTest.mouseClick(view, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    return [action.text() for action in menu.actions() if action.text()] if isinstance(menu, QMenu) else []


def pick(person: Person, words: str) -> None:
    """Choose from the menu that is open, and wait for the reading."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == words)
    menu.close()
    action.trigger()
    settle(person)


def settle(person: Person) -> None:
    person.qtbot.waitUntil(lambda: not person.bench.background.busy, timeout=60_000)


def test_a_forbidden_label_gives_way_to_the_next_best(person: Person) -> None:
    person.draw_number(3)
    assert person.wait_for_answer() == "012"
    desk, view = person.desk, person.lattice
    arc = desk.answer.lattice.best[1]
    assert "Never read as 1" in right_click(person, view, person.place_of(arc))
    pick(person, "Never read as 1")
    assert person.shown_text() != "012"
    assert desk.highlight.chosen == arc
    assert "piece 2 is not 1" in person.conditions.words.text()
    before = person.shown_text()
    QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.Undo))
    settle(person)
    assert person.shown_text() == "012"
    person.press("Redo")
    settle(person)
    assert person.shown_text() == before
    person.press("Clear conditions")
    settle(person)
    assert person.shown_text() == "012"
    assert desk.constraints is None


def test_a_label_of_the_recognition_graph_is_forced_there(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    desk, pane = person.desk, person.lattice_pane
    pane.choice.setCurrentIndex(2)
    pane.beam.setValue(pane.beam.maximum())
    QTest.qWait(20)
    stage = desk.answer.lattice.stages[1]
    segment = desk.answer.lattice.best[0]
    arc = next(a for a in pane.stages.bands[0].chips if stage.segment[a] == segment and stage.label(a) == "7")
    right_click(person, pane.stages, place_of(person, 1, arc))
    pick(person, "This is 7")
    assert person.shown_text() == "712"
    assert desk.answer.lattice.stages[1].label(arc) == "7"
    assert desk.highlight.chosen_at == (1, arc)


def test_cuts_are_forced_and_forbidden_at_their_nodes(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    view = person.lattice
    layout = view.layout_now
    assert layout is not None
    node = QPoint(round(layout.nodes[1]), round(layout.node_y))
    assert right_click(person, view, node) == ["Characters part here", "No characters part here"]
    pick(person, "No characters part here")
    assert len(person.shown_text()) == 2
    right_click(person, view, node)
    pick(person, "Characters part here")
    assert person.shown_text() == "012"


def test_conditions_that_leave_nothing_are_told_and_change_nothing(person: Person) -> None:
    person.draw_number(1)
    assert person.wait_for_answer() == "0"
    view = person.lattice
    arc = person.desk.answer.lattice.best[0]
    right_click(person, view, person.place_of(arc))
    pick(person, "This ink is not one character")
    assert "leave nothing" in person.conditions.complaint.text()
    assert person.shown_text() == "0"
    person.press("Undo")
    settle(person)
    assert not person.conditions.complaint.isVisible()


def test_of_several_pieces_it_is_said_that_they_are(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    lattice = person.desk.answer.lattice
    arc = next(k for k in range(len(lattice)) if lattice.last[k] - lattice.first[k] == 2)
    right_click(person, person.lattice, person.place_of(arc))
    pick(person, "This ink is not one character")
    assert "pieces 1\u20132 are not one character" in person.conditions.words.text()


def test_enter_asks_by_key_and_new_ink_begins_without_conditions(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    view = person.lattice
    person.do("to_lattice")
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    pick(person, "Never read as 0")
    assert person.shown_text() != "012"
    person.draw((400, 60), (400, 140))
    assert person.wait_for_answer() == "0123"
    assert person.desk.constraints is None
    assert "Right-click" in person.conditions.words.text()
    assert not person.conditions.undo.isVisible()
