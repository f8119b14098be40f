"""Someone opens a page of handwriting: its lines are read beside it, looked at, corrected, and kept to train on."""

import csv
import time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from tests.recognizer.page.text.test_composed import composed
from tests.stories.conftest import REAL, Start
from tests.stories.person import Person
from tests.stories.reviewing import choose, press, type_answer
from tests.ui.documents.papers import amount
from tests.ui.fakes import fake_kinds
from ui.documents.arrangement import TEXT as TEXT_COLUMN
from ui.model.documents.result import TEXT
from ui.model.page.written import WrittenLine
from ui.model.readers import PAGE
from ui.page.fields import rectangle
from ui.theme.palette import LIGHT

LINES = 3


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.png"
    Image.fromarray(composed(3, count=LINES).grey).save(path)
    return path


@pytest.fixture
def reader(start: Start, letter: Path) -> Person:
    """Someone who has opened a letter."""
    person = start(fake_kinds() | {PAGE: REAL[PAGE]})
    person.open(letter)
    person.qtbot.waitUntil(lambda: len(person.desk.answers) == LINES, timeout=120_000)
    return person


def test_the_text_of_a_page_comes_line_by_line_and_is_no_amount(reader: Person, letter: Path) -> None:
    desk, shown = reader.desk, set[int]()
    desk.changed.connect(lambda: shown.add(len(desk.answers)))
    reader.bench.pages.show(None)
    reader.open(letter)
    reader.qtbot.waitUntil(lambda: LINES in shown, timeout=120_000)
    assert {0, 1, 2} <= shown
    assert desk.line == 0
    assert "Refused" not in reader.verdict()


def test_lines_are_counted_while_they_are_read_and_the_time_that_is_told_is_that_of_all(
    reader: Person, letter: Path
) -> None:
    said, counted = list[tuple[float, str]](), list[str]()
    reader.bench.status.connect(lambda sentence: said.append((time.monotonic(), sentence)))
    reader.bench.progress.stepped.connect(lambda *_: counted.append(reader.lines_counted()))
    reader.bench.pages.show(None)
    reader.open(letter)
    reader.qtbot.waitUntil(lambda: said[-1][1].startswith("Read in"), timeout=120_000)
    times, sentences = zip(*said[-LINES - 2 :], strict=True)
    assert sentences[:-1] == (
        "Looking for writing\u2026",
        *(f"Reading line {k + 1} of {LINES}\u2026" for k in range(LINES)),
    )
    assert [each for each in counted if each] == [f"{k} of {LINES}" for k in range(LINES)]
    assert counted[-1] == ""
    number, unit = sentences[-1].split()[2:]
    assert float(number) / {"s": 1, "ms": 1000}[unit] == pytest.approx(times[-1] - times[0], rel=0.4)


def test_the_line_that_is_looked_into_is_seen_from_near_with_its_lattice(reader: Person) -> None:
    desk, view = reader.desk, reader.page

    def seen(line: int) -> QRectF:
        source = desk.answers[line].source
        assert isinstance(source, WrittenLine)
        return desk.viewport.transform.mapRect(rectangle(source.box))

    room = QRectF(view.rect())
    assert room.contains(seen(0).center())
    assert max(seen(line).width() for line in range(LINES)) > 0.8 * room.width()
    nodes = reader.lattice.layout_now.nodes
    assert nodes[-1] - nodes[0] > 0.4 * reader.lattice.width()
    desk.look_into(LINES - 1)
    assert room.contains(seen(LINES - 1).center())
    reader.do("fit")
    there = desk.viewport.placement
    desk.look_into(0)
    assert desk.viewport.placement == there, "one who sees it stays where one is"


