"""Connected patches against scipy's, which look at every pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from recognizer.page.patches import connected, connected_with, filled, runs_along_rows


def masks(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    grain = rng.random(rng.integers(1, 30, 2))
    mask: np.ndarray = ndimage.uniform_filter(grain, rng.integers(1, 4)) > rng.uniform(0.3, 0.7)
    return mask.T if seed % 2 else mask


@given(st.integers(0, 10**6), st.booleans())
def test_patches_boxes_and_sizes_are_scipys(seed: int, corners: bool) -> None:
    mask = masks(seed)
    found = connected(mask, corners)
    labels, count = ndimage.label(mask, np.ones((3, 3)) if corners else None)
    np.testing.assert_array_equal(found.numbers, labels)
    assert found.sizes.tolist() == np.bincount(labels.ravel(), minlength=count + 1)[1:].tolist()
    boxes = [[x.start, y.start, x.stop, y.stop] for y, x in ndimage.find_objects(labels)]
    assert found.boxes.tolist() == boxes
    np.testing.assert_array_equal(found.chosen(found.sizes > 3), np.isin(labels, 1 + np.flatnonzero(found.sizes > 3)))


@given(st.integers(0, 10**6))
def test_holes_are_scipys(seed: int) -> None:
    np.testing.assert_array_equal(filled(masks(seed)), ndimage.binary_fill_holes(masks(seed)))


@pytest.mark.parametrize("row", ["", "1", "0", "11100110", "0110011101", "1" * 17, "10" * 12])
def test_runs_are_told_by_where_they_start_and_end(row: str) -> None:
    mask = np.array([[c == "1" for c in row or "0"]] * 2)
    starts, ends, offsets = runs_along_rows(mask)
    assert [
        "".join("1" if a <= k < b else "0" for k in range(len(row))).count("1")
        for a, b in zip(starts, ends, strict=True)
    ] == [len(part) for part in row.split("0") if part] * 2
    assert offsets.tolist() == [0, len(starts) // 2, len(starts)]


@given(st.integers(0, 2**30 - 1), st.integers(0, 2**30 - 1))
def test_patches_are_kept_where_a_seed_reaches(ink: int, seed: int) -> None:
    bits = np.arange(30).reshape(5, 6)
    mask = (ink >> bits & 1) > 0
    seeds = mask & ((seed >> bits & 1) > 0)
    reached = seeds
    for _ in range(mask.size):
        padded = np.pad(reached, 1)
        reached = mask & np.logical_or.reduce([padded[r : r + 5, c : c + 6] for r in range(3) for c in range(3)])
    numbers = connected_with(mask, seeds).numbers
    assert np.array_equal(numbers > 0, reached)
    assert set(numbers[numbers > 0].tolist()) == set(range(1, numbers.max() + 1))
