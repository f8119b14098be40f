"""Pen ink as paper shows it: of any pen and paper, the ink stays where it was written."""

import numpy as np
import pytest

from recognizer.page.writing import writing_of
from recognizer.training.synthesis.scans import scanned, written

LINE = [np.stack([np.linspace(0, 10, 60), np.sin(np.linspace(0, 20, 60))], 1), np.array([[11.0, 0.0], [11.2, 0.4]])]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_written_lies_within_the_paper(seed: int) -> None:
    coverage = written(LINE, np.random.default_rng(seed))
    assert coverage.dtype == np.float32
    assert coverage.max() > 0.9
    assert coverage[[0, -1]].max() == coverage[:, [0, -1]].max() == 0


@pytest.mark.parametrize("seed", range(8))
def test_a_scan_keeps_the_ink_where_it_is(seed: int) -> None:
    generator = np.random.default_rng(seed)
    coverage = written(LINE, generator)
    image = scanned(coverage, generator)
    assert image.shape == coverage.shape
    assert image.dtype == np.uint8
    found = writing_of(image)
    assert found[coverage > 0.5].mean() > 0.4
    assert found[coverage == 0].mean() < 0.05


def test_scans_are_of_two_levels_or_of_many() -> None:
    generator = np.random.default_rng(0)
    levels = [len(np.unique(scanned(written(LINE, generator), generator))) for _ in range(20)]
    assert min(levels) <= 4
    assert max(levels) > 40
