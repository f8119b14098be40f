import numpy as np
import pytest

from recognizer.training.synthesis.glyphs import DIGITS, PenGlyph
from recognizer.training.synthesis.habits import Habits
from recognizer.training.synthesis.shapes import ShapeHand


def _strokes(glyph: PenGlyph) -> list[np.ndarray]:
    return np.split(glyph.points, glyph.starts[1:])


def _stem(corner: float = 0.9) -> PenGlyph:
    """A seven of one stroke: roof and stem."""
    roof = np.column_stack([np.linspace(0, corner, 12), np.zeros(12)])
    stem = np.column_stack([np.linspace(corner, 0.3, 20), np.linspace(0, 2, 20)])
    return PenGlyph.of([np.concatenate([roof, stem]).astype(np.float32) * 50])


@pytest.mark.parametrize("digit", DIGITS)
def test_a_digit_stays_as_high_as_it_was_or_nearly_and_has_a_pen_with_points(digit: str) -> None:
    for seed in range(40):
        generator = np.random.default_rng(seed)
        glyph = PenGlyph.of(ShapeHand.draw(generator).write(digit, generator))
        changed = Habits.draw(generator).applied(digit, glyph)
        assert np.isfinite(changed.points).all()
        assert changed.points.dtype == np.float32
        assert all(len(stroke) > 1 for stroke in _strokes(changed))
        assert 0.5 < np.ptp(changed.points[:, 1]) / np.ptp(glyph.points[:, 1]) < 1.6


def test_a_hand_that_bars_its_sevens_bars_nearly_all() -> None:
    barred = []
    for seed in range(60):
        habits = Habits.draw(np.random.default_rng(seed))
        written = [habits.applied("7", _stem()) for _ in range(30)]
        barred.append(np.mean([len(glyph.starts) == 2 for glyph in written]))
    assert {share > 0.7 for share in barred if share} == {True}
    assert 0.3 < np.mean([share > 0 for share in barred]) < 0.7


def test_a_bar_crosses_the_stem() -> None:
    for seed in range(200):
        changed = Habits.draw(np.random.default_rng(seed)).applied("7", _stem())
        if len(changed.starts) == 2:
            stem, bar = _strokes(changed)
            middle = bar[:, 1].mean()
            crossed = stem[np.abs(stem[:, 1] - middle).argmin(), 0]
            assert bar[:, 0].min() < crossed < bar[:, 0].max()


def test_what_has_no_habit_of_its_own_is_only_wider_or_narrower() -> None:
    habits = Habits({digit: [] for digit in DIGITS}, dict.fromkeys(DIGITS, 1.5), np.random.default_rng(0))
    changed = habits.applied("7", _stem())
    np.testing.assert_allclose(changed.points, _stem().points * [1.5, 1], atol=1e-4)
