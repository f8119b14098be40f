"""Someone takes notes in colours, on several pages, and takes all of it away."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from recognizer.page import load_pages
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.test_dialogs import choose
from tests.stories.test_letters import write
from tests.ui.text_examples import kinds
from ui.ink.clipboard import InkMime, strokes_in
from ui.model.ink.document import Pen
from ui.model.ink.leaves import HEIGHT


def take(person: Person, *names: str) -> None:
    """Choose in the menu of the pen."""
    for name in names:
        next(action for action in person.pen_menu.actions() if action.text() == name).trigger()


def pens(person: Person) -> list[Pen]:
    return [stroke.pen for stroke in person.bench.ink.strokes]


def test_the_pen_has_a_colour_and_a_width_that_are_remembered_and_kept(start: Start, tmp_path: Path) -> None:
    person = start()
    person.draw((100, 60), (100, 160))
    take(person, "Red", "Broad")
    person.draw((160, 60), (160, 160))
    red = Pen("#b3261e", 5.0)
    assert pens(person) == [Pen(), red]
    assert person.counts(person.canvas, red.colour) > 300
    person.save(tmp_path / "notes.inkml")
    person.draw((220, 60), (220, 160))
    person.close()
    person = start()
    person.press("Restore")  # from what was kept while it was written
    person.qtbot.waitUntil(lambda: pens(person) == [Pen(), red, red], timeout=60_000)
    person.open(tmp_path / "notes.inkml")
    assert pens(person) == [Pen(), red]
    person.draw((280, 60), (280, 160))
    assert pens(person)[-1] == red, "the pen is that of the last time"


def test_what_is_selected_takes_another_colour_and_gives_it_back(person: Person) -> None:
    person.draw_number(2)
    person.do("select_all")
    take(person, "Blue")
    assert {pen.colour for pen in pens(person)} == {"#1b5fc1"}
    assert len(person.bench.selection.strokes) == 2
    person.do("undo")
    assert set(pens(person)) == {Pen()}


def test_copied_ink_keeps_its_pen(person: Person) -> None:
    take(person, "Green")
    person.draw_number(1)
    person.do("copy_ink")
    person.do("new")
    person.do("paste")
    assert pens(person) == [Pen("#14663a", 3.0)]
    person.close()
    copied = QGuiApplication.clipboard().mimeData()
    assert not isinstance(copied, InkMime), "nobody is there who could be asked for it"
    assert [stroke.pen for stroke in strokes_in(copied)] == [Pen("#14663a", 3.0)]
    assert copied.hasImage()


def test_a_document_has_pages(start: Start, tmp_path: Path) -> None:
    person = start(kinds())
    write(person, "ab abaa")
    assert not person.window.statusBar().page.isVisible()
    assert not person.command("next_page").isEnabled()
    person.do("insert_page")
    assert person.page_shown() == "Page 2 of 2"
    write(person, "abba", down=HEIGHT)
    person.wait_for_answer()
    person.do("previous_page")
    assert person.page_shown() == "Page 1 of 2"
    person.do("insert_page")  # between the two
    assert person.page_shown() == "Page 2 of 3"
    assert person.wait_for_answer().split("\n") == ["ab abaa", "abba"]
    choose(person, "save_text", tmp_path / "notes.txt")
    person.qtbot.waitUntil((tmp_path / "notes.txt").exists, timeout=60_000)
    assert (tmp_path / "notes.txt").read_text() == "ab abaa\n\nabba\n"
    person.do("remove_leaf")
    assert person.page_shown() == "Page 2 of 2"
    person.do("remove_leaf")
    assert person.page_shown() == ""
    assert person.wait_for_answer() == "ab abaa"
    person.do("undo")
    person.do("next_page")
    assert person.page_shown() == "Page 2 of 2"
    assert person.wait_for_answer().split("\n") == ["ab abaa", "abba"]


def test_every_page_is_printed_by_itself(person: Person, tmp_path: Path) -> None:
    for _page in range(3):
        person.draw_number(2)
        person.do("insert_page")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "ink.pdf"))
    person.files.print_on(printer)
    pages = load_pages(tmp_path / "ink.pdf")
    assert [bool((page.grey < 128).any()) for page in pages] == [True] * 3
    person.save(tmp_path / "own.pdf")
    assert len(load_pages(tmp_path / "own.pdf")) == 3
    person.save(tmp_path / "own.inkml")
    person.do("new")
    person.open(tmp_path / "own.inkml")
    person.do("previous_page")
    assert len(person.bench.ink.strokes) == 6
    assert person.bench.leaves.count == 3
