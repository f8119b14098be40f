"""Layout of the stages and hit-testing, without a window."""

import itertools

import numpy as np
import pytest

from tests.ui.lattice.test_layout import overlap
from tests.ui.model.lattice.test_stage import frames, number
from ui.lattice.bands import Band, arc_at, bands_of, points_on
from ui.lattice.shown_arcs import ShownArcs, shown_arcs
from ui.model.lattice.stage import StageGraph, stages_of
from ui.model.viewport import Placement

WIDTH, HEIGHT = 900.0, 500.0


@pytest.fixture(scope="module", params=[number, frames], ids=["number", "frames"])
def stages(request: pytest.FixtureRequest) -> tuple[StageGraph, ...]:
    return stages_of(request.param())


def selections(stages: tuple[StageGraph, ...], margin: float = np.inf) -> list[ShownArcs]:
    return [shown_arcs(number, stage, margin) for number, stage in enumerate(stages)]


def bands(stages: tuple[StageGraph, ...], margin: float = np.inf) -> tuple[Band, ...]:
    reach = max(float(stage.x.max()) for stage in stages)
    return bands_of(selections(stages, margin), Placement(WIDTH * 0.8 / reach, 60.0), WIDTH, HEIGHT)


def test_bands_fill_the_view_one_below_the_other(stages: tuple[StageGraph, ...]) -> None:
    made = bands(stages)
    assert made[0].top == 0
    assert made[-1].top + made[-1].height == pytest.approx(HEIGHT)
    assert all(b.top == pytest.approx(a.top + a.height) for a, b in itertools.pairwise(made))


def test_chips_never_overlap(stages: tuple[StageGraph, ...]) -> None:
    for band in bands(stages):
        assert not any(overlap(a, b) for a, b in itertools.combinations(band.chips.values(), 2))


def test_what_is_hidden_is_counted(stages: tuple[StageGraph, ...]) -> None:
    for margin in (0.0, 5.0, np.inf):
        for band, stage in zip(bands(stages, margin), stages, strict=True):
            assert len(band.arcs) + band.selection.hidden == len(stage)
            assert stage.best <= set(band.arcs.tolist())


def test_lines_join_the_nodes_below_their_cuts(stages: tuple[StageGraph, ...]) -> None:
    for band in bands(stages, 5.0):
        nodes = set(zip(np.round(band.node_x, 3), np.round(band.node_y, 3), strict=True))
        for x1, y1, x2, y2, _ in np.round(band.lines, 3):
            assert {(x1, y1), (x2, y2)} <= nodes


def test_what_is_not_drawn_is_the_double_of_something_drawn(stages: tuple[StageGraph, ...]) -> None:
    for band in bands(stages):
        drawn = {tuple(line) for line in np.round(band.lines[band.drawn], 1).tolist()}
        assert {tuple(line) for line in np.round(band.lines, 1).tolist()} == drawn


def test_pointing_at_a_chip_or_a_line_finds_its_arc(stages: tuple[StageGraph, ...]) -> None:
    made = bands(stages, 4.0)
    for band in made:
        for arc, chip in band.chips.items():
            found = arc_at(made, chip.left + chip.width / 2, chip.top + chip.height / 2)
            assert found == (band.stage, arc)
        for arc, line in zip(band.arcs.tolist(), points_on(band.lines), strict=True):
            x, y = line[len(line) // 2]
            found = arc_at(made, float(x), float(y))
            assert found is not None
            assert found.stage == band.stage or arc not in stages[band.stage].best
    assert arc_at(made, -500.0, 10.0) is None


def test_lanes_stay_where_they_are_while_one_looks_elsewhere(stages: tuple[StageGraph, ...]) -> None:
    chosen = selections(stages, 6.0)[2:3]
    here, there = (bands_of(chosen, Placement(5.0, left), WIDTH, HEIGHT)[0] for left in (0.0, -300.0))
    both = set(here.arcs.tolist()) & set(there.arcs.tolist())
    lines = [dict(zip(b.arcs.tolist(), b.lines.tolist(), strict=True)) for b in (here, there)]
    assert both
    for arc in both:
        assert lines[0][arc][1] == lines[1][arc][1]
        assert lines[0][arc][0] - lines[1][arc][0] == pytest.approx(300)


def test_the_view_sees_only_what_is_in_it(stages: tuple[StageGraph, ...]) -> None:
    away = bands_of(selections(stages)[1:2], Placement(1.0, -1e6), WIDTH, HEIGHT)[0]
    assert len(away.arcs) == 0
    assert away.selection.hidden == 0


def test_a_path_that_is_asked_for_is_shown_however_unlikely(stages: tuple[StageGraph, ...]) -> None:
    stage = stages[1]
    unlikely = np.flatnonzero(np.isfinite(stage.penalty) & (stage.detour > 1))[:3]
    band = bands_of([shown_arcs(1, stage, 0.0, unlikely)], Placement(1.0, 60.0), 1e6, HEIGHT)[0]
    assert set(unlikely.tolist()) <= set(band.arcs.tolist())
    assert len(band.arcs) + band.selection.hidden == len(stage)
