"""Lines that wander: all the words' ink, in their order, side by side, and brought back level by normalisation."""

import numpy as np
import pytest

from recognizer.ink import Ink
from recognizer.ink.normalise import BASE, CORE, normalise
from recognizer.training.synthesis.wandering import wandering_line
from tests.recognizer.ink.test_normalise import letter


def words(*kinds: str) -> list[list[np.ndarray]]:
    return [[letter(40.0 * (k + 1), kind) for k, kind in enumerate(word)] for word in kinds]


def test_a_line_holds_the_strokes_of_its_words_side_by_side() -> None:
    source = words("aba", "apa", "bab")
    line = wandering_line(source, np.random.default_rng(1))
    assert [len(stroke) for stroke in line] == [len(stroke) for word in source for stroke in word]
    middles = np.array([stroke[:, 0].mean() for stroke in line]).reshape(3, 3)
    assert (middles[:-1].max(1) < middles[1:].min(1)).all()


def test_the_same_draws_make_the_same_line_and_others_another() -> None:
    one, again, other = (wandering_line(words("aba", "apa"), np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not np.allclose(one[0], other[0])


@pytest.mark.parametrize("seed", range(6))
def test_normalisation_makes_what_wanders_level(seed: int) -> None:
    line = wandering_line(words("aabaa", "apaaa", "abaaa"), np.random.default_rng(seed))
    found = normalise(Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in line))).strokes
    rings = [s for s, kind in zip(found, "aabaaapaaaabaaa", strict=True) if kind == "a"]
    rows = np.array([[s[:, 1].min(), s[:, 1].max()] for s in rings])
    assert np.abs(np.median(rows, axis=0) - (CORE, BASE)).max() < 0.3 * (BASE - CORE)
