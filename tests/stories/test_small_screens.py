"""Someone has a small screen, or large letters: nothing is cut off, and the queue is still one."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.reviewing import ANYTHING, read, trusting
from tests.stories.test_conditions import settle
from tests.stories.test_language import choose, started
from tests.stories.test_names import PAGES
from ui.inspect.learning import LearningPage
from ui.language import speak

SMALL = (1024, 600)
DOUBLED = (720, 450)  # 1440 x 900 at 200 %

SEEN = """
import time
from pathlib import Path
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel
from ui.empty import EmptyState
from ui.model.documents.result import State, Verdict
size = tuple(map(int, sys.argv[3].split(",")))
window.bench.reading.start()
window.resize(*size)
window.show()
cut = []
def look():
    for _ in range(20):
        application.processEvents()
        time.sleep(0.01)
    for widget in [*window.findChildren(QLabel), *window.findChildren(QAbstractButton), *window.findChildren(QComboBox)]:
        words = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
        wraps = isinstance(widget, QLabel) and (widget.wordWrap() or widget.sizePolicy().horizontalPolicy().name == "Ignored")
        if widget.isVisible() and words and not wraps:
            least, around = widget.minimumSizeHint(), widget.parentWidget().rect()
            if widget.width() < least.width() or widget.height() < least.height() - 2 or not around.contains(widget.geometry()):
                cut.append(f"{type(widget).__name__} {words}")
for kind in window.bench.desks:
    window.bench.current.look_at(kind)
    look()
    for sheet in (person.canvas, person.page):
        for empty in sheet.findChildren(EmptyState):
            if empty.isVisible() and not sheet.rect().contains(empty.geometry()):
                cut.append(kind)
window.files.open([Path(sys.argv[2])])
queue, table = window.bench.documents.queue, person.queue.table
until = time.monotonic() + 20
while (queue.running or len(queue.rows) < 8 or window.bench.background.busy) and time.monotonic() < until:
    application.processEvents()
    time.sleep(0.01)
look()
for row in queue.rows:
    queue.decide(row.result.place, Verdict(State.SKIPPED))
look()
rows = table.viewport().height() // table.verticalHeader().defaultSectionSize()
print(json.dumps([[window.width(), window.height()], rows, cut]))
window.close()
"""


@pytest.mark.parametrize("size", [SMALL, DOUBLED])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_cut_off_and_six_rows_of_the_queue_are_seen(
    tmp_path: Path, person: Person, folder: Path, language: str, size: tuple[int, int]
) -> None:
    choose(person, language)
    shown, rows, cut = json.loads(started(tmp_path / "home", SEEN, str(folder), f"{size[0]},{size[1]}"))
    assert tuple(shown) == size, "the window can be as small as that"
    assert rows >= 6
    assert cut == []


BESIDE = """
from PySide6.QtWidgets import QDialog
for tab in range(person.inspector.tabs.count()):
    person.inspector.tabs.setCurrentIndex(tab)
    look()
for command in ("welcome", "manual", "shortcuts", "study", "about", "licences", "teach", "practise"):
    window.actions_[command].trigger()
    until = time.monotonic() + 5
    while not (shown := [each for each in window.findChildren(QDialog) if each.isVisible()]) and time.monotonic() < until:
        application.processEvents()
    (dialog,) = shown
    dialog.resize(min(dialog.width(), size[0]), min(dialog.height(), size[1] - 36))
    look()
    if dialog.width() > size[0] or dialog.height() > size[1]:
        cut.append(f"{command} {dialog.width()} x {dialog.height()}")
    dialog.close()
