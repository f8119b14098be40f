"""Someone looks into the lattice."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from ui.inspect.arc import ArcPage, PenaltyBars
from ui.theme.palette import LIGHT


def test_pointing_at_an_arc_lights_its_ink(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    canvas = person.canvas
    assert person.counts(canvas, LIGHT.lit) == 0
    arc = person.desk.answer.lattice.best[1]
    person.point_at_arc(arc)
    assert person.desk.highlight.pointed == {arc}
    assert person.counts(canvas, LIGHT.lit) > 50


def test_pointing_at_ink_lights_its_arcs(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    lattice_view = person.lattice
    assert person.counts(lattice_view, LIGHT.lit) == 0
    QTest.mouseMove(person.canvas, QPoint(132, 96))
    QTest.mouseMove(person.canvas, QPoint(133, 96))
    lattice = person.desk.answer.lattice
    assert person.desk.highlight.pointed == lattice.arcs_over(frozenset({1}))
    assert person.counts(lattice_view, LIGHT.lit) > 50
    QTest.mouseMove(person.canvas, QPoint(600, 200))
    assert not person.desk.highlight.pointed


def test_clicking_an_arc_shows_what_is_known_of_it(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    bars = person.inspect(ArcPage).findChild(PenaltyBars)
    assert not bars.isVisible()
    arc = person.desk.answer.lattice.best[2]
    person.click_arc(arc)
    assert "on the best path" in person.inspect(ArcPage).accessibleDescription()
    assert bars.isVisible()
    assert bars.accessibleDescription().startswith("2: 0.05")
    QTest.mouseClick(person.lattice, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(820, 5))
    assert not bars.isVisible()


def test_arrow_keys_walk_the_lattice_and_tell_the_screen_reader(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    view, highlight = person.lattice, person.desk.highlight
    person.do("to_lattice")
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End):
        QTest.keyClick(view, key)
        walked.append(highlight.chosen)
        assert view.accessibleDescription().startswith("Arc from cut")
    assert len(set(walked)) == 4
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert highlight.chosen is None


def test_new_ink_forgets_the_chosen_arc(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    person.click_arc(0)
    person.draw((400, 60), (400, 140))
    assert person.wait_for_answer() == "0123"
    assert person.desk.highlight.chosen is None


def test_every_control_has_a_name(person: Person) -> None:
    from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QSpinBox, QTreeWidget

    for kind in (QAbstractButton, QTreeWidget, QPlainTextEdit, QSpinBox):
        for widget in person.window.findChildren(kind):
            if widget.objectName().startswith("qt_") or any(map(widget.parent().inherits, ("QSpinBox", "QLineEdit"))):
                continue
            assert widget.accessibleName() or widget.text(), widget
    for view in (person.canvas, person.page, person.lattice):
        assert view.accessibleName()
        assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_the_lattice_takes_the_whole_window_and_gives_it_back(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    view = person.lattice
    size, placement = view.size(), person.desk.viewport.placement
    person.do("lattice_alone")
    assert not person.canvas.isVisible()
    assert not person.answer.isVisible()
    person.qtbot.waitUntil(
        lambda: view.width() > 1.2 * size.width() and view.height() > 1.5 * size.height(), timeout=60_000
    )
    assert view.hasFocus()
    viewport = person.desk.viewport
    person.qtbot.waitUntil(lambda: viewport.placement.scale > placement.scale, timeout=60_000)
    person.do("lattice_alone")
    assert person.canvas.isVisible()
    assert viewport.placement == placement
    person.qtbot.waitUntil(lambda: view.size() == size, timeout=60_000)


def test_what_is_not_found_is_said(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    search = person.lattice_pane.search
    before = person.status()
    QTest.keyClicks(search, "zebra")
    assert person.status() == before
    QTest.keyClick(search, Qt.Key.Key_Return)
    sentence = "Nothing that is shown is called zebra."
    assert person.status() == search.accessibleDescription() == sentence
    assert person.counts(search, LIGHT.refused) > 0
    QTest.keyClick(search, Qt.Key.Key_Backspace)
    assert person.status() == search.accessibleDescription() == ""
    assert person.counts(search, LIGHT.refused) == 0
