"""What a newcomer stumbled over is said otherwise now, and F11 is F11 wherever one is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from tests.translations import sentences, sources, texts

# What was said, or the beginning of it, and what is said in its place.
SAID = {
    "This is no {name}": "Never read as {name}",
    "No conditions": "Clear conditions",
    "The words below say no amount": "The amount in words does not match the figures",
    " for a person": "{count:,} to check",
    "As the program came": "Built-in reader",
    "Kept ink": "Recovered in&k",
    "Let the amount be found": "&Find the amount again",
    "Read it so": "Use this reading",
    "1 arcs": "1 arc",
    "lines together": "Confidence of line {line}: {share}",
    "is neither PNG": "{0} is not a readable image: {1} can be read.",
    "Write what is confused": "Practise &confused letters\u2026",
    "No command is called so": "No command or key matches: {wanted}",
}


@pytest.mark.parametrize(("before", "now"), SAID.items())
def test_it_is_said_in_plain_words(before: str, now: str) -> None:
    said = [text for path in sources() for text in texts(path)] + sentences()
    assert now in said
    assert [text for text in said if before in text] == []


def test_f11_gives_the_lattice_the_window_wherever_one_is(person: Person) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    person.window.activateWindow()
    person.qtbot.waitUntil(person.window.isActiveWindow, timeout=5000)
    for place in (person.canvas, person.text, person.lattice, person.lattice_pane.search, person.answer.others):
        for alone in (True, False):
            (person.lattice if person.panes.lattice_is_alone else place).setFocus()
            QTest.keyClick(person.lattice if person.panes.lattice_is_alone else place, Qt.Key.Key_F11)
            assert person.panes.lattice_is_alone is alone, place
