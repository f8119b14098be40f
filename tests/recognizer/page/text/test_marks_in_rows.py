"""Holes of a binding are told from letters by how evenly they stand."""

import numpy as np
import pytest

from recognizer.page.text.marks_in_rows import in_rows


def row(count: int, step: tuple[float, float], uneven: float = 0.0, larger: float = 0.0) -> np.ndarray:
    """(n, 4) boxes of marks, each so much further on than the one before."""
    generator = np.random.default_rng(1)
    middles = 100 + np.arange(count)[:, None] * np.array(step) + uneven * generator.normal(0, 1, (count, 2))
    half = 10 * np.exp(larger * generator.normal(0, 1, (count, 2)))
    return np.round(np.concatenate([middles - half, middles + half], 1)).astype(int)


@pytest.mark.parametrize("step", [(0.0, 60.0), (50.0, 0.0), (6.0, 55.0)])
def test_an_even_row_is_one_whatever_is_beside_it(step: tuple[float, float]) -> None:
    marks = row(20, step)
    letters = np.random.default_rng(4).integers(300, 900, (60, 2))
    letters = np.concatenate([letters, letters + np.random.default_rng(5).integers(8, 40, (60, 2))], 1)
    found = in_rows(np.concatenate([marks, letters]))
    assert found[:20].all()
    assert not found[20:].any()


def test_a_row_as_a_hand_writes_it_is_none() -> None:
    assert not in_rows(row(20, (30.0, 0.0), uneven=5)).any()
    assert not in_rows(row(20, (30.0, 0.0), larger=0.4)).any()


def test_a_few_are_no_row() -> None:
    assert not in_rows(row(7, (30.0, 0.0))).any()
    assert not in_rows(np.zeros((0, 4), int)).any()
