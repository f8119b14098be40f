import numpy as np
import pytest

from recognizer.training.synthesis.glyphs import DIGITS, SIGNS, made_up_hands
from recognizer.training.synthesis.samples import curve
from recognizer.training.synthesis.shapes import SHAPES, ShapeHand


def test_there_are_shapes_of_every_character() -> None:
    assert {*SHAPES} == {*DIGITS, *SIGNS}
    assert all(len(stroke) >= 3 for shapes in SHAPES.values() for shape in shapes for stroke in shape)


@pytest.mark.parametrize("character", list(SHAPES))
def test_what_is_written_lies_near_its_guide_points(character: str) -> None:
    hand = ShapeHand.draw(np.random.default_rng(3))
    for seed in range(5):
        strokes = hand.write(character, np.random.default_rng(seed))
        assert all(len(stroke) > 2 and stroke.dtype == np.float32 for stroke in strokes)
        places = np.concatenate(strokes) / (100 * hand.width, -100)
        guides = [np.array(stroke) for shape in SHAPES[character] for stroke in shape]
        reach = min(np.abs(places[:, None] - guide).max(2).min(1).max() for guide in [np.concatenate(guides)])
        assert reach < 0.6


def test_a_curve_goes_through_its_guide_points_and_breaks_at_corners() -> None:
    guide = np.array([(0, 0), (0.5, 0.1), (1, 0), (1, 0), (0.9, 0.5), (1, 1)])
    line = curve(guide, 30)
    assert len(line) == 60
    assert np.abs(line[:, None] - guide).max(2).min(0).max() < 0.03
    np.testing.assert_allclose(line[29], line[30])


def test_a_hand_writes_its_own_way() -> None:
    """Two samples of one hand are more alike than samples of two hands."""

    def mean_of(seed: int, times: range) -> np.ndarray:
        hand = ShapeHand.draw(np.random.default_rng(seed))
        written = [
            np.concatenate(hand.write("1", np.random.default_rng([seed, k]))).mean(0) / (hand.width, 1) for k in times
        ]
        result: np.ndarray = np.mean(written, 0)
        return result

    own = [np.abs(mean_of(seed, range(20)) - mean_of(seed, range(20, 40))).mean() for seed in range(10)]
    others = [np.abs(mean_of(seed, range(20)) - mean_of(seed + 10, range(20))).mean() for seed in range(10)]
    assert np.mean(own) < np.mean(others)


def test_made_up_hands_write_amounts_without_data() -> None:
    first, second = (made_up_hands(9, np.random.default_rng(1)) for _ in range(2))
    assert all(hand.has(DIGITS) for hand in first["shapes"])
    assert first["signs"][0].has(SIGNS)
    np.testing.assert_array_equal(
        first["shapes"][7].glyphs["9"][0].points,  # type: ignore[union-attr]
        second["shapes"][7].glyphs["9"][0].points,  # type: ignore[union-attr]
    )
