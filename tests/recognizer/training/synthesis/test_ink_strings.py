"""Made-up pen numbers are what they say, and their segments are labelled by what they hold."""

from pathlib import Path

import numpy as np
import pytest

from recognizer.training.synthesis.ink_segments import JUNK, label_segments, make_numbers
from recognizer.training.synthesis.ink_strings import (
    DigitWriters,
    InkDigit,
    Variation,
    load_writers,
    random_number,
    set_number,
)

CHARS = Path(__file__).parents[4].parent / "shared" / "data" / "unipen" / "chars.npz"
STRONG = Variation(mixed=0.5, slant=0.2, distortion=1.0, ligatures=0.3, stairs=0.3)


def one() -> InkDigit:
    return InkDigit((np.column_stack([np.zeros(20), np.linspace(-0.5, 0.5, 20)]).astype(np.float32),), 1)


def four() -> InkDigit:
    angle = np.array([[0.1, -0.5], [-0.4, 0.2], [0.4, 0.2]], np.float32)
    return InkDigit((angle, np.array([[0.1, -0.2], [0.1, 0.5]], np.float32)), 4)


@pytest.fixture
def writers() -> DigitWriters:
    return DigitWriters(((one(), four()), (four(),)), np.array([0.5, 0.5]))


@pytest.mark.parametrize("variation", [Variation(), STRONG])
def test_the_same_generator_gives_the_same_number(writers, variation):
    numbers = [random_number(writers, variation, np.random.default_rng(7)) for _ in range(2)]
    assert numbers[0].labels == numbers[1].labels
    for stroke, other in zip(numbers[0].ink.strokes, numbers[1].ink.strokes, strict=True):
        np.testing.assert_array_equal(stroke, other)


def test_every_point_knows_its_digit(writers):
    for seed in range(20):
        number = random_number(writers, STRONG, np.random.default_rng(seed))
        assert [len(owner) for owner in number.owners] == [len(stroke) for stroke in number.ink.strokes]
        assert set(np.concatenate(number.owners)) - {-1} == set(range(len(number.labels)))


def test_a_segment_is_a_digit_where_it_holds_all_of_it_and_nothing_else():
    from recognizer.ink.segment import segment_ink

    apart = Variation(size=0.0, baseline=0.0, gap=(0.3, 0.3), gap_jitter=0.0)
    number = set_number([four(), one()], apart, np.random.default_rng(0))
    segments = segment_ink(number.ink)
    classes, whole = label_segments(segments, number)
    found = dict(zip(zip(segments.first.tolist(), segments.last.tolist(), strict=True), classes.tolist(), strict=True))
    assert whole
    assert found[0, 2] == 4
    assert found[2, 3] == 1
    assert {found[run] for run in found if run not in ((0, 2), (2, 3))} <= {JUNK}


def test_numbers_keep_their_segments_together(writers):
    numbers = make_numbers(writers, Variation(), 5, np.random.default_rng(0))
    assert numbers.ends[-1] == len(numbers.images) == len(numbers.features) == len(numbers.classes)
    assert sum(len(numbers.chosen(np.array([index])).classes) for index in range(5)) == len(numbers.classes)
    for index in range(5):
        alone = numbers.chosen(np.array([index]))
        assert alone.first.min() == 0
        assert not alone.whole[0] or (alone.classes != JUNK).sum() >= len(alone.labels[0])


@pytest.mark.skipif(not CHARS.exists(), reason="needs the UNIPEN characters beside the repository")
def test_writers_of_training_and_validation_are_others():
    training, validation = (load_writers([CHARS], split, 0.0) for split in ("train", "val"))
    assert sum(map(len, training.glyphs)) == 11_205
    assert sum(map(len, validation.glyphs)) == 1_683
    assert len(validation.glyphs) == 25
