"""Someone asks why it was not read as they meant it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from tests.stories.test_conditions import settle
from ui.inspect.why_not import WhyNotPage
from ui.theme.palette import LIGHT


def ask(person: Person, text: str) -> None:
    page = person.inspect(WhyNotPage)
    page.line.clear()
    QTest.keyClicks(page.line, text)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    settle(person)


def test_the_wanted_text_is_set_beside_the_winner(person: Person) -> None:
    person.draw_number(3)
    assert person.wait_for_answer() == "012"
    person.lattice_pane.show_all()
    before = person.counts(person.stages, LIGHT.lit)
    ask(person, "082")
    page = person.inspect(WhyNotPage)
    assert "It was lost at the arc 8 between cut 2 and cut 3, where 1 was read" in page.message.text()
    rows = [[page.table.topLevelItem(r).text(c) for c in range(6)] for r in range(page.table.topLevelItemCount())]
    assert rows[0][:2] == ["1", "8"]
    assert rows[-1][1] == "all"
    assert rows[0][2:] == rows[-1][2:]
    assert person.counts(person.stages, LIGHT.lit) > before + 50
    page.table.setCurrentItem(page.table.topLevelItem(0))
    assert person.desk.highlight.chosen == person.desk.answer.lattice.best[1]


def test_what_was_asked_for_becomes_the_reading_and_is_taken_back(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    ask(person, "082")
    person.press("Use this reading")
    settle(person)
    assert person.shown_text() == "082"
    assert "\u201c082\u201d" in person.conditions.words.text()
    person.press("Undo")
    settle(person)
    assert person.shown_text() == "012"


def test_what_cannot_be_is_told_in_words(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    page = person.inspect(WhyNotPage)
    for text, told in (("0x2", "writes no 'x'"), ("0123456", "No way of cutting"), ("012", "is the answer")):
        ask(person, text)
        assert told in page.message.text()
    assert page.message.text()
    ask(person, "")
    assert "type one" in page.message.text()
    assert not page.table.isVisible()
