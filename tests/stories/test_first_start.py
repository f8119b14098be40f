"""Someone starts the program for the first time."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.conftest import Start
from tests.stories.person import Person
from ui.help.welcome import Welcome
from ui.model.readers import INK, PAGE


def welcome(person: Person) -> Welcome:
    shown = person.help.welcome
    assert shown is not None
    return shown


def test_the_first_steps_are_shown_once_and_again_when_asked_for(start: Start) -> None:
    first = start()
    first.help.greet()
    assert welcome(first).isVisible()
    first.close()
    second = start()
    second.help.greet()
    assert second.help.welcome is None
    second.do("welcome")
    assert welcome(second).isVisible()


@pytest.mark.parametrize(("button", "kind"), [(0, INK), (1, PAGE), (2, PAGE)])
def test_every_sample_is_one_key_away_and_its_text_and_lattice_are_there(
    person: Person, button: int, kind: str
) -> None:
    person.help.greet()
    QTest.keyClick(welcome(person).buttons[button], Qt.Key.Key_Space)
    assert not welcome(person).isVisible()
    assert person.wait_for_answer()
    assert person.bench.current.kind == kind
    assert len(person.shapes()) > 0


def test_whoever_wants_to_write_writes(person: Person) -> None:
    person.help.greet()
    person.draw_number(2)
    assert person.wait_for_answer() == "01"
    QTest.keyClick(welcome(person), Qt.Key.Key_Escape)
    assert not welcome(person).isVisible()


def test_the_picture_follows_the_palette(person: Person) -> None:
    person.help.greet()
    before = welcome(person).grab().toImage()
    person.do("dark")
    assert welcome(person).grab().toImage() != before
    person.do("light")


def test_what_somebody_opens_is_not_covered_by_the_first_steps(person: Person, folder: Path) -> None:
    for opened in (folder / "a.png", folder / "d.inkml", folder):
        person.do("welcome")
        assert welcome(person).isVisible()
        person.files.open([opened])
        person.qtbot.waitUntil(lambda: not welcome(person).isVisible(), timeout=60_000)
