"""Someone corrects words, lets the reader learn them, looks at what that changed, and takes it back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.test_letters import ask, write
from tests.ui.text_examples import kinds, strokes
from ui.model.ink.geometry import bounds
from ui.teach import wizard
from ui.teach.dialog import TeachDialog
from ui.teach.list import PICTURE
from ui.teach.wizard import Wizard
from ui.theme.palette import LIGHT


@dataclass
class Lessons:
    """A stand-in for learning: nothing is learnt, and what comes of it is as the test wants it."""

    characters: float = 0.1  # that are wrong on the fixed sample afterwards
    asked: int = 0

    def __call__(self, corrections: tuple, choice: object, progress: Callable[[float], None]) -> object:
        import time

        from recognizer.networks.last_layer import layer_of
        from recognizer.networks.store import load_model
        from recognizer.platform import resources_folder
        from recognizer.readers.personal import NAMES, Personal, base_of
        from recognizer.training.teaching.report import Errors, Report

        self.asked += 1
        for step in range(20):
            progress(step / 20)
            time.sleep(0.01)
        folder = resources_folder() / "models"
        layers = {name: layer_of(load_model(folder / f"{name}.safetensors").network) for name in NAMES}
        count = len(corrections)
        return Report(
            Personal(layers, {"base": base_of(), "corrections": [each.wanted for each in corrections]}),
            (Errors(count, count, 0.5), Errors(count, 0, 0.0)),
            (Errors(40, 4, 0.1), Errors(40, 4, self.characters)),
            tuple(each.wanted for each in corrections),
        )


@pytest.fixture
def lessons() -> Lessons:
    return Lessons()


@pytest.fixture
def writer(start: Start, lessons: Lessons) -> Person:
    """Has written two lines."""
    person = start(kinds())
    person.teaching.teacher.learn = lessons
    write(person, "ab abaa", "abba")
    person.wait_for_answer()
    return person


def correct(person: Person, glyph: int, word: str) -> None:
    popup = ask(person, glyph)
    popup.edit.clear()
    QTest.keyClicks(popup.edit, word)
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)


def window_of(person: Person, kind: type, open_it: Callable[[], None]) -> object:
    open_it()
    found: list[object] = []

    def shown() -> bool:
        found[:] = [each for each in person.window.findChildren(kind) if each.isVisible()]
        return bool(found)

    person.qtbot.waitUntil(shown, timeout=60_000)
    return found[0]


def teach_window(person: Person) -> TeachDialog:
    return window_of(person, TeachDialog, person.teaching.open)  # type: ignore[return-value]


def wanted(person: Person) -> list[tuple[str, str]]:
    return [(each.read, each.wanted) for each in person.bench.collection.corrections]


def test_corrections_are_collected_and_go_when_they_are_undone(writer: Person, start: Start) -> None:
    correct(writer, 0, "ah")
    correct(writer, 4, "Anna")
    assert wanted(writer) == [("ab", "ah"), ("abaa", "Anna")]
    writer.do("undo")
    assert wanted(writer) == [("ab", "ah")]
    writer.do("redo")
    assert wanted(writer) == [("ab", "ah"), ("abaa", "Anna")]
    correct(writer, 0, "oh")
    assert wanted(writer) == [("abaa", "Anna"), ("ab", "oh")], "what was read is what the reader said, not the user"
    writer.close()
    later = start(kinds())
    later.qtbot.waitUntil(lambda: len(wanted(later)) == 2, timeout=60_000)
    assert wanted(later) == [("abaa", "Anna"), ("ab", "oh")]
    assert len(later.bench.collection.corrections[0].ink.strokes) == 4


def test_a_correction_is_deleted_and_comes_back(writer: Person) -> None:
    correct(writer, 0, "ah")
    correct(writer, 4, "Anna")
    window = teach_window(writer)
    assert [window.list.topLevelItem(row).text(2) for row in range(2)] == ["Anna", "ah"]
    window.list.setCurrentItem(window.list.topLevelItem(1))
    QTest.keyClick(window.list, Qt.Key.Key_Delete)
    assert wanted(writer) == [("abaa", "Anna")]
    correct(writer, 8, "abbb")
    assert wanted(writer) == [("abaa", "Anna"), ("abba", "abbb")], "what was deleted stays so"
    QTest.mouseClick(window.take_in, Qt.MouseButton.LeftButton)
    assert wanted(writer) == [("ab", "ah"), ("abaa", "Anna"), ("abba", "abbb")]


def test_teaching_shows_what_it_changed_and_is_taken_back_by_one_click(writer: Person, lessons: Lessons) -> None:
    correct(writer, 0, "ah")
    window, bench = teach_window(writer), writer.bench
    window.name.setText("Ann")
    QTest.mouseClick(window.teach, Qt.MouseButton.LeftButton)
    assert not window.teach.isEnabled()
    writer.qtbot.waitUntil(lambda: 0 < window.bar.value() < 1000, timeout=60_000)
    writer.qtbot.waitUntil(lambda: not writer.teaching.teacher.busy, timeout=60_000)
    assert "wrong words: 1 of 1" in window.message.text()
    assert "is in use now" in window.message.text()
    assert window.list.topLevelItem(0).text(3) == "ah"
    path = Path(bench.choice.personal)
    assert path.stem == "Ann"
    assert path.exists()
    assert window.models.choice.currentText() == "Ann"
    QTest.mouseClick(window.back, Qt.MouseButton.LeftButton)
    assert bench.choice.personal == ""
    assert not path.exists()
    assert not window.back.isVisible()
    assert wanted(writer) == [("ab", "ah")]


def test_a_correction_of_two_words_outlives_teaching_and_is_shown_whole(writer: Person, lessons: Lessons) -> None:
    popup = ask(writer, 0)
    QTest.mouseClick(popup.further, Qt.MouseButton.LeftButton)
    popup.edit.setText("Abba")
    QTest.keyClick(popup.edit, Qt.Key.Key_Return)
    window = teach_window(writer)
    cell = window.list.visualItemRect(window.list.topLevelItem(0))
    cell.setWidth(PICTURE.width() + 8)
    drawn = drawn_box(window.list.viewport().grab(cell).toImage(), LIGHT.ink)
    left, top, right, foot = bounds(strokes("ab abaa"))
    assert drawn.width() / drawn.height() == pytest.approx((right - left) / (foot - top), rel=0.15)
    QTest.mouseClick(window.teach, Qt.MouseButton.LeftButton)
    writer.qtbot.waitUntil(lambda: not writer.teaching.teacher.busy, timeout=60_000)
    assert writer.bench.choice.personal
    writer.wait_for_answer()
    assert writer.shown_text() == "Abba\nabba"


def drawn_box(image: QImage, colour: str) -> QRect:
    """Around what is drawn in about this colour."""
    wanted = QColor(colour)

    def near(x: int, y: int) -> bool:
        seen = image.pixelColor(x, y)
        return abs(seen.red() - wanted.red()) + abs(seen.blue() - wanted.blue()) < 120

    at = [(x, y) for x in range(image.width()) for y in range(image.height()) if near(x, y)]
    xs, ys = zip(*at, strict=True)
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))


def test_where_other_words_suffer_that_is_said(writer: Person, lessons: Lessons) -> None:
    lessons.characters = 0.2
    correct(writer, 0, "ah")
    window = teach_window(writer)
    QTest.mouseClick(window.teach, Qt.MouseButton.LeftButton)
    writer.qtbot.waitUntil(lambda: not writer.teaching.teacher.busy, timeout=60_000)
    assert "better take it back" in window.message.text()


def test_a_lesson_is_cancelled(writer: Person, lessons: Lessons) -> None:
    correct(writer, 0, "ah")
    window = teach_window(writer)
    QTest.mouseClick(window.teach, Qt.MouseButton.LeftButton)
    writer.qtbot.waitUntil(lambda: window.cancel.isVisible(), timeout=60_000)
    QTest.mouseClick(window.cancel, Qt.MouseButton.LeftButton)
    writer.qtbot.waitUntil(lambda: not writer.teaching.teacher.busy, timeout=60_000)
    assert "Cancelled" in window.message.text()
    assert writer.bench.choice.personal == ""


def test_models_are_named_exported_deleted_and_taken_in(writer: Person, tmp_path: Path) -> None:
    correct(writer, 0, "ah")
    window, bench = teach_window(writer), writer.bench
    for name in ("Ann", "../Ann"):
        window.name.setText(name)
        QTest.mouseClick(window.teach, Qt.MouseButton.LeftButton)
        writer.qtbot.waitUntil(lambda: not writer.teaching.teacher.busy, timeout=60_000)
    assert "Choose a name" in window.message.text()
    models = window.models
    models.export_to(Path(bench.choice.personal), tmp_path / "out.safetensors")
    QTest.mouseClick(models.delete, Qt.MouseButton.LeftButton)
    assert bench.choice.personal == ""
    assert models.choice.count() == 1
    QTest.mouseClick(models.back, Qt.MouseButton.LeftButton)
    assert Path(bench.choice.personal).stem == "Ann"
    models.import_from(tmp_path / "out.safetensors")
    writer.qtbot.waitUntil(lambda: Path(bench.choice.personal).stem == "out", timeout=60_000)
    assert [models.choice.itemText(k) for k in range(models.choice.count())][1:] == ["Ann", "out"]


def test_words_are_asked_for_and_collected(writer: Person) -> None:
    window = window_of(writer, Wizard, writer.teaching.practise)
    assert isinstance(window, Wizard)
    writer.qtbot.waitUntil(lambda: bool(window.asked.text()), timeout=60_000)
    word = window.asked.text()
    assert not window.take.isEnabled()
    for k in range(3):
        QTest.mousePress(
            window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40 + 30 * k, 40)
        )
        QTest.mouseMove(window.canvas, QPoint(50 + 30 * k, 80))
        QTest.mouseRelease(
            window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(50 + 30 * k, 80)
        )
    QTest.mouseClick(window.take, Qt.MouseButton.LeftButton)
    assert wanted(writer) == [("", word)]
    assert len(writer.bench.collection.corrections[0].ink.strokes) == 3
    assert window.asked.text() != word
    assert not window.document.strokes
    QTest.mouseClick(window.learn, Qt.MouseButton.LeftButton)
    assert teach_window(writer).list.topLevelItemCount() == 1


def test_a_model_on_another_version_is_told_and_it_is_read_as_the_program_came(start: Start, tmp_path: Path) -> None:
    from dataclasses import replace

    from recognizer.readers.personal import load_personal
    from tests.ui.text_examples import text_reader
    from ui.model.readers import INK, pen_ink
    from ui.model.reading import Kind

    def load(choice: object) -> object:
        if choice.personal:  # type: ignore[attr-defined]
            load_personal(Path(choice.personal))  # type: ignore[attr-defined]
        return text_reader()

    made = kinds()
    person = start(made | {INK: Kind(load, pen_ink, made[INK].prepare, made[INK].parts)})  # type: ignore[arg-type]
    path = tmp_path / "old.safetensors"
    path.write_bytes(b"of another program")
    bench = person.bench
    bench.choose(replace(bench.choice, personal=str(path)))
    write(person, "ab")
    person.qtbot.waitUntil(lambda: bench.choice.personal == "", timeout=60_000)
    assert person.wait_for_answer() == "ab"
    assert "old.safetensors" in person.notice()


def test_words_that_come_when_the_window_is_closed_are_for_nobody(
    writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However late they come: on a busy machine that is after the window is gone."""
    ready = threading.Event()
    monkeypatch.setattr(wizard, "words_to_write", lambda *_: [("a", "abba")] if ready.wait(20) else [])
    window = window_of(writer, Wizard, writer.teaching.practise)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    writer.qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)
    assert not writer.bench.background.busy
    ready.set()
    writer.qtbot.wait(50)
    window_of(writer, Wizard, writer.teaching.practise)
    writer.qtbot.waitUntil(lambda: not writer.bench.background.busy, timeout=60_000)


def test_the_windows_close_by_escape_and_open_again(writer: Person) -> None:
    for kind, open_it in ((TeachDialog, writer.teaching.open), (Wizard, writer.teaching.practise)):
        for _ in range(2):
            window = window_of(writer, kind, open_it)
            QTest.keyClick(window, Qt.Key.Key_Escape)
            assert not window.isVisible()
    correct(writer, 0, "ah")
    assert wanted(writer) == [("ab", "ah")]
