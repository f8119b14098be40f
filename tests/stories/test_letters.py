"""Someone writes words, and looks at each letter."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.ui.text_examples import kinds, strokes
from ui.lattice.describe import percent
from ui.model.choice import NUMBERS
from ui.model.ink.commands import AddStroke
from ui.model.ink.geometry import Similarity
from ui.text.popup import TEXT, AlternativesPopup
from ui.theme.palette import LIGHT


@pytest.fixture
def writer(start: Start) -> Person:
    """Has written two lines, in which every "ab" is doubtful."""
    person = start(kinds())
    write(person, "ab abaa", "abba")
    assert person.wait_for_answer() == "ab abaa\nabba"
    return person


def write(person: Person, *lines: str, down: float = 0.0) -> None:
    for stroke in map(Similarity(dy=down).of, strokes(*lines)):
        person.bench.undo.push(AddStroke(person.bench.ink, stroke))


def middle(person: Person, glyph: int) -> QPoint:
    return person.text.place_of(glyph).center().toPoint()


def hover(person: Person, glyph: int) -> None:
    text = person.text
    QTest.mouseMove(text, middle(person, glyph) + QPoint(1, 1))
    QTest.mouseMove(text, middle(person, glyph))


def ask(person: Person, glyph: int) -> AlternativesPopup:
    text = person.text
    QTest.mouseClick(text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(person, glyph))
    found = person.answer.findChildren(AlternativesPopup)
    person.qtbot.waitUntil(lambda: found[-1].isVisible(), timeout=60_000)
    return found[-1]


def test_pointing_at_a_letter_lights_its_ink_and_pointing_at_ink_its_letter(writer: Person) -> None:
    canvas, text, light = writer.canvas, writer.text, writer.desk.light
    assert writer.counts(canvas, LIGHT.lit) == 0
    hover(writer, 1)
    assert writer.counts(canvas, LIGHT.lit) > 30
    assert light.pointed == writer.desk.passage.glyphs[1].span
    QTest.mouseMove(text, QPoint(text.width() - 2, text.height() - 2))
    assert writer.counts(canvas, LIGHT.lit) == 0
    assert writer.counts(text, LIGHT.lit_wash) == 0
    writer.do("fit")
    for glyph, number in ((1, 1), (8, 6)):
        ink = writer.bench.ink.strokes[number].points
        place = writer.desk.viewport.placement.to_view(*ink[len(ink) // 2, :2].tolist())
        QTest.mouseMove(canvas, QPoint(3, 3))
        QTest.mouseMove(canvas, QPoint(*map(round, place)))
        assert light.pointed == writer.desk.passage.glyphs[glyph].span
        assert writer.counts(text, LIGHT.lit_wash) > 30


def test_doubtful_letters_are_marked_and_found_by_key(writer: Person) -> None:
    text, light = writer.text, writer.desk.light
    assert writer.counts(text, LIGHT.refused) > 0
    passage = writer.desk.passage
    assert [passage.glyphs[k].text for k in passage.doubts] == ["b"]
    assert "1 word to check" in writer.verdict()
    assert "Refused" not in writer.verdict()
    assert "Confidence of line" in writer.verdict()
    writer.do("next_doubt")
    assert light.chosen == passage.glyphs[1].span
    assert text.accessibleDescription().startswith("b, ")
    assert "doubtful" in text.accessibleDescription()
    writer.do("previous_doubt")
    assert light.chosen == passage.glyphs[1].span


def test_another_word_is_chosen_and_taken_back(writer: Person) -> None:
    popup = ask(writer, 0)
    shown = [popup.list.item(row).data(TEXT) for row in range(popup.list.count())]
    assert shown[:2] == ["ab", "ah"]
    popup.list.itemClicked.emit(popup.list.item(1))
    assert writer.shown_text() == "ah abaa\nabba"
    assert writer.desk.passage.doubts == []
    writer.do("copy")
    assert QGuiApplication.clipboard().text() == "ah abaa\nabba"
    writer.do("undo")
    assert writer.shown_text() == "ab abaa\nabba"
    writer.do("redo")
    assert writer.shown_text() == "ah abaa\nabba"


def test_a_word_has_one_confidence(writer: Person) -> None:
    for glyph, number in ((0, 0), (4, 1)):
        word = writer.desk.passage.words[number]
        shown = [ask(writer, glyph).list.item(row).text() for row in range(2)]
        assert shown[0] == f"{word.text}    {percent(word.chance)}"
    writer.bench.choose(replace(writer.bench.choice, reads=NUMBERS))  # of an amount, that of the whole
    writer.wait_for_answer()
    answer = writer.desk.answers[1]
    shown = [ask(writer, len(writer.desk.passage.glyphs) - 1).list.item(0).text()]
    assert shown[0] == f"{answer.reading.text}    {percent(answer.reading.confidence)}"


def test_what_a_person_has_said_is_marked_and_no_confidence_of_the_machine_s(writer: Person) -> None:
    def alternatives() -> list[str]:
        others = writer.answer.others
        return [others.topLevelItem(row).text(0) for row in range(others.topLevelItemCount())]

    writer.desk.look_into(0)
    assert "Confidence of line 1" in writer.verdict()
    assert writer.counts(writer.text, LIGHT.accepted) == 0
    before = alternatives()
    popup = ask(writer, 0)
    assert popup.list.accessibleName() == "What it may be"
    popup.edit.setText("Ah")
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    assert "Line 1 was corrected by a person" in writer.verdict()
    assert "Confidence" not in writer.verdict()
    assert alternatives()[0] == "ab abaa"
    assert alternatives()[1:] == before[: len(alternatives()) - 1]
    writer.text.go_to(None)
    assert writer.counts(writer.text, LIGHT.accepted) > 10
    popup = ask(writer, 0)
    assert popup.list.accessibleName() == "What it was read as"
    assert [popup.list.item(row).data(TEXT) for row in range(2)] == ["ab", "ah"]
    popup.close()
    writer.desk.look_into(1)
    assert "Confidence of line 2" in writer.verdict()
    writer.do("undo")
    writer.desk.look_into(0)
    assert "Confidence of line 1" in writer.verdict()
    assert alternatives() == before


def test_another_letter_is_chosen_by_key(writer: Person) -> None:
    writer.do("next_doubt")
    text = writer.text
    QTest.keyClick(text, Qt.Key.Key_Return)
    popup = writer.answer.findChildren(AlternativesPopup)[-1]
    writer.qtbot.waitUntil(lambda: popup.isVisible(), timeout=60_000)
    row = next(k for k in range(popup.list.count()) if popup.list.item(k).text().startswith("h "))
    QTest.keyClick(popup.edit, Qt.Key.Key_Down)
    popup.list.setCurrentRow(row)
    QTest.keyClick(popup.list, Qt.Key.Key_Return)
    assert writer.shown_text() == "ah abaa\nabba"


def test_a_correction_is_typed_and_stays_while_other_words_change(writer: Person) -> None:
    popup = ask(writer, 4)
    popup.edit.clear()
    QTest.keyClicks(popup.edit, "Anna")
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    assert writer.shown_text() == "ab Anna\nabba"
    first = writer.bench.ink.strokes[0]
    writer.bench.undo.push(AddStroke(writer.bench.ink, strokes("ab abaa", "abba", "ab")[-1]))
    writer.wait_for_answer()
    assert writer.shown_text().startswith("ab Anna\nabba")
    writer.do("lasso")
    writer.bench.selection.choose_all()
    QTest.keyClick(writer.canvas, Qt.Key.Key_Down)
    assert writer.bench.ink.strokes[0] is not first
    writer.wait_for_answer()
    assert writer.shown_text().startswith("ab Anna\nabba"), "what is moved keeps its correction"


def test_a_correction_of_two_words_holds_when_they_are_read_as_other_words(writer: Person, start: Start) -> None:
    popup = ask(writer, 0)
    QTest.mouseClick(popup.further, Qt.MouseButton.LeftButton)
    assert popup.edit.text() == "ab abaa"
    popup.edit.clear()
    QTest.keyClicks(popup.edit, "Abba")
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    assert writer.shown_text() == "Abba\nabba"
    (made,) = writer.bench.collection.corrections
    assert (made.read, made.wanted) == ("ab abaa", "Abba")
    assert len(made.ink.strokes) == len(strokes("ab abaa"))
    writer.bench.choose(replace(writer.bench.choice))  # the networks are others, and all is read anew
    writer.wait_for_answer()
    assert writer.shown_text() == "Abba\nabba"


def test_a_correction_is_extended_by_the_next_word_and_what_was_read_is_what_the_reader_said(writer: Person) -> None:
    popup = ask(writer, 0)
    popup.edit.setText("Ah")
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    popup = ask(writer, 0)
    QTest.mouseClick(popup.further, Qt.MouseButton.LeftButton)
    assert popup.edit.text() == "Ah abaa"
    popup.edit.setText("Ahab")
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    assert writer.shown_text() == "Ahab\nabba"
    (made,) = writer.bench.collection.corrections
    assert (made.read, made.wanted, len(made.ink.strokes)) == ("ab abaa", "Ahab", len(strokes("ab abaa")))
    writer.do("undo")
    assert [(each.read, each.wanted) for each in writer.bench.collection.corrections] == [("ab", "Ah")]


def test_all_of_a_doubtful_word_has_a_wave_below_and_no_other_word(writer: Person) -> None:
    text = writer.text
    image, colour = text.grab().toImage(), QColor(LIGHT.refused).rgb()
    ratio = image.width() / text.width()

    def waves(glyph: int) -> bool:
        area = text.place_of(glyph)
        xs = range(round(area.left() * ratio), min(round(area.right() * ratio), image.width()))
        ys = range(round((area.bottom() - 12) * ratio), min(round(area.bottom() * ratio), image.height()))
        return any(image.pixel(x, y) == colour for x in xs for y in ys)

    passage = writer.desk.passage
    marked = [waves(k) for k, glyph in enumerate(passage.glyphs) if glyph.word is not None]
    assert marked == [passage.words[g.word].doubtful for g in passage.glyphs if g.word is not None]
    assert marked[:3] == [True, True, False]


def test_typing_at_a_doubtful_word_corrects_it_and_switches_no_tool(writer: Person) -> None:
    writer.do("lasso")
    writer.do("next_doubt")
    QTest.keyClick(writer.text, "P")
    popup = writer.answer.findChildren(AlternativesPopup)[-1]
    writer.qtbot.waitUntil(lambda: popup.isVisible(), timeout=60_000)
    assert popup.edit.text().lower() == "p"
    QTest.keyClicks(popup.edit, "en")
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    assert writer.shown_text().lower() == "pen abaa\nabba"
    assert writer.command("lasso").isChecked()
    assert "Nothing is doubtful" in writer.verdict()


def test_copying_says_so(writer: Person) -> None:
    writer.do("copy")
    assert writer.status() == "Copied: ab abaa\u2026"
    writer.do("copy_running")
    assert writer.status() == "Copied: ab abaa abba"
    writer.do("copy_ink")
    assert "strokes" in writer.status()


def test_the_stage_that_one_looks_at_stays_when_another_line_is_looked_into(writer: Person) -> None:
    pane = writer.lattice_pane
    for look in ("next_stage", "next_stage", "all_stages", "previous_stage"):
        writer.do(look)
        pane.beam.setValue(pane.beam.value() - 1)
        wanted = pane.choice.currentText(), pane.view, pane.beam.value()
        writer.text.go_to(8)
        assert writer.desk.line == 1
        writer.do("next_doubt")
        assert writer.desk.line == 0
        assert (pane.choice.currentText(), pane.view, pane.beam.value()) == wanted


def test_letters_are_walked_by_key_and_their_line_is_looked_into(writer: Person) -> None:
    text, desk = writer.text, writer.desk
    text.setFocus()
    for key, letter, line in (
        (Qt.Key.Key_Right, "a", 0),
        (Qt.Key.Key_Right, "b", 0),
        (Qt.Key.Key_Down, "b", 1),
        (Qt.Key.Key_End, "a", 1),
        (Qt.Key.Key_Home, "a", 0),
    ):
        QTest.keyClick(text, key)
        glyph = desk.passage.glyphs[desk.passage.glyph_with(desk.light.chosen)]
        assert (glyph.text, glyph.span.line, desk.line) == (letter, line, line)
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert desk.light.chosen is None


def test_on_a_page_alternatives_are_shown_but_not_taken(start: Start, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tests.stories.test_documents import amount

    person = start(kinds())
    amount().save(tmp_path / "amount.png")
    person.open(tmp_path / "amount.png")
    person.wait_for_answer()
    popup = ask(person, 0)
    assert not popup.edit.isEnabled()
    popup.list.itemClicked.emit(popup.list.item(0))
    assert person.shown_text() == "012"
