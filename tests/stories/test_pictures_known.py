"""Someone's documents change under their names, are away and come back, and what was said of one picture is of no other."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from tests.stories.person import Person
from tests.stories.reviewing import choose, chosen, press, read, shown, state, table, type_answer
from tests.ui.documents.papers import amount
from ui.model.documents.result import DocumentPage, State


def test_another_picture_under_a_known_name_is_not_what_was_corrected(person: Person, folder: Path) -> None:
    read(person, folder)
    person.do("to_queue")
    type_answer(person, "42.50")
    amount(5).save(folder / "a.png")
    person.bench.save_labelled(folder / "early")  # it was not looked at again yet
    person.qtbot.waitUntil(lambda: "can be read any more" in person.notice(), timeout=60_000)
    read(person, folder)
    assert state(person, "a.png") is State.REFUSED
    assert person.bench.documents.queue.rows[0].text == "01234"
    with person.qtbot.waitSignal(person.bench.status, timeout=60_000) as told:
        person.bench.save_labelled(folder / "late")
    assert "No amount" in told.args[0], "a wrong label would go into the training data"
    person.do("undo")  # of a word on a picture that is gone
    person.do("redo") if person.command("redo").isEnabled() else None
    assert state(person, "a.png") is State.REFUSED


def test_a_file_that_comes_back_is_read_when_it_is_looked_at(person: Person, folder: Path) -> None:
    kept = (folder / "b.png").read_bytes()
    (folder / "b.png").unlink()
    read(person, folder / "b.png", folder / "a.png")
    assert state(person, "b.png") is State.FAILED
    (folder / "b.png").write_bytes(kept)
    choose(person, 1)
    chosen(person)
    choose(person, 0)
    person.qtbot.waitUntil(lambda: state(person, "b.png") is State.REFUSED, timeout=60_000)
    (folder / "a.png").unlink()
    choose(person, 1)
    person.qtbot.waitUntil(lambda: "does not exist" in person.verdict(), timeout=60_000)
    amount(4).save(folder / "a.png")
    person.do("read_again")
    assert person.wait_for_answer() == "0123"
    person.qtbot.waitUntil(lambda: person.bench.documents.queue.rows[1].text == "0123", timeout=60_000)


def test_a_file_that_was_away_or_locked_is_tried_again_when_its_folder_is_opened(
    person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b.png").rename(folder / "b.away")

    def locked(path: Any, *given: Any, **named: Any) -> Any:
        if str(path).endswith("a.png"):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, *given, **named)

    with monkeypatch.context() as patched:
        whole = io.open
        for module in ("io", "builtins"):
            patched.setattr(f"{module}.open", locked)
        read(person, folder / "b.png", folder)
        assert state(person, "b.png") is State.FAILED
        assert state(person, "a.png") is State.FAILED
    (folder / "b.away").rename(folder / "b.png")
    read(person, folder)
    assert (state(person, "a.png"), state(person, "b.png")) == (State.REFUSED, State.REFUSED)
    assert state(person, "e.png") is State.FAILED


def test_what_failed_is_tried_again_by_a_command(person: Person, folder: Path) -> None:
    (folder / "e.png").unlink()
    read(person, folder / "a.png", folder / "e.png")
    amount(2).save(folder / "e.png")
    person.do("read_failed")
    person.qtbot.waitUntil(lambda: state(person, "e.png") is State.REFUSED, timeout=60_000)


def test_a_page_is_turned_and_stays_so(person: Person, folder: Path) -> None:
    from PIL import Image

    with Image.open(folder / "b.png") as picture:
        picture.transpose(Image.Transpose.ROTATE_90).save(folder / "b.png")  # to the left
    read(person, folder)
    choose(person, 1)
    chosen(person)
    person.do("turn_right")
    assert person.wait_for_answer() == "01"
    result = person.bench.documents.queue.rows[1].result
    assert (result.text, result.turned) == ("01", 1)
    choose(person, 0)
    chosen(person)
    choose(person, 1)
    chosen(person)
    assert person.bench.pages.turned == 1
    assert person.wait_for_answer() == "01"
    person.do("undo")
    person.wait_for_answer()
    assert person.bench.pages.turned == person.bench.documents.queue.rows[1].result.turned == 0


def test_pages_leave_the_queue_and_come_back(person: Person, folder: Path) -> None:
    read(person, folder)
    person.do("to_queue")
    choose(person, 1)
    chosen(person)
    person.do("remove_page")
    assert "b.png" not in shown(person)
    assert chosen(person) == "c.tiff 1"
    person.do("undo")
    assert shown(person)[:2] == ["a.png", "b.png"]
    assert chosen(person) == "b.png 1"
    assert (folder / "b.png").exists()


def test_a_row_and_its_picture_offer_what_can_be_done_with_them(
    person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(person, folder)
    choose(person, 1)
    chosen(person)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    for view in (table(person), person.page):
        view.customContextMenuRequested.emit(view.rect().center())
        menu = view.findChildren(type(person.window.menuBar().actions()[0].menu()))[-1]
        assert menu.isVisible()
        offered = {action for action in menu.actions() if action.isEnabled()}
        names = ("open_itself", "show_in_folder", "copy", "read_again", "turn_left", "turn_right", "remove_page")
        assert {person.command(name) for name in names} <= offered
        menu.close()
    person.do("show_in_folder")
    assert opened[0].toLocalFile() == str(folder)
    person.do("open_itself")
    person.qtbot.waitUntil(lambda: person.bench.documents.current is None, timeout=60_000)
    assert person.wait_for_answer() == "01"
    assert not person.command("remove_page").isEnabled()


def test_who_decided_and_when_is_seen_and_taken_away(person: Person, folder: Path, tmp_path: Path) -> None:
    read(person, folder / "a.png", folder / "b.png", folder / "more" / "f.png")
    person.do("to_queue")
    press(person, Qt.Key.Key_Return)
    type_answer(person, "42.50")
    choose(person, 0)
    chosen(person)
    person.wait_for_answer()
    assert "Confirmed by a person" in person.verdict()
    choose(person, 1)
    chosen(person)
    person.wait_for_answer()
    assert "Corrected by a person: 42.50" in person.verdict()
    person.bench.save_results(tmp_path / "out.csv")
    person.qtbot.waitUntil((tmp_path / "out.csv").exists, timeout=60_000)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        one, two, three = csv.DictReader(file)
    assert (two["read"], two["text"], two["decided_by"]) == ("01", "42.50", "person")
    assert (one["decided_by"], three["decided_by"], three["decided_at"]) == ("person", "", "")
    assert one["decided_at"].startswith("20")
    assert person.bench.documents.queue.find(DocumentPage(folder / "a.png", 1)) is not None
