"""Someone looks into the lattice."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from ui.theme.palette import LIGHT


def test_pointing_at_an_arc_lights_its_ink(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    canvas = person.window.panes.canvas
    assert person.counts(canvas, LIGHT.lit) == 0
    arc = person.window.bench.desk.answer.lattice.best[1]
    person.point_at_arc(arc)
    assert person.window.bench.desk.spotlight.pointed == {arc}
    assert person.counts(canvas, LIGHT.lit) > 50


def test_pointing_at_ink_lights_its_arcs(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    lattice_view = person.window.panes.lattice
    assert person.counts(lattice_view, LIGHT.lit) == 0
    QTest.mouseMove(person.window.panes.canvas, QPoint(132, 96))
    QTest.mouseMove(person.window.panes.canvas, QPoint(133, 96))
    lattice = person.window.bench.desk.answer.lattice
    assert person.window.bench.desk.spotlight.pointed == lattice.arcs_over(frozenset({1}))
    assert person.counts(lattice_view, LIGHT.lit) > 50
    QTest.mouseMove(person.window.panes.canvas, QPoint(600, 200))
    assert not person.window.bench.desk.spotlight.pointed


def test_clicking_an_arc_shows_what_is_known_of_it(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    details = person.window.panes.details
    assert not details._shown.isVisible()
    arc = person.window.bench.desk.answer.lattice.best[2]
    person.click_arc(arc)
    assert details._shown.isVisible()
    assert "on the best path" in details.accessibleDescription()
    assert details._bars.accessibleDescription().startswith("2: 0.05")
    QTest.mouseClick(
        person.window.panes.lattice, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(820, 5)
    )
    assert not details._shown.isVisible()


def test_arrow_keys_walk_the_lattice_and_tell_the_screen_reader(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    view, spot = person.window.panes.lattice, person.window.bench.desk.spotlight
    person.do("to_lattice")
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End):
        QTest.keyClick(view, key)
        walked.append(spot.chosen)
        assert view.accessibleDescription().startswith("Arc from cut")
    assert len(set(walked)) == 4
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert spot.chosen is None


def test_new_ink_forgets_the_chosen_arc(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    person.click_arc(0)
    person.draw((400, 60), (400, 140))
    assert person.wait_for_answer() == "0123"
    assert person.window.bench.desk.spotlight.chosen is None


def test_every_control_has_a_name(person: Person) -> None:
    from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QSpinBox, QTreeWidget

    for kind in (QAbstractButton, QTreeWidget, QPlainTextEdit, QSpinBox):
        for widget in person.window.findChildren(kind):
            if widget.objectName().startswith("qt_") or any(map(widget.parent().inherits, ("QSpinBox", "QLineEdit"))):
                continue
            assert widget.accessibleName() or widget.text(), widget
    panes = person.window.panes
    for view in (panes.canvas, panes.page, panes.lattice):
        assert view.accessibleName()
        assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_the_lattice_takes_the_whole_window_and_gives_it_back(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    panes, view = person.window.panes, person.window.panes.lattice
    size, placement = view.size(), person.window.bench.desk.viewport.placement
    person.do("lattice_alone")
    assert not panes.canvas.isVisible()
    assert not panes.answer.isVisible()
    person.qtbot.waitUntil(
        lambda: view.width() > 1.2 * size.width() and view.height() > 1.5 * size.height(), timeout=2000
    )
    assert view.hasFocus()
    viewport = person.window.bench.desk.viewport
    person.qtbot.waitUntil(lambda: viewport.placement.scale > placement.scale, timeout=2000)
    person.do("lattice_alone")
    assert panes.canvas.isVisible()
    assert viewport.placement == placement
    person.qtbot.waitUntil(lambda: view.size() == size, timeout=2000)
