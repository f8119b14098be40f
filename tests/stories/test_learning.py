"""Someone looks at what training would change."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from tests.stories.test_conditions import settle
from ui.inspect.learning import LearningPage
from ui.theme.palette import LIGHT


def test_the_gradient_of_each_criterion_colours_the_lattice(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    page, view = person.inspect(LearningPage), person.stages
    QTest.keyClicks(page.line, "082")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    settle(person)
    assert [band.stage for band in view.bands] == [1]
    losses = []
    for criterion in range(page.criterion.count()):
        page.criterion.setCurrentIndex(criterion)
        settle(person)
        losses.append(page.message.text())
        row = page.table.topLevelItem(0)
        assert abs(float(row.text(2))) <= 1
    assert len(set(losses)) == 4
    signs = {page.table.topLevelItem(r).text(0): page.table.topLevelItem(r).text(2)[0] for r in range(2)}
    assert signs == {"8": "+", "1": "-"}
    assert view.legend == ("penalty will fall", "rise")
    assert person.counts(view, LIGHT.lit) > 20
    page.table.setCurrentItem(page.table.topLevelItem(0))
    assert person.desk.highlight.chosen == person.desk.answer.lattice.best[1]
    person.inspector.tabs.setCurrentIndex(0)
    assert view.legend != ("penalty will fall", "rise")


def test_where_nothing_is_to_be_learnt_that_is_said(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    page = person.inspect(LearningPage)
    page.criterion.setCurrentIndex(1)
    QTest.keyClicks(page.line, "012")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    settle(person)
    assert "nothing to learn" in page.message.text()
    assert not page.table.isVisible()
    page.line.setText("x")
    page.ask()
    settle(person)
    assert "writes no 'x'" in page.message.text()


def test_one_step_is_taken_and_taken_back(word: Person) -> None:
    page, desk = word.inspect(LearningPage), word.desk
    before = desk.answer
    place, letter = next((k, letter) for k, letter in enumerate(before.letters) if letter.others)
    wanted = before.reading.text[:place] + letter.others[0][0] + before.reading.text[place + 1 :]
    page.line.setText(wanted)
    page.ask()
    settle(word)
    assert "loss is" in page.message.text(), page.message.text()
    loss = float(page.message.text().split("The loss is ")[1].split()[0])
    QTest.mouseClick(page.step, Qt.MouseButton.LeftButton)
    word.qtbot.waitUntil(lambda: "went from" in page.message.text(), timeout=20000)
    was, now = (float(page.message.text().split(mark)[1].split()[0]) for mark in ("from ", "to "))
    assert now < was == loss
    assert "\u2192" in page.table.topLevelItem(0).text(3)
    assert "steps of training: 1" in word.conditions.words.text()
    assert desk.answer is not before
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    settle(word)
    assert desk.answer is before
    assert not page.back.isVisible()
    assert desk.constraints is None


def test_a_reader_without_a_network_cannot_take_a_step(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    page = person.inspect(LearningPage)
    page.line.setText("082")
    page.ask()
    settle(person)
    QTest.mouseClick(page.step, Qt.MouseButton.LeftButton)
    person.qtbot.waitUntil(lambda: "cannot be taught" in page.message.text(), timeout=20000)
    assert person.shown_text() == "012"
