import numpy as np
import pytest

from recognizer.training.synthesis.paper import scan


def _ink() -> np.ndarray:
    coverage = np.zeros((50, 120), np.float32)
    coverage[10:40, 20:26] = coverage[10:40, 60:66] = 1
    return coverage


@pytest.mark.parametrize("seed", range(25))
def test_ink_is_darker_than_paper(seed: int) -> None:
    ink = _ink()
    grey = scan(ink, np.random.default_rng(seed))
    assert grey.dtype == np.uint8
    assert grey.shape == ink.shape
    assert grey[ink > 0].mean() < grey[ink == 0].mean() - 8


def test_the_same_generator_makes_the_same_scan() -> None:
    np.testing.assert_array_equal(scan(_ink(), np.random.default_rng(4)), scan(_ink(), np.random.default_rng(4)))


def test_papers_differ() -> None:
    greys = [float(np.median(scan(_ink(), np.random.default_rng(seed)))) for seed in range(12)]
    assert np.ptp(greys) > 40
