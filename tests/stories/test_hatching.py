"""Somebody opens a sheet full of hatching: a sentence says that it is no writing, and no stroke is lost."""

from pathlib import Path

import numpy as np
import pytest

from tests.stories.person import Person


def ticks() -> list[tuple[float, float, float, float]]:
    return [(6.0 * tick, 80.0 * row, 6.0 * tick + 1, 80.0 * row + 40) for row in range(10) for tick in range(300)]


def hatching(count: int, width: float, height: float) -> list[tuple[float, float, float, float]]:
    places = np.random.default_rng(1).uniform([0, 0], [width, height], (count, 2)).tolist()
    return [(x, y, x + 28, y + 28) for x, y in places]


@pytest.mark.parametrize("strokes", [ticks(), hatching(4_000, 1_500, 1_000)], ids=["rows of ticks", "hatching"])
def test_hatching_is_told_and_kept(
    person: Person, tmp_path: Path, strokes: list[tuple[float, float, float, float]]
) -> None:
    path = tmp_path / "hatching.inkml"
    traces = "".join("<trace>{:.1f} {:.1f}, {:.1f} {:.1f}</trace>".format(*stroke) for stroke in strokes)
    path.write_text(f'<ink xmlns="http://www.w3.org/2003/InkML">{traces}</ink>')
    person.open(path)
    person.qtbot.waitUntil(lambda: bool(person.desk.sentence), timeout=60000)
    assert person.desk.sentence == "Nothing here looks like writing that can be read."
    assert len(person.bench.ink.strokes) == len(strokes)
