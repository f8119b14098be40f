"""The stages of readings: laws of origins, places and likelihood, whatever the reader."""

import itertools

import numpy as np
import pytest

from recognizer.readers.reading import Reading
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_text import WORDS, Sure
from tests.ui.fakes import reading_of
from tests.ui.lattice.examples import segments
from ui.model.lattice.paths import best_paths
from ui.model.lattice.stage import StageGraph, stages_of


def number() -> Reading:
    from recognizer.language.amount import number_grammar, written_symbols
    from recognizer.readers.reader import LatticeReader

    made = reading_of(segments())
    classes = made.trace.classes
    reader = LatticeReader(
        lambda source: segments(),
        lambda s: made.trace.penalties,
        number_grammar(classes),
        classes,
        written_symbols(classes),
        0.5,
    )
    return reader.read(None)


def frames() -> Reading:
    from recognizer.readers.text import text_reader

    return text_reader(Sure(), 0.0, WORDS).read(page((0.0, "abba aba")))


READINGS = [number, frames, lambda: reading_of(segments())]


@pytest.fixture(params=READINGS, ids=["number", "frames", "without a grammar"])
def reading(request: pytest.FixtureRequest) -> Reading:
    made: Reading = request.param()
    return made


def test_the_best_path_writes_the_text_and_leads_from_start_to_end_in_every_stage(reading: Reading) -> None:
    stages = stages_of(reading)
    path = stages[-1]
    assert path.is_path
    assert "".join(path.texts[w] for w in path.written) == reading.text
    for stage in stages:
        arcs = sorted(stage.best, key=lambda arc: int(stage.first[arc]))
        assert stage.first[arcs[0]] == 0
        assert all(stage.last[a] == stage.first[b] for a, b in itertools.pairwise(arcs))


def test_arcs_stand_over_the_ink_of_their_segments(reading: Reading) -> None:
    cuts = reading.trace.segments.cuts
    for stage in stages_of(reading):
        made = stage.segment >= 0
        of = stage.segment[made]
        np.testing.assert_allclose(stage.x[stage.first[made]], cuts[reading.trace.segments.first[of]])
        np.testing.assert_allclose(stage.x[stage.last[made]], cuts[reading.trace.segments.last[of]])
        still = ~made
        np.testing.assert_allclose(stage.x[stage.first[still]], stage.x[stage.last[still]])


def test_a_wider_beam_shows_more_and_never_leaves_the_best_path_out(reading: Reading) -> None:
    for stage in stages_of(reading):
        shown = [set(stage.within(margin).tolist()) for margin in (0.0, 2.0, 8.0, np.inf)]
        assert all(narrow <= wide for narrow, wide in itertools.pairwise(shown))
        assert stage.best <= shown[0]
        assert ((stage.shares >= 0) & (stage.shares <= 1)).all()


def test_threads_go_down_to_one_segment_and_up_to_all_that_was_made_of_it(reading: Reading) -> None:
    stages, trace = stages_of(reading), reading.trace
    for arc in stages[-1].best:
        thread = trace.thread("best path", arc)
        for number in range(len(stages) - 1):
            assert len(thread[number]) <= 1
            assert set(thread[number].tolist()) <= stages[number].best
    for segment in range(len(stages[0])):
        thread = trace.thread("segmentation", segment)
        for stage, arcs in zip(stages, thread, strict=True):
            assert set(arcs.tolist()) == set(np.flatnonzero(stage.segment == segment).tolist())


def test_routes_are_the_best_paths_in_order_and_add_up(reading: Reading) -> None:
    stages = stages_of(reading)
    paths = best_paths(reading)
    last: StageGraph = stages[-2]
    assert [path.penalty for path in paths] == pytest.approx(sorted(path.penalty for path in paths), abs=1e-3)
    for path in paths:
        arcs = path.arcs[len(stages) - 2]
        assert set(path.arcs[0].tolist()) == path.segments
        assert last.penalty[arcs].sum() == pytest.approx(path.penalty, abs=1e-3)
        assert "".join(last.texts[w] for w in last.written[arcs]) == path.text
        assert last.first[arcs[0]] == 0
        assert last.last[arcs[-1]] == last.end
    assert len({tuple(path.arcs[len(stages) - 2].tolist()) for path in paths}) == len(paths)


def test_many_arcs_are_called_as_each_of_them(reading: Reading) -> None:
    for stage in stages_of(reading):
        arcs = np.arange(len(stage))[::3]
        assert stage.labels(arcs).tolist() == [stage.label(arc) for arc in arcs.tolist()]
        assert stage.labels(arcs[:0]).tolist() == []


def test_white_space_and_silence_have_names() -> None:
    stages = stages_of(frames())
    path = stages[-1]
    labels = [path.label(arc) for arc in range(len(path))]
    assert "\u2423" in labels
    assert "blank" in labels
    assert labels[-1] == "\u03b5"
