"""Someone says where on a cheque the amount stands: by dragging, clicking and keys, and takes it back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from recognizer.errors import NothingToRead
from recognizer.readers.reading import FieldOnPage, Reading, WordsOnPage
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.ui.fakes import FakePageReader, fake_kinds
from ui.theme.palette import LIGHT

LEFT, RIGHT = (38.0, 28.0, 132.0, 72.0), (198.0, 28.0, 322.0, 72.0)  # around two bars, and around three

WORDS = WordsOnPage((40.0, 100.0, 300.0, 120.0), "twelve", "012", 0.85)


class FakeChequeReader(FakePageReader):
    """Reads the field that is given, or of two the one on the right; of a dark picture it says so."""

    def read(self, source: Any, on_stage: Callable[[str], None] = lambda _name: None) -> Reading:
        left, top, right, foot = (round(side) for side in source.field or RIGHT)
        grey = np.full_like(source.grey, 255)
        grey[top:foot, left:right] = source.grey[top:foot, left:right]
        if not (grey < 128).any():
            raise NothingToRead("There is no writing in this rectangle that could be an amount.")
        reading = super().read(replace(source, grey=grey), on_stage)
        fields = (FieldOnPage(RIGHT, 1.5, True), FieldOnPage(LEFT, 4.0, False))
        if source.field is not None:
            fields = (FieldOnPage(source.field, 0.0, True),)
        return replace(reading, fields=fields, flaws=("too dark", "blurred"), words=WORDS)


@pytest.fixture
def cheque(tmp_path: Path) -> Path:
    grey = np.full((160, 400), 240, np.uint8)
    for left in (40, 110, 200, 250, 300):
        grey[30:70, left : left + 20] = 20
    path = tmp_path / "cheque.png"
    Image.fromarray(grey).save(path)
    return path


@pytest.fixture
def large(cheque: Path) -> Path:
    """The same in a corner of much paper."""
    grey = np.pad(np.asarray(Image.open(cheque)), ((0, 640), (0, 1200)), constant_values=240)
    Image.fromarray(grey).save(cheque)
    return cheque


@pytest.fixture
def person(start: Start, cheque: Path) -> Person:
    """Someone who looks at all of the cheque."""
    person = start(fake_kinds(page=FakeChequeReader()))
    person.open(cheque)
    assert person.wait_for_answer() == "012"
    person.do("fit")
    return person


def at(person: Person, x: float, y: float) -> QPoint:
    """A place of the page in the view."""
    view_x, view_y = person.desk.viewport.placement.to_view(x, y)
    return QPoint(round(view_x), round(view_y))


def drag(person: Person, begin: tuple[float, float], end: tuple[float, float]) -> None:
    page = person.page
    QTest.mousePress(page, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(person, *begin))
    QTest.mouseMove(page, at(person, (begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2))
    QTest.mouseMove(page, at(person, *end))
    QTest.mouseRelease(page, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(person, *end))


def share_of_view(person: Person) -> float:
    """How much of the width of the view the amount takes up; all of it is seen."""
    page = person.page
    left, right = at(person, RIGHT[0], RIGHT[1]), at(person, RIGHT[2], RIGHT[3])
    assert page.rect().contains(left)
    assert page.rect().contains(right)
    return (right.x() - left.x()) / page.width()


def test_the_amount_is_gone_near_to_once_it_is_found_and_stays_so_in_a_window_of_another_size(
    start: Start, large: Path
) -> None:
    person = start(fake_kinds(page=FakeChequeReader()))
    person.open(large)
    person.wait_for_answer()
    near = share_of_view(person)
    person.window.resize(900, 600)
    assert share_of_view(person) > 0.8 * near
    person.do("fit")
    whole = share_of_view(person)
    assert near > 3 * whole
    person.bench.documents.give_field(RIGHT)  # which is read; but one has chosen to see all
    person.wait_for_answer()
    assert share_of_view(person) == whole


def test_who_has_gone_elsewhere_before_the_amount_is_found_is_left_there(start: Start, large: Path) -> None:
    person = start(fake_kinds(page=FakeChequeReader()))
    person.bench.pages.changed.connect(lambda: person.command("zoom_in").trigger())
    person.open(large)
    before = person.desk.viewport.placement
    person.wait_for_answer()
    assert person.desk.viewport.placement == before


def test_candidates_are_seen_with_their_penalties_and_flaws_in_words(person: Person) -> None:
    page = person.page
    assert page.candidates == (RIGHT, LEFT)
    assert page.amount == RIGHT
    assert "2, at penalties of 1.5; 4.0" in page.accessibleDescription()
    assert person.counts(page, LIGHT.accent) > 200
    assert "too dark and blurred" in person.verdict()


def test_the_words_of_the_amount_are_seen_and_whether_they_agree(person: Person) -> None:
    page, desk = person.page, person.desk
    assert "Accepted" in person.verdict()
    assert "The words below say the same (85 %)" in person.verdict()
    assert "say the same" in page.accessibleDescription()
    assert person.counts(page, LIGHT.accepted) > 100
    person.do("next_field")
    assert person.wait_for_answer() == "01"
    assert "The words below say 012 (85 %)" in person.verdict()
    assert person.counts(page, LIGHT.accepted) == 0
    assert person.counts(page, LIGHT.refused) > 100
    unread = replace(desk.answer.reading, words=replace(WORDS, text=""))
    desk.show(replace(desk.answer, reading=unread))
    assert "does not match" in person.verdict()


def test_a_rectangle_is_dragged_and_read_at_once_and_that_is_undone(person: Person) -> None:
    placement = person.desk.viewport.placement
    person.do("mark")
    drag(person, (30, 20), (140, 80))
    assert person.desk.viewport.placement == placement  # the page was not moved instead
    assert not person.command("mark").isChecked()
    assert person.wait_for_answer() == "01"
    assert person.page.candidates == (RIGHT, LEFT)  # still there to be chosen
    person.do("undo")
    assert person.wait_for_answer() == "012"
    assert person.page.amount == RIGHT
    person.do("redo")
    assert person.wait_for_answer() == "01"
    person.do("find_field")
    assert person.wait_for_answer() == "012"


def test_another_candidate_is_clicked_or_taken_by_key(person: Person) -> None:
    QTest.mouseClick(person.page, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(person, 80, 50))
    assert person.wait_for_answer() == "01"
    assert person.page.amount == LEFT
    person.do("next_field")
    assert person.wait_for_answer() == "012"


def test_the_rectangle_is_moved_and_resized(person: Person) -> None:
    drag(person, (322, 50), (285, 50))  # its right side
    assert person.wait_for_answer() == "01"
    amount = person.page.amount
    assert amount is not None
    assert amount[:2] == pytest.approx(RIGHT[:2])
    assert amount[2] == pytest.approx(285, abs=2)
    drag(person, (230, 50), (130, 50))  # all of it
    assert person.page.amount == pytest.approx((98, 28, amount[2] - 100, 72), abs=2)
    person.qtbot.waitUntil(lambda: person.shown_text() == "0" and not person.desk.stale, timeout=60_000)


def test_the_keyboard_marks_as_well(person: Person) -> None:
    page = person.page
    person.do("mark")
    assert page.hasFocus() or not person.window.isActiveWindow()
    before = page.marked
    assert before is not None
    for _ in range(4):
        QTest.keyClick(page, Qt.Key.Key_Left)
        QTest.keyClick(page, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_Up)
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    moved = page.marked
    assert moved is not None
    step = 8 / page.scale
    expected = (before[0] - 4 * step, before[1] + 3 * step, before[2] - 5 * step, before[3] + 3 * step)
    assert moved == pytest.approx(expected, abs=0.01)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.marked is None
    assert not person.command("mark").isChecked()
    assert page.amount == RIGHT
    person.do("mark")
    for _ in range(40):
        QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        if page.marked is not None and page.marked[2] < 285:
            break
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert person.wait_for_answer() == "01"


def test_a_rectangle_without_writing_says_so_and_the_old_one_comes_back(person: Person) -> None:
    person.do("mark")
    drag(person, (20, 100), (90, 150))
    person.qtbot.waitUntil(lambda: "no writing in this rectangle" in person.verdict(), timeout=60_000)
    person.do("undo")
    assert person.wait_for_answer() == "012"


def test_a_click_on_the_page_moves_nothing_and_a_drag_beside_the_fields_moves_the_page(person: Person) -> None:
    page, viewport = person.page, person.desk.viewport
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(person, 260, 50))
    assert page.marked is None
    assert person.bench.pages.field is None
    for begin, end in (((60, 120), (80, 130)), ((80, 50), (120, 60))):  # the second one begins on another candidate
        before = viewport.placement
        drag(person, begin, end)
        assert viewport.placement != before
        assert person.bench.pages.field is None


def test_a_field_of_the_queue_is_its_result_over_a_restart(start: Start, person: Person, cheque: Path) -> None:
    person.open_all([cheque.parent])
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: len(queue.rows) == 1 and not queue.running, timeout=60_000)
    assert (queue.rows[0].text, queue.rows[0].result.kind) == ("012", "cheque")
    assert queue.rows[0].result.flaws == ("too dark", "blurred")
    person.do("to_queue")
    pages = person.bench.pages
    person.qtbot.waitUntil(lambda: person.bench.documents.is_shown, timeout=60_000)
    person.wait_for_answer()
    person.do("next_field")
    assert person.wait_for_answer() == "01"
    assert queue.rows[0].text == "01"
    person.do("undo")
    person.qtbot.waitUntil(lambda: queue.rows[0].text == "012", timeout=60_000)
    person.do("redo")
    person.qtbot.waitUntil(lambda: queue.rows[0].text == "01", timeout=60_000)
    person.close()
    person = start(fake_kinds(page=FakeChequeReader()))
    queue, pages = person.bench.documents.queue, person.bench.pages
    person.qtbot.waitUntil(lambda: len(queue.rows) == 1, timeout=60_000)
    person.do("to_queue")
    person.qtbot.waitUntil(lambda: pages.field == LEFT, timeout=60_000)
    assert person.wait_for_answer() == "01"
    assert queue.rows[0].result.field == LEFT