def test_what_a_person_said_of_a_page_of_text_is_seen_beside_it(start: Start, letter: Path, tmp_path: Path) -> None:
    person = start(fake_kinds() | {PAGE: REAL[PAGE]})
    amount(2).save(tmp_path / "other.png")
    person.open_all([letter, tmp_path / "other.png"])
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: len(queue.rows) == 2 and not queue.running, timeout=120_000)
    choose(person, 0)
    person.qtbot.waitUntil(lambda: len(person.desk.answers) == LINES, timeout=120_000)
    assert "by a person" not in person.verdict()
    press(person, Qt.Key.Key_Return)
    choose(person, 0)
    person.qtbot.waitUntil(lambda: "Confirmed by a person" in person.verdict(), timeout=120_000)
    type_answer(person, "Dear Anna")
    choose(person, 0)
    person.qtbot.waitUntil(lambda: "Corrected by a person: Dear Anna" in person.verdict(), timeout=120_000)


def test_a_page_on_its_head_is_turned_and_may_be_turned_back(reader: Person, letter: Path) -> None:
    desk, pages = reader.desk, reader.bench.pages
    upright = reader.shown_text()
    with Image.open(letter) as picture:
        picture.rotate(180).save(letter.with_name("on-its-head.png"))
    reader.open(letter.with_name("on-its-head.png"))
    reader.qtbot.waitUntil(lambda: pages.turned == 2 and len(desk.answers) == LINES, timeout=120_000)
    assert reader.shown_text() == upright
    assert "upside down" in reader.notice()
    reader.bench.documents.undo.undo()
    assert pages.turned == 0
    reader.qtbot.waitUntil(lambda: bool(desk.answers), timeout=120_000)
    reader.qtbot.wait(500)
    assert pages.turned == 0, "who turns it back wants it read as it lies"


def test_reading_is_stopped_and_what_was_read_stays(reader: Person, letter: Path) -> None:
    desk = reader.desk
    reader.bench.pages.show(None)

    def stop() -> None:
        if desk.answers:
            reader.do("stop_reading")

    desk.changed.connect(stop)
    reader.open(letter)
    reader.qtbot.waitUntil(lambda: bool(desk.answers), timeout=120_000)
    reader.qtbot.wait(1500)
    assert len(desk.answers) == 1
    assert reader.status() == "Stopped"


