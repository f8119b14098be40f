"""Filters of images are what scipy, numpy and Pillow give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from scipy import ndimage

from recognizer.page.filters import (
    between_classes,
    blurred,
    depth_of,
    edges_of,
    mapped,
    mean_of_nine,
    mean_of_square,
    median_of_nine,
    projected,
    quantile,
    quantile_of,
    reduced,
)

SIDES = st.tuples(st.integers(1, 12), st.integers(1, 12))
IMAGES = arrays(np.uint8, SIDES)


@given(IMAGES)
def test_of_nine_are_scipys(image: np.ndarray) -> None:
    assert np.array_equal(mean_of_nine(image), ndimage.uniform_filter(image, 3))
    assert np.array_equal(median_of_nine(image), ndimage.median_filter(image, 3))


@given(IMAGES, st.sampled_from([1, 3, 9]), st.floats(0.3, 2.0))
def test_means_and_blurs_are_scipys(image: np.ndarray, size: int, deviation: float) -> None:
    soft = image.astype(np.float32)
    assert mean_of_square(image, size) == pytest.approx(ndimage.uniform_filter(soft, size), abs=1e-3)
    assert blurred(soft, deviation) == pytest.approx(ndimage.gaussian_filter(soft, deviation), abs=1e-3)


@given(IMAGES, st.floats(-3, 3), st.floats(-3, 3), st.floats(0.3, 2), st.floats(-0.5, 0.5), st.floats(0.3, 2))
def test_affine_maps_are_scipys(
    image: np.ndarray, top: float, left: float, down: float, slant: float, across: float
) -> None:
    soft, shape = image.astype(np.float32), (7, 9)
    y = top + down * np.arange(shape[0])[:, None]
    x = left + slant * np.arange(shape[0])[:, None] + across * np.arange(shape[1])
    expected = ndimage.map_coordinates(soft, np.broadcast_arrays(y, x), order=1)
    edge = (np.abs(np.stack([y - len(soft) + 1 + 0 * x, y + 0 * x])) < 1e-6).any(0)
    edge |= (np.abs(np.stack([x - soft.shape[1] + 1, x])) < 1e-6).any(0)  # where rounding decides
    found = mapped(soft, *shape, top, left, down, slant, across)
    assert found[~edge] == pytest.approx(expected[~edge], abs=1e-2)


@given(IMAGES, st.integers(1, 9))
def test_means_of_blocks_are_pillows(image: np.ndarray, factor: int) -> None:
    assert np.array_equal(reduced(image, factor), np.asarray(Image.fromarray(image).reduce(factor)))


@given(IMAGES, st.lists(st.floats(-0.3, 0.3), min_size=6, max_size=6), st.sampled_from([0.0, 0.01]))
def test_projective_maps_are_pillows(image: np.ndarray, noise: list[float], perspective: float) -> None:
    matrix = np.eye(3)
    matrix[:2] += np.reshape(noise, (2, 3))
    matrix[2, :2] = perspective
    expected = Image.fromarray(image).transform(
        (9, 7), Image.Transform.PERSPECTIVE, tuple(matrix.ravel()[:8]), Image.Resampling.BILINEAR, fillcolor=99
    )
    apart = np.abs(projected(image, matrix, 7, 9, 99).astype(int) - np.asarray(expected).astype(int))
    assert (apart > 1).mean() < 0.05  # rounding decides what is just beyond the edge


@given(arrays(np.float32, SIDES, elements=st.floats(0, 255, width=32)), st.floats(0.1, 1.0))
def test_a_share_of_the_depths_stays_below(depth: np.ndarray, share: float) -> None:
    found = depth_of(depth, share, -np.inf)
    assert (depth <= found + 1 / 16).mean() >= share - 1e-6
    assert (depth < found - 1 / 16).mean() <= share + 1e-6


def test_a_threshold_parts_two_classes() -> None:
    generator = np.random.default_rng(0)
    low, high = generator.normal(0.2, 0.02, (20, 30)), generator.normal(0.8, 0.02, (5, 30))
    assert 0.25 < between_classes(np.concatenate([low, high])) < 0.75
    assert between_classes(np.full((3, 4), 0.5)) == 0.5


@given(IMAGES, st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0]))
def test_quantiles_are_numpys(image: np.ndarray, share: float) -> None:
    assert quantile_of(image, share) == pytest.approx(np.quantile(image, share), abs=1e-6)
    assert quantile(image, share) == pytest.approx(np.quantile(image, share), abs=1e-6)


@given(IMAGES)
def test_edges_are_those_of_scipys_filters(image: np.ndarray) -> None:
    means, slopes = edges_of(image)
    expected = ndimage.uniform_filter(image.astype(np.float32), 2)
    assert means == pytest.approx(expected, abs=1e-4)
    assert slopes == pytest.approx(np.hypot(ndimage.sobel(expected, 0), ndimage.sobel(expected, 1)) / 8, abs=1e-3)
