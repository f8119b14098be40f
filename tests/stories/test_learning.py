"""Someone looks at what training would change."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from tests.stories.test_conditions import settle
from ui.theme.palette import LIGHT


def test_the_gradient_of_each_criterion_colours_the_lattice(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    panes = person.window.panes
    page, view = panes.learning, panes.lattice_pane.stages
    panes.inspector.tabs.setCurrentWidget(page)
    QTest.keyClicks(page.line, "082")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    settle(person)
    assert [band.stage for band in view.bands] == [1]
    losses = []
    for criterion in range(page.criterion.count()):
        page.criterion.setCurrentIndex(criterion)
        settle(person)
        losses.append(page.told.text())
        row = page.table.topLevelItem(0)
        assert abs(float(row.text(2))) <= 1
    assert len(set(losses)) == 4
    signs = {page.table.topLevelItem(r).text(0): page.table.topLevelItem(r).text(2)[0] for r in range(2)}
    assert signs == {"8": "+", "1": "-"}
    assert view.legend == ("penalty will fall", "rise")
    assert person.counts(view, LIGHT.lit) > 20
    page.table.setCurrentItem(page.table.topLevelItem(0))
    assert person.window.bench.desk.spotlight.chosen == person.window.bench.desk.answer.lattice.best[1]
    panes.inspector.tabs.setCurrentIndex(0)
    assert view.legend != ("penalty will fall", "rise")


def test_where_nothing_is_to_be_learnt_that_is_said(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    page = person.window.panes.learning
    person.window.panes.inspector.tabs.setCurrentWidget(page)
    page.criterion.setCurrentIndex(1)
    QTest.keyClicks(page.line, "012")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    settle(person)
    assert "nothing to learn" in page.told.text()
    assert not page.table.isVisible()
    page.line.setText("x")
    page.ask()
    settle(person)
    assert "writes no 'x'" in page.told.text()


def test_one_step_is_taken_and_taken_back(word: Person) -> None:
    page, desk = word.window.panes.learning, word.window.bench.desk
    word.window.panes.inspector.tabs.setCurrentWidget(page)
    before = desk.answer
    place, letter = next((k, letter) for k, letter in enumerate(before.letters) if letter.others)
    wanted = before.reading.text[:place] + letter.others[0][0] + before.reading.text[place + 1 :]
    page.line.setText(wanted)
    page.ask()
    settle(word)
    assert "loss is" in page.told.text(), page.told.text()
    loss = float(page.told.text().split("The loss is ")[1].split()[0])
    QTest.mouseClick(page.step, Qt.MouseButton.LeftButton)
    word.qtbot.waitUntil(lambda: "went from" in page.told.text(), timeout=20000)
    was, now = (float(page.told.text().split(mark)[1].split()[0]) for mark in ("from ", "to "))
    assert now < was == loss
    assert "\u2192" in page.table.topLevelItem(0).text(3)
    assert "steps of training: 1" in word.window.panes.conditions.words.text()
    assert desk.answer is not before
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    settle(word)
    assert desk.answer is before
    assert not page.back.isVisible()
    assert desk.constraints is None


def test_a_reader_without_a_network_cannot_take_a_step(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    page = person.window.panes.learning
    person.window.panes.inspector.tabs.setCurrentWidget(page)
    page.line.setText("082")
    page.ask()
    settle(person)
    QTest.mouseClick(page.step, Qt.MouseButton.LeftButton)
    person.qtbot.waitUntil(lambda: "cannot be taught" in page.told.text(), timeout=20000)
    assert person.shown_text() == "012"