print(json.dumps(cut))
window.close()
"""


@pytest.mark.parametrize("size", [SMALL, DOUBLED])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_cut_off_beside_the_sheet_and_in_other_windows(
    tmp_path: Path, person: Person, language: str, size: tuple[int, int]
) -> None:
    choose(person, language)
    story = SEEN.partition("window.files.open")[0] + BESIDE
    assert json.loads(started(tmp_path / "home", story, "", f"{size[0]},{size[1]}")) == []


@pytest.mark.parametrize("size", [SMALL, DOUBLED])
def test_what_stands_beside_the_sheet_has_room_at_once_whatever_is_looked_into(
    word: Person, size: tuple[int, int]
) -> None:
    word.window.resize(*size)
    word.revision.want(word.desk.answer.reading.alternatives[1].text)
    side = next(each for each in word.window.findChildren(QScrollArea) if each.isAncestorOf(word.inspector))
    for page in PAGES:
        shown = word.inspect(page)
        if isinstance(shown, LearningPage):
            shown.second.setCurrentIndex(1)
            shown.line.setText(word.desk.answer.reading.text)
            shown.ask()
        settle(word)
        word.qtbot.waitUntil(lambda: side.widget().width() <= side.viewport().width(), timeout=60_000)
    assert word.conditions.clear.isVisible()


def test_the_side_has_its_share_when_the_window_is_first_seen(start: Start) -> None:
    person = start()
    person.window.resize(*SMALL)
    width = person.inspector.window().width()
    assert person.answer.width() > 0.27 * width


def test_a_message_moves_nothing(person: Person) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    places = [view.geometry() for view in (person.canvas, person.lattice)]
    person.bench.problems.report(RuntimeError("odd"))
    person.qtbot.wait(20)
    assert person.notices.isVisible()
    assert [view.geometry() for view in (person.canvas, person.lattice)] == places
    around = person.notices.parentWidget()
    assert around.rect().contains(person.notices.geometry())
    person.press("Details")
    assert around.rect().contains(person.notices.geometry())
    person.window.resize(900, 620)
    person.qtbot.waitUntil(lambda: around.rect().contains(person.notices.geometry()), timeout=60_000)


def test_windows_beside_are_no_larger_than_the_screen(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen:
        def availableGeometry(self) -> QRect:
            return QRect(0, 0, *DOUBLED)

    def beside() -> list[QWidget]:
        return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not person.window]

    monkeypatch.setattr(QDialog, "screen", lambda _dialog: Screen())
    for command in ("welcome", "manual", "teach", "practise"):
        person.do(command)
        person.qtbot.waitUntil(lambda: bool(beside()), timeout=60_000)
        (shown,) = beside()
        person.qtbot.wait(50)
        assert shown.width() <= DOUBLED[0]
        assert shown.height() < DOUBLED[1]
        shown.close()


def test_pictures_of_the_manual_are_no_wider_than_its_pages(person: Person) -> None:
    person.do("manual")
    page = person.help.shown.pages["manual"]
    person.help.shown.resize(640, 440)
    person.qtbot.waitUntil(lambda: page.paper.horizontalScrollBar().maximum() == 0, timeout=60_000)


def test_a_window_that_was_elsewhere_comes_back_on_the_screen(start: Start) -> None:
    person = start()
    person.window.move(5000, 4000)
    person.window.resize(3000, 2500)
    person.close()
    person = start()
    room = person.window.screen().availableGeometry()
    assert room.contains(person.window.geometry())


def test_the_slider_says_what_it_rests_on_and_what_it_comes_to_here(start: Start, folder: Path) -> None:
    person = start(trusting(amount=ANYTHING, text=ANYTHING))
    read(person, folder)
    person.queue.acceptance.refresh_promise()
    assert "Here: 7 of 8 accepted" in person.queue.acceptance.promise.text()


def test_numbers_are_written_as_the_language_writes_them() -> None:
    from ui.language import numeral, tr

    assert (numeral(9.1, ".1f"), tr("{share:.1f} of {count:,}", share=0.5, count=1000)) == ("9.1", "0.5 of 1,000")
    speak("de")
    try:
        assert numeral(9.1, ".1f") == "9,1"
        assert tr("{share:.1f} of {count:,}", share=0.5, count=1000) == "0,5 of 1\N{NARROW NO-BREAK SPACE}000"
        assert numeral(1234.0, ",.0f") == "1\N{NARROW NO-BREAK SPACE}234"
    finally:
        speak("en")
