"""What a reading teaches: gradients against finite differences and their conservation laws."""

from dataclasses import replace

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.gtn import best_path, compose, forward, viterbi
from recognizer.readers.alignment import paths_writing
from recognizer.readers.catalog import load_reader
from recognizer.readers.learning import CRITERIA, lesson, step
from recognizer.readers.reading import Reading
from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_reread import read
from tests.recognizer.readers.test_text import WORDS, Sure

STEP = 1e-2


def loss_at(reading: Reading, text: str, criterion: str, penalty: np.ndarray) -> float:
    """The criterion by its definition, over the full composition."""
    reader = reading.trace.reader
    assert reader is not None
    priced = reading.trace.recognition.with_penalty(penalty)
    right, every = paths_writing(text, reading, priced), compose(priced, reader.grammar)
    least = viterbi if criterion.endswith("iterbi") else forward
    return float(least(right)[0]) - (float(least(every)[0]) if "discriminative" in criterion else 0.0)


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize(("seed", "text"), [(1, "42"), (2, "7"), (5, "305")])
def test_gradients_are_those_of_finite_differences(criterion: str, seed: int, text: str) -> None:
    reading = read(seed)
    found = lesson(reading, text, criterion)
    penalty = reading.trace.recognition.penalty.astype(np.float64)
    assert found.loss == pytest.approx(loss_at(reading, text, criterion, penalty), abs=1e-3)
    generator = np.random.default_rng(seed)
    finite = np.flatnonzero(np.isfinite(penalty))
    largest = finite[np.argsort(-np.abs(found.gradient[finite]))][:6]
    for arc in np.concatenate([largest, generator.choice(finite, 10)]).tolist():
        moved = penalty.copy()
        moved[arc] += STEP
        up = loss_at(reading, text, criterion, moved)
        moved[arc] -= 2 * STEP
        down = loss_at(reading, text, criterion, moved)
        assert found.gradient[arc] == pytest.approx((up - down) / (2 * STEP), abs=2e-2)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_over_every_piece_of_ink_the_gradient_sums_to_one_or_balances(criterion: str) -> None:
    reading = read(4)
    found = lesson(reading, "61", criterion)
    segments, behind = reading.trace.segments, reading.trace.follow("recognition", "segmentation")
    for piece in range(len(segments.cuts) - 1):
        over = (segments.first[behind] <= piece) & (piece < segments.last[behind])
        assert found.gradient[over].sum() == pytest.approx(0 if "discriminative" in criterion else 1, abs=1e-3)


def test_where_the_right_path_wins_discriminative_viterbi_has_nothing_to_teach() -> None:
    reading = read(6)
    best = "".join(reading.trace.symbols[label] for label in best_path(reading.trace.stages[-2].graph).output)
    found = lesson(reading, best, "discriminative Viterbi")
    assert found.loss == pytest.approx(0, abs=1e-4)
    assert not found.gradient.any()
    assert lesson(reading, best, "discriminative forward").gradient.any()


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_text_that_the_beam_left_out_teaches_too(criterion: str) -> None:
    from recognizer.readers.text import text_reader

    reading = text_reader(Sure(), 0.0, WORDS).read(page((0.0, "abba aba")))
    found = lesson(reading, "ab abaa", criterion)
    assert np.isfinite(found.loss)
    assert np.isfinite(found.gradient).all()
    assert found.gradient.any()


def test_a_reading_that_names_no_reader_is_told_so() -> None:
    reading = read(1)
    nameless = replace(reading, trace=replace(reading.trace, reader=None))
    with pytest.raises(InputError, match="names no reader"):
        lesson(nameless, "1", "forward")


@pytest.mark.parametrize("system", ["segmentation", "displacement", "joined"])
def test_one_step_lowers_the_loss_and_leaves_the_reader_as_it_was(system: str) -> None:
    reader = load_reader("text", system=system, lexicon="none", extent="word")
    readings = [reader.read(ink) for ink, _ in rehearsal(MEASURED)[:6]]
    reading = next(reading for reading in readings if len(reading.alternatives) > 1)
    wanted = reading.alternatives[1].text
    before = lesson(reading, wanted, "discriminative forward").loss
    penalties = reading.trace.penalties.copy()
    again = step(reading, wanted, "discriminative forward")
    assert lesson(again, wanted, "discriminative forward").loss < before
    assert not np.array_equal(again.trace.penalties, penalties)
    assert reading.trace.reader is not None
    np.testing.assert_array_equal(reading.trace.reader.recognise(reading.trace.segments), penalties)


def test_a_recogniser_that_is_no_network_cannot_be_taught(reading: Reading) -> None:
    with pytest.raises(InputError, match="cannot be taught"):
        step(reading, reading.text, "forward")
