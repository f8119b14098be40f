"""Someone moves, adds and removes cuts on a picture and on a cheque, and the reading follows."""

from functools import cache, partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from recognizer.platform import resources_folder
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.test_conditions import settle
from tests.ui.fakes import fake_kinds
from ui.model.readers import PAGE, PageReader, page_ink
from ui.model.reading import Kind
from ui.theme.palette import LIGHT

SAMPLES = resources_folder() / "samples"


@cache
def _reader() -> PageReader:
    """The real one, which has read something: nobody waits for its imports."""
    from recognizer.page import load_pages
    from recognizer.readers.catalog import load_reader

    reader = PageReader(
        load_reader("amount", system="segmentation"), load_reader("cheque"), partial(load_reader, "scan")
    )
    reader.read(load_pages(SAMPLES / "amount-60135.png")[0])
    return reader


@pytest.fixture
def person(start: Start) -> Person:
    reader = _reader()
    return start(fake_kinds() | {PAGE: Kind(lambda _choice: reader, page_ink)})


@pytest.fixture
def amount(person: Person) -> Person:
    """Looks at a picture of an amount, with the cuts on it."""
    person.open(SAMPLES / "amount-60135.png")
    assert person.wait_for_answer() == "60135"
    person.do("cuts")
    return person


def xs(person: Person) -> list[float]:
    return [place.x for place in person.cuts.places]


def grip(person: Person, cut: int) -> QPoint:
    place = person.cuts.places[cut]
    x, y = person.desk.viewport.placement.to_view(place.x_at(place.top), place.top)
    return QPoint(round(x), round(y))


def test_cuts_lean_as_the_writing_does_and_are_chosen_by_key(amount: Person) -> None:
    editor = amount.cuts
    assert len(editor.places) > 4
    leans = [place.lean for place in editor.places]
    assert leans[0] > 0.1
    assert leans == pytest.approx([leans[0]] * len(leans), abs=1e-3)
    assert amount.counts(editor, LIGHT.accent) > 20
    assert editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_Right)
    assert editor.accessibleDescription() == f"Cut 1 of {len(editor.places)}"


def test_a_cut_of_a_picture_is_removed_by_key_and_comes_back(amount: Person) -> None:
    editor, before, ink = amount.cuts, xs(amount), amount.desk.answer.reading.trace.segments
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, grip(amount, 0))
    assert editor.chosen == 0
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    settle(amount)
    assert len(xs(amount)) == len(before) - 1
    after = amount.desk.answer.reading.trace.segments
    assert ((after.piece_map >= 0) == (ink.piece_map >= 0)).all()
    assert "cuts as you have put them" in amount.conditions.words.text()
    QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.Undo))
    settle(amount)
    assert xs(amount) == before
    assert amount.shown_text() == "60135"


def test_a_cut_is_added_by_a_click_and_by_key(amount: Person) -> None:
    editor, before = amount.cuts, xs(amount)
    segments = amount.desk.answer.reading.trace.segments
    piece = int(np.bincount(segments.piece_map[segments.piece_map >= 0]).argmax())
    rows, columns = np.nonzero(segments.piece_map == piece)
    middle = int(np.argsort(columns)[len(columns) // 2])
    x, y = amount.desk.viewport.placement.to_view(columns[middle] + 0.5, rows[middle] + 0.5)
    QTest.mouseClick(
        editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(round(float(x)), round(float(y)))
    )
    settle(amount)
    assert len(xs(amount)) == len(before) + 1
    QTest.keyClick(editor, Qt.Key.Key_Home)
    QTest.keyClick(editor, Qt.Key.Key_Insert)
    settle(amount)
    assert len(xs(amount)) == len(before) + 2


def test_a_cut_is_dragged_and_moved_by_key(amount: Person) -> None:
    editor, before = amount.cuts, xs(amount)
    widths = np.diff([*before, before[-1] + 40])
    cut = int(widths.argmax())
    start = grip(amount, cut)
    end = start + QPoint(9, 0)
    QTest.mousePress(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(editor, start + QPoint(4, 0))
    QTest.mouseMove(editor, end)
    QTest.mouseRelease(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    settle(amount)
    after = xs(amount)
    assert len(after) == len(before)
    assert after != before
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(amount)
    assert xs(amount) != after


def test_the_cuts_of_a_cheque_are_seen_from_near_and_changed(person: Person) -> None:
    person.open(SAMPLES / "cheque-90.00.jpg")
    assert person.wait_for_answer() == "90.00"
    person.do("fit")
    scale = person.desk.viewport.placement.scale
    person.do("cuts")
    assert person.desk.viewport.placement.scale > 2 * scale
    before = xs(person)
    assert before
    QTest.keyClick(person.cuts, Qt.Key.Key_Right)
    QTest.keyClick(person.cuts, Qt.Key.Key_Delete)
    settle(person)
    assert len(xs(person)) == len(before) - 1
    assert person.page.candidates, "the places of the cheque stay"
    person.press("Clear conditions")
    settle(person)
    assert xs(person) == before
    person.do("mark")
    assert not person.cuts.isVisible(), "one thing at a time on the sheet"
    person.do("cuts")
    assert not person.command("mark").isChecked()
    person.open(SAMPLES / "amount-60135.png")
    person.wait_for_answer()
    assert not person.cuts.isVisible(), "another page is seen as it is"
    person.do("cuts")
    person.do("ink")
    assert not person.command("cuts").isChecked()
