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
