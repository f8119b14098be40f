"""Someone looks for a word of the manual, for a key, for the study, for what the models can do, by the keyboard alone."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.stories.person import Person
from ui.help.licences import LicencePage
from ui.help.manual_page import ManualPage
from ui.help.paper import PaperView
from ui.help.shortcuts import ShortcutPage


def page(person: Person, name: str) -> QWidget:
    assert person.help.shown is not None
    return person.help.shown.pages[name]


def test_a_key_is_found_by_typing(person: Person) -> None:
    assert person.command("shortcuts").shortcuts()
    person.do("shortcuts")
    keys = page(person, "shortcuts")
    assert isinstance(keys, ShortcutPage)
    QTest.keyClicks(keys.search, "doubt")
    assert ("Next doubt", "F8") in keys.shown()
    assert ("Undo", QKeySequence(QKeySequence.StandardKey.Undo).toString()) not in keys.shown()


def test_the_keys_of_the_queue_are_told_as_they_are(person: Person) -> None:
    person.do("shortcuts")
    keys = page(person, "shortcuts")
    assert isinstance(keys, ShortcutPage)
    QTest.keyClicks(keys.search, "queue others")
    assert keys.shown() == [("Leave the page to others; to the next", "Space")], "Esc says nothing"


def test_every_command_with_a_key_stands_there(person: Person) -> None:
    person.do("shortcuts")
    keys = page(person, "shortcuts")
    assert isinstance(keys, ShortcutPage)
    told = {keys for _what, keys in keys.shown()}
    for action in person.window.actions():
        assert not action.shortcut().toString() or any(action.shortcut().toString() in each for each in told), (
            action.text()
        )


def test_the_manual_is_searched_and_read_by_keys(person: Person) -> None:
    person.do("manual")
    manual = page(person, "manual")
    assert isinstance(manual, ManualPage)
    assert {"Writing", "Limits"} < set(manual.shown())
    QTest.keyClicks(manual.search, "retina nonsense")
    assert manual.shown() == []
    assert manual.open_page("cheques")
    QTest.keyClicks(manual.search, "queue")
    assert manual.list.currentItem().text() == "Cheques and queues"  # which has it, and stays
    assert "Glossary" in manual.shown()
    places = []
    for _ in range(3):
        QTest.keyClick(manual.search, Qt.Key.Key_Return)
        cursor = manual.paper.textCursor()
        places.append(cursor.position())
        assert manual.paper.toPlainText()[: cursor.position()].casefold().endswith("queue")
    assert len(set(places)) > 1


def test_links_of_the_manual_lead_to_its_pages(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda link: opened.append(link.toString()))
    person.do("manual")
    manual = page(person, "manual")
    assert isinstance(manual, ManualPage)
    manual.paper.anchorClicked.emit(QUrl("writing.md#keys"))
    assert manual.paper.toPlainText().startswith("Writing")
    manual.paper.anchorClicked.emit(QUrl("https://www.w3.org"))
    manual.paper.anchorClicked.emit(QUrl("file:///etc/passwd"))
    manual.paper.anchorClicked.emit(QUrl("../../etc/passwd"))
    assert opened == ["https://www.w3.org"]
    assert manual.paper.toPlainText().startswith("Writing")


def test_the_study_and_the_models_are_read_and_the_window_is_closed_by_keys(person: Person) -> None:
    for name, words in (("study", "Classifiers of handwritten digits"), ("about", "UNIPEN project")):
        person.do(name)
        paper = page(person, name)
        assert isinstance(paper, PaperView)
        assert words in paper.toPlainText()
        QTest.keyClick(paper, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    shown = person.help.shown
    assert shown is not None
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_a_licence_is_chosen_by_the_arrows(person: Person) -> None:
    person.do("licences")
    licences = page(person, "licences")
    assert isinstance(licences, LicencePage)
    ours = licences.text.toPlainText()
    QTest.keyClick(licences.packages, Qt.Key.Key_Down)
    assert licences.text.toPlainText() not in ("", ours)


@pytest.mark.parametrize(("name", "rows"), [("manual", "list"), ("licences", "packages")])
def test_rows_have_their_height_at_once(person: Person, name: str, rows: str) -> None:
    person.do("light")
    person.do(name)
    person.do("light")
    person.qtbot.wait(50)
    shown = getattr(page(person, name), rows)
    before = shown.grab().toImage()
    shown.doItemsLayout()
    person.qtbot.wait(50)
    assert shown.grab().toImage() == before


def test_the_pages_follow_the_palette(person: Person) -> None:
    person.do("study")
    before = page(person, "study").grab().toImage()
    person.do("dark")
    assert page(person, "study").grab().toImage() != before
    person.do("light")
    assert QApplication.instance() is not None
