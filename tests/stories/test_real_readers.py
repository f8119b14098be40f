"""The whole program with the readers that ship. Needs the models; says so and skips where they are missing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from recognizer.ink import read_inkml
from recognizer.readers.reread import Mark
from tests.stories.conftest import REAL, Start
from tests.stories.test_conditions import settle
from ui.locations import RESOURCES, SAMPLES
from ui.model.ink.commands import AddStroke
from ui.model.ink.document import strokes_of
from ui.model.readers import KINDS

MODELS = [
    RESOURCES / "models" / f"{name}.safetensors"
    for name in ("displacement", "segmentation", "amount", "amount-displacement", "field")
]
pytestmark = pytest.mark.skipif(not all(model.exists() for model in MODELS), reason="the models are not trained yet")


def digits(text: str) -> str:
    """Amounts are compared by their digits, as in the evaluation."""
    return "".join(character for character in text if character.isdecimal())


def test_samples_are_written_and_opened_and_read(start: Start) -> None:
    person = start(KINDS)
    ready: list[str] = []
    person.bench.reading.ready.connect(ready.append, Qt.ConnectionType.QueuedConnection)
    person.qtbot.waitUntil(lambda: len(ready) == len(KINDS), timeout=120_000)
    for path in sorted(SAMPLES.glob("text-*.inkml")):
        person.do("ink")
        person.do("clear")
        for stroke in strokes_of(read_inkml(path)):
            person.bench.undo.push(AddStroke(person.bench.ink, stroke))
            person.qtbot.wait(20)
        meant = path.stem.removeprefix("text-").replace("-", " ")
        assert meant in person.wait_for_answer()
    for path in sorted(SAMPLES.glob("amount-*.png")):
        person.open(path)
        assert digits(person.wait_for_answer()) == digits(path.stem)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("amount-*.png")), ids=lambda path: path.stem)
def test_what_is_read_is_no_less_sure_where_it_is_forced(start: Start, sample: Path) -> None:
    """Any of its characters: both systems hear of the condition."""
    person = start(REAL)
    person.open(sample)
    person.qtbot.waitUntil(lambda: person.desk.answer is not None and not person.desk.stale, timeout=120_000)
    desk, revision = person.desk, person.revision
    before, lattice = desk.answer.reading, desk.answer.lattice
    read = [(arc, label) for arc, label in lattice.labels.items() if label in lattice.classes]
    assert read
    for arc, label in read:
        revision.force(Mark(arc, lattice.classes.index(label) + 1))
        settle(person)
        assert desk.answer.reading.text == before.text
        assert desk.answer.reading.confidence >= before.confidence - 1e-6
        revision.undo()
        settle(person)
    assert desk.answer.reading is before
