"""Someone works on a sheet as on any document: a new one, saved under a name, taken away as text, printed, moved under the pen."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from recognizer.page import load_pages
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.test_dialogs import choose
from tests.stories.test_letters import write
from tests.ui.text_examples import kinds


def title(person: Person) -> str:
    modified = "*" if person.window.isWindowModified() else ""
    return person.window.windowTitle().replace("[*]", modified)


def test_a_sheet_has_a_file_a_name_and_a_mark_while_it_is_not_saved(person: Person, tmp_path: Path) -> None:
    assert title(person).startswith("Inklattice")
    person.draw_number(2)
    assert title(person).startswith("Untitled*")
    choose(person, "save", tmp_path / "mine.inkml")
    person.qtbot.waitUntil(lambda: title(person).startswith("mine.inkml \u2013"), timeout=60_000)
    person.draw_number(1)
    assert title(person).startswith("mine.inkml*")
    person.do("save")  # asks nothing
    person.qtbot.waitUntil(lambda: title(person).startswith("mine.inkml \u2013"), timeout=60_000)
    assert (tmp_path / "mine.inkml").read_text().count("<trace ") == 3
    person.do("new")
    assert (len(person.bench.ink.strokes), person.bench.file) == (0, None)
    assert title(person).startswith("Inklattice")
    person.do("undo")
    assert person.bench.file == tmp_path / "mine.inkml", "what comes back is the ink of that file"


def test_a_new_sheet_loses_nothing(start: Start) -> None:
    person = start()
    person.draw_number(2)
    person.do("new")
    person.close()
    person = start()
    person.press("Restore")
    person.qtbot.waitUntil(lambda: len(person.bench.ink.strokes) == 2, timeout=60_000)


def test_a_sample_is_never_saved_over(person: Person) -> None:
    from ui.locations import SAMPLES
    from ui.samples import samples_in

    person.open(next(sample.path for sample in samples_in(SAMPLES) if sample.is_ink))
    assert person.bench.file is None


def wait_for(person: Person, path: Path, text: str) -> None:
    person.qtbot.waitUntil(lambda: path.exists() and path.read_text() == text, timeout=60_000)


def test_text_is_taken_away_line_by_line_or_joined(start: Start, tmp_path: Path) -> None:
    person = start(kinds())
    write(person, "ab abaa", "abba")
    person.wait_for_answer()
    choose(person, "save_text", tmp_path / "notes.txt")
    wait_for(person, tmp_path / "notes.txt", "ab abaa\nabba\n")
    for kind, name, text in (
        ("Text, lines joined (*.txt)", "joined.txt", "ab abaa abba\n"),
        ("Markdown, line by line (*.md)", "lines.md", "ab abaa\\\nabba\n"),
        ("Markdown, lines joined (*.md)", "joined.md", "ab abaa abba\n"),
    ):
        choose(person, "save_text", (tmp_path / name).with_suffix(""), kind)  # the kind gives it its ending
        wait_for(person, tmp_path / name, text)


def test_ink_is_printed_on_as_many_pages_as_it_needs(person: Person, tmp_path: Path) -> None:
    for line in range(4):
        person.draw_number(3, top=60 + 100 * line)
        person.desk.viewport.place(person.desk.viewport.placement.moved(0, -600))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "ink.pdf"))
    person.files.print_on(printer)
    pages = load_pages(tmp_path / "ink.pdf")
    assert len(pages) > 1
    assert all((page.grey < 128).any() for page in pages)
    assert "ink.pdf" in person.status()


def test_the_wheel_scrolls_and_space_moves_the_sheet(person: Person) -> None:
    placed = person.desk.viewport.placement
    person.wheel()
    assert person.desk.viewport.placement.scale == placed.scale
    assert person.desk.viewport.placement.top > placed.top
    placed = person.desk.viewport.placement
    QTest.keyPress(person.canvas, Qt.Key.Key_Space)
    person.draw((100, 100), (150, 130))
    QTest.keyRelease(person.canvas, Qt.Key.Key_Space)
    assert person.desk.viewport.placement == placed.moved(50, 30)
    assert person.bench.ink.strokes == ()
    person.draw((100, 100), (150, 130))
    assert len(person.bench.ink.strokes) == 1
    placed = person.desk.viewport.placement
    QTest.mousePress(person.canvas, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    QTest.mouseMove(person.canvas, QPoint(120, 95))
    QTest.mouseRelease(person.canvas, Qt.MouseButton.MiddleButton, pos=QPoint(120, 95))
    assert person.desk.viewport.placement == placed.moved(20, -5)
    assert len(person.bench.ink.strokes) == 1
    person.wheel(Qt.KeyboardModifier.ControlModifier)
    assert person.desk.viewport.placement.scale > placed.scale


def test_a_document_is_moved_as_a_sheet_is(person: Person, folder: Path) -> None:
    person.open(folder / "a.png")
    person.wait_for_answer()
    view, viewport = person.page, person.desk.viewport
    placed = viewport.placement
    person.wheel(view=view)
    assert (viewport.placement.scale, viewport.placement.top > placed.top) == (placed.scale, True)
    person.wheel(Qt.KeyboardModifier.ControlModifier, view)
    assert viewport.placement.scale > placed.scale
    placed = viewport.placement
    QTest.keyPress(view, Qt.Key.Key_Space)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseMove(view, QPoint(60, 45))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 45))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert viewport.placement == placed.moved(10, -5)


def test_the_lattice_makes_room_and_that_is_remembered(start: Start) -> None:
    person = start()
    height = person.canvas.height()
    person.do("lattice")
    assert not person.lattice.isVisible()
    person.qtbot.waitUntil(lambda: person.canvas.height() > height, timeout=60_000)
    person.close()
    person = start()
    assert not person.lattice.isVisible()
    person.do("to_lattice")
    assert person.lattice.isVisible()
    QTest.mouseMove(person.canvas, QPoint(5, 5))


def test_a_part_of_a_stroke_is_rubbed_out_and_comes_back(person: Person) -> None:
    person.draw((100, 100), (200, 100), (300, 100))
    person.do("part_eraser")
    person.draw((200, 60), (200, 140))
    first, second = person.bench.ink.strokes
    assert 180 < first.box[2] < 200 < second.box[0] < 220
    person.draw((50, 100), (400, 100))
    assert person.bench.ink.strokes == ()
    person.do("undo")
    person.do("undo")
    assert len(person.bench.ink.strokes) == 1
