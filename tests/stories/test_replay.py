"""Someone watches their writing again, and takes it to other programs."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from ui.model.ink.commands import AddStroke
from ui.model.ink.document import Stroke
from ui.theme.palette import LIGHT


@pytest.fixture
def writer(person: Person) -> Person:
    """Has written two strokes of half a second, half a second apart."""
    for number in range(2):
        t = np.linspace(0, 0.5, 26)
        points = np.stack([100 + 100 * number + 40 * t, 60 + 200 * t, number + t], 1).astype(np.float32)
        person.bench.undo.push(AddStroke(person.bench.ink, Stroke(points, None)))
    return person


def test_the_writing_is_replayed_paused_and_run_through(writer: Person) -> None:
    canvas, bar, player = writer.canvas, writer.replay_bar, writer.bench.player
    whole = writer.counts(canvas, LIGHT.ink)
    assert not bar.isVisible()
    bar.speed.setCurrentIndex(0)
    writer.do("replay")
    assert bar.isVisible()
    assert writer.counts(canvas, LIGHT.ink) < whole / 2
    writer.qtbot.waitUntil(lambda: player.moment > 0.1, timeout=60_000)
    QTest.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert not player.playing
    bar.slider.setValue(500)
    half = writer.counts(canvas, LIGHT.ink)
    assert whole / 4 < half < whole * 3 / 4
    bar.speed.setCurrentIndex(3)
    QTest.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    writer.qtbot.waitUntil(lambda: player.share == 1, timeout=60_000)
    assert not player.playing
    assert writer.counts(canvas, LIGHT.ink) == whole
    QTest.mouseClick(bar.back, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert len(writer.bench.ink.strokes) == 2


def test_who_writes_on_ends_the_replay(writer: Person) -> None:
    writer.do("replay")
    writer.draw((300, 60), (300, 140))
    assert not writer.bench.player.active
    assert len(writer.bench.ink.strokes) == 3
    writer.do("replay")
    writer.do("undo")
    assert not writer.bench.player.active


@pytest.mark.parametrize("ending", ["inkml", "svg", "png", "pdf"])
def test_ink_is_saved_for_other_programs_and_only_inkml_counts_as_kept(
    writer: Person, tmp_path: Path, ending: str
) -> None:
    writer.save(tmp_path / f"ink.{ending}")
    assert (tmp_path / f"ink.{ending}").stat().st_size > 100
    assert writer.bench.undo.isClean() == (ending == "inkml")


def test_an_unknown_ending_is_told(writer: Person, tmp_path: Path) -> None:
    writer.save(tmp_path / "ink.docx")
    assert ".docx" in writer.notice()
    assert not list(tmp_path.glob("*.docx"))
