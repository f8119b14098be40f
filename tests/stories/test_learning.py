"""Someone looks at what training would change."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from tests.stories.test_conditions import settle
from ui.inspect.learning import SECOND, LearningPage
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


def test_two_criteria_are_compared_on_the_same_lattice(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    page, alone = person.inspect(LearningPage), {}
    QTest.keyClicks(page.line, "082")
    for name in ("Viterbi", "forward"):
        page.criterion.setCurrentIndex(page.criterion.findData(name))
        settle(person)
        assert page.table.isColumnHidden(SECOND)
        alone[name] = page.message.text(), shown(page, 2)
    page.second.setCurrentIndex(page.second.findData("Viterbi"))
    settle(person)
    assert not page.table.isColumnHidden(SECOND)
    assert page.message.text() == f"{alone['forward'][0]}\n{alone['Viterbi'][0]}"
    for column, name in ((2, "forward"), (SECOND, "Viterbi")):
        beside = shown(page, column)
        assert {arc: told for arc, told in beside.items() if float(told)} == {
            arc: told for arc, told in alone[name][1].items() if arc in beside
        }
    assert page.table.header().visualIndex(SECOND) == page.table.header().visualIndex(2) + 1, "side by side"
    page.second.setCurrentIndex(0)
    settle(person)
    assert page.table.isColumnHidden(SECOND)


def shown(page: LearningPage, column: int) -> dict[object, str]:
    """What a column says of each arc."""
    rows = [page.table.topLevelItem(row) for row in range(page.table.topLevelItemCount())]
    return {row.data(0, Qt.ItemDataRole.UserRole): row.text(column) for row in rows}


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
    word.qtbot.waitUntil(lambda: "went from" in page.message.text(), timeout=60_000)
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
    person.qtbot.waitUntil(lambda: "cannot be taught" in page.message.text(), timeout=60_000)
    assert person.shown_text() == "012"
