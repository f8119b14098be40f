"""Someone looks at the stages of a reading, one after the other and all at once."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from ui.inspect.paths import PathsPage
from ui.lattice.pane import MARGINS
from ui.theme.palette import LIGHT


def place_of(person: Person, stage: int, arc: int) -> QPoint:
    """The middle of the chip of an arc."""
    band = next(band for band in person.stages.bands if band.stage == stage)
    chip = band.chips[arc]
    return QPoint(round(chip.left + chip.width / 2), round(chip.top + chip.height / 2))


def test_stages_are_shown_step_by_step_and_all_at_once(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    pane = person.lattice_pane
    assert pane.view is pane.overview
    seen = []
    for _ in range(4):
        QTest.mouseClick(pane.on, Qt.MouseButton.LeftButton)
        seen.append([band.stage for band in pane.stages.bands])
    assert seen == [[0], [1], [2], [3]]
    QTest.mouseClick(pane.on, Qt.MouseButton.LeftButton)
    assert [band.stage for band in pane.stages.bands] == [0, 1, 2, 3]
    assert not pane.on.isEnabled()
    cuts = person.desk.answer.lattice.cuts
    left = person.desk.viewport.placement.x_in_view(float(cuts[0]))
    assert all(abs(float(band.node_x.min()) - left) < 1 for band in pane.stages.bands)


def test_pointing_follows_origins_down_to_the_ink_and_up_to_the_text(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    desk = person.desk
    person.lattice_pane.show_all()
    QTest.qWait(20)
    trace = desk.answer.reading.trace
    path_arc = 1
    assert person.counts(person.canvas, LIGHT.lit) == 0
    arcs = [int(trace.follow("best path", stage, path_arc)) for stage in reversed(trace.names)]
    for stage, arc in zip((3, 2, 1, 0), arcs, strict=True):
        QTest.mouseMove(person.stages, place_of(person, stage, arc) + QPoint(2, 2))
        QTest.mouseMove(person.stages, place_of(person, stage, arc))
        assert desk.highlight.pointed_at == (stage, arc)
        assert desk.highlight.pointed == {desk.answer.lattice.best[1]}
        assert person.counts(person.canvas, LIGHT.lit) > 50
        lit = [arcs.tolist() for arcs in (person.stages.lit(desk.answer, band)[0] for band in person.stages.bands)]
        assert lit[3] == [path_arc]


def test_keys_walk_a_stage_and_go_from_stage_to_stage(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    pane, highlight = person.lattice_pane, person.desk.highlight
    pane.show_all()
    person.do("to_lattice")
    view = pane.stages
    assert view.hasFocus()
    for key, stage in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_PageDown, 1),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_PageUp, 1),
    ):
        QTest.keyClick(view, key)
        assert highlight.chosen_at is not None
        assert highlight.chosen_at.stage == stage
        assert view.accessibleDescription().startswith("Arc of")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert highlight.chosen_at is None


def test_the_beam_hides_and_says_so(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    pane = person.lattice_pane
    pane.choice.setCurrentIndex(2)
    shown = []
    for value in range(len(MARGINS)):
        pane.beam.setValue(value)
        band = pane.stages.bands[0]
        shown.append(len(band.arcs))
        assert len(band.arcs) + band.selection.hidden == len(person.desk.answer.lattice.stages[1])
    assert shown == sorted(shown)
    assert shown[0] < shown[-1]


def test_a_label_is_found(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    pane, highlight = person.lattice_pane, person.desk.highlight
    stages = person.desk.answer.lattice.stages
    pane.choice.setCurrentIndex(2)
    QTest.keyClicks(pane.search, "1")
    QTest.keyClick(pane.search, Qt.Key.Key_Return)
    assert highlight.chosen_at is not None
    assert stages[1].label(highlight.chosen_at.arc) == "1"
    pane.search.clear()
    QTest.keyClicks(pane.search, "nothing")
    QTest.keyClick(pane.search, Qt.Key.Key_Return)
    assert "Nothing" in pane.search.toolTip()


def test_a_path_of_the_list_is_lit_in_the_lattice(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    desk = person.desk
    table = person.inspect(PathsPage).table
    person.lattice_pane.show_all()
    assert table.topLevelItem(0).text(0) == "012"
    assert person.counts(person.stages, LIGHT.lit) == 0
    table.setCurrentItem(table.topLevelItem(1))
    assert desk.highlight.path is desk.answer.lattice.paths[1]
    assert person.counts(person.stages, LIGHT.lit) > 50
