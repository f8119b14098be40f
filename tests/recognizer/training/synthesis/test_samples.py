"""The hand that draws our samples, and the samples that ship."""

from pathlib import Path

import numpy as np
import pytest

from recognizer.ink import read_inkml
from recognizer.page import load_pages
from recognizer.training.synthesis.samples import AMOUNTS, GUIDES, INKS, PAPERS, TEXTS, Style, main, scan, write

SHIPPED = Path(__file__).parents[4] / "resources" / "samples"


def test_the_same_generator_writes_the_same() -> None:
    first, second = (write("0123456789", 50, Style(), np.random.default_rng(3)) for _ in "ab")
    assert np.array_equal(first.points, second.points)
    other = write("0123456789", 50, Style(), np.random.default_rng(4))
    assert not np.array_equal(first.points[:9], other.points[:9])


@pytest.mark.parametrize("character", GUIDES)
def test_characters_are_written_in_place_and_at_the_pace_of_a_hand(character: str) -> None:
    ink = write(character, 100, Style(), np.random.default_rng(1))
    left, top, right, bottom = ink.bounds
    assert len(ink.strokes) == len(GUIDES[character])
    assert left == pytest.approx(50, abs=8)
    assert 10 < top < bottom < 210
    assert right < 180
    assert ink.pressures is not None
    assert (np.diff(ink.points[:, 2]) > 0).all()
    for stroke in ink.strokes:
        steps = np.hypot(*np.diff(stroke[:, :2], axis=0).T)
        assert steps.max() < 15  # [px]: 19 heights a second


def test_scans_are_of_the_size_of_a_courtesy_amount() -> None:
    generator = np.random.default_rng(2)
    grey = np.asarray(scan(write("$ 1,250.00", 32, Style(), generator), PAPERS["amount-1250.00"], generator))
    assert 50 <= grey.shape[0] <= 80
    assert 150 <= grey.shape[1] <= 300
    assert np.median(grey) > 200
    assert np.quantile(grey, 0.02) < 110


def test_all_samples_are_shipped_and_can_be_made_again(tmp_path: Path) -> None:
    """Stroke by stroke at the same place and as large. Not point by point: at a corner the heading of a step of no length is what
    rounding says, so that on another processor a stroke may have a point more, and what is drawn after it differs."""
    main(tmp_path)
    for name in (*INKS, *TEXTS):
        made, shipped = (read_inkml(folder / f"{name}.inkml") for folder in (tmp_path, SHIPPED))
        assert len(made.strokes) == len(shipped.strokes)
        height = np.ptp(shipped.points[:, 1])
        assert np.allclose(made.bounds, shipped.bounds, atol=0.3 * height)
        middles = [np.array([stroke[:, :2].mean(axis=0) for stroke in ink.strokes]) for ink in (made, shipped)]
        assert np.abs(middles[0] - middles[1]).max() < 0.3 * height
    for name in AMOUNTS:
        made_grey, shipped_grey = (load_pages(folder / f"{name}.png")[0].grey for folder in (tmp_path, SHIPPED))
        assert made_grey.shape == pytest.approx(shipped_grey.shape, rel=0.1)
        assert made_grey.mean() == pytest.approx(shipped_grey.mean(), abs=8)