def test_lines_are_lit_both_ways_and_doubtful_words_found_by_key(reader: Person) -> None:
    passage, light = reader.desk.passage, reader.desk.light
    assert reader.shown_text().count("\n") == LINES - 1
    number = next(k for k, glyph in enumerate(passage.glyphs) if glyph.span.line == 1 and glyph.word is not None)
    assert reader.counts(reader.page, LIGHT.lit) == 0
    QTest.mouseMove(reader.text, reader.text.place_of(number).center().toPoint())
    assert light.pointed == passage.glyphs[number].span
    assert reader.counts(reader.page, LIGHT.lit) > 0
    reader.do("fit")
    source = reader.desk.answers[2].source
    assert isinstance(source, WrittenLine)
    points = max(source, key=lambda stroke: len(stroke.points)).points
    place = reader.desk.viewport.placement.to_view(*points[len(points) // 2, :2].tolist())
    QTest.mouseMove(reader.page, QPoint(3, 3))
    QTest.mouseMove(reader.page, QPoint(*map(round, place)))
    assert light.pointed is not None
    assert light.pointed.line == 2
    if passage.doubts:
        reader.do("next_doubt")
        assert light.chosen == passage.glyphs[passage.doubts[0]].span
        assert "to check" in reader.verdict()


def test_a_correction_is_undone_and_saved_with_its_line(reader: Person, tmp_path: Path) -> None:
    before, word = reader.shown_text(), reader.desk.passage.words[0]
    reader.bench.correct(word.strokes, "Right")
    assert reader.shown_text().startswith("Right")
    reader.do("undo")
    assert reader.shown_text() == before
    reader.do("redo")
    reader.bench.page_text.save_lines(tmp_path / "lines")
    reader.qtbot.waitUntil(lambda: (tmp_path / "lines" / "labels.csv").exists(), timeout=60_000)
    rows = list(csv.reader((tmp_path / "lines" / "labels.csv").open(encoding="utf-8")))
    assert rows == [["file", "text"], ["00001.png", reader.shown_text().partition("\n")[0]]]
    with Image.open(tmp_path / "lines" / "images" / "00001.png") as image:
        assert image.height < 400


def test_corrections_are_there_after_a_restart_whatever_the_file_is_called(
    start: Start, reader: Person, letter: Path, tmp_path: Path
) -> None:
    def words() -> list[str]:
        return [word.text for word in reader.desk.passage.words]

    def again(*changed: str) -> Person:
        reader.close()
        person = start(fake_kinds() | {PAGE: REAL[PAGE]})
        person.open(letter)
        person.qtbot.waitUntil(lambda: len(person.desk.answers) == LINES, timeout=120_000)
        if changed:
            person.qtbot.waitUntil(lambda: person.desk.passage.words[0].text in changed, timeout=60_000)
        return person

    before = words()
    first, last = reader.desk.passage.words[0], reader.desk.passage.words[-1]
    reader.bench.correct(first.strokes, "Dear")
    reader.bench.correct(last.strokes, "wrong")
    reader.do("undo")
    letter = letter.rename(tmp_path / "another name.png")
    reader = again("Dear")
    assert words() == ["Dear", *before[1:]]
    assert reader.desk.passage.words[0].corrected
    reader.bench.correct(reader.desk.passage.words[0].strokes, "Deer")
    assert words()[0] == "Deer"
    reader.do("undo")
    assert words()[0] == "Dear", "what was said before counts again"
    reader.do("redo")
    reader = again("Deer")
    reader.bench.page_text.save_lines(tmp_path / "lines")
    reader.qtbot.waitUntil((tmp_path / "lines" / "labels.csv").exists, timeout=60_000)
    assert "Deer" in (tmp_path / "lines" / "labels.csv").read_text(encoding="utf-8")
    reader.bench.pages.turn(2)
    reader.qtbot.waitUntil(lambda: not reader.desk.stale, timeout=120_000)
    reader.qtbot.wait(200)
    assert not any(word.corrected for word in reader.desk.passage.words), "it lies otherwise"


def test_a_queue_takes_pages_of_text(reader: Person, letter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    letter.rename(folder / letter.name)
    reader.open_all([folder])
    queue = reader.bench.documents.queue
    reader.qtbot.waitUntil(lambda: bool(queue.rows), timeout=120_000)
    result = queue.rows[0].result
    assert (result.kind, result.error) == (TEXT, "")
    reader.qtbot.waitUntil(lambda: reader.shown_text() == result.text, timeout=60_000)  # the row comes first
    assert 0 < result.confidence <= 1


def test_a_word_is_found_in_all_pages_of_a_queue_and_gone_to(reader: Person, letter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    letter.rename(folder / letter.name)
    Image.new("L", (600, 400), 255).save(folder / "blank.png")
    reader.open_all([folder])
    documents, model = reader.bench.documents, reader.queue.model
    reader.qtbot.waitUntil(lambda: len(documents.queue.rows) == 2, timeout=120_000)
    result = next(row.result for row in documents.queue.rows if row.result.lines)
    line = max(result.lines, key=lambda line: len(line.texts))
    other = line.texts[-1][0]  # what it may say, but was not read as
    QTest.keyClicks(reader.queue.search, other)
    assert model.rowCount() == 1
    shown = model.index(0, TEXT_COLUMN)
    assert shown.data().endswith(other)
    assert "%" in shown.data()
    assert shown.data(Qt.ItemDataRole.EditRole) == result.text
    near: list[object] = []
    documents.shown.connect(near.append)
    documents.pages.show(None)
    QTest.keyClick(reader.queue.search, Qt.Key.Key_Return)
    documents.look_at(result.place)
    reader.qtbot.waitUntil(lambda: line.box in near, timeout=60_000)
    QTest.keyClicks(reader.queue.search, "qqqq")
    assert model.rowCount() == 0
