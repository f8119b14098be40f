import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from recognizer.training.synthesis.distort import Affine, Elastic, distort

STILL = Affine(0, 0, 0, 0, 0)


def _images(count: int = 3, side: int = 12, channels: int = 2) -> Tensor:
    return torch.from_numpy(np.random.default_rng(1).random((count, channels, side, side)).astype(np.float32))


def _dot(side: int = 21) -> Tensor:
    """A soft dot right and above of the middle."""
    y, x = np.mgrid[:side, :side]
    return torch.from_numpy(np.exp(-((x - 14) ** 2 + (y - 7) ** 2) / 4).astype(np.float32))[None, None]


def _centre(image: Tensor) -> np.ndarray:
    """Mean x and y of the ink, from the middle of the image [px]."""
    values = image.numpy().reshape(image.shape[-2:])
    y, x = np.mgrid[: values.shape[0], : values.shape[1]] - (np.array(values.shape)[:, None, None] - 1) / 2
    centre: np.ndarray = np.array([(values * x).sum(), (values * y).sum()]) / values.sum()
    return centre


def test_no_distortion_changes_nothing() -> None:
    images = _images()
    assert torch.allclose(distort(images, STILL, np.random.default_rng(0)), images, atol=1e-5)


@pytest.mark.parametrize("size", [12, 16, 32])
def test_a_larger_result_is_padded_about_the_centre(size: int) -> None:
    images = _images()
    padded = distort(images, STILL, np.random.default_rng(0), size)
    assert padded.shape == (3, 2, size, size)
    margin = (size - 12) // 2
    assert torch.allclose(padded[:, :, margin : margin + 12, margin : margin + 12], images, atol=1e-5)
    assert padded.sum().item() == pytest.approx(images.sum().item(), rel=1e-4)


def test_a_smaller_result_is_cropped_about_the_centre() -> None:
    images = _images()
    assert torch.allclose(distort(images, STILL, np.random.default_rng(0), 8), images[:, :, 2:10, 2:10], atol=1e-5)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10)
def test_the_same_generator_gives_the_same_images(seed: int) -> None:
    images = _images()
    first, second = (distort(images, Affine(rotation=0.2), np.random.default_rng(seed)) for _ in range(2))
    assert torch.equal(first, second)
    assert not torch.equal(first, distort(images, Affine(rotation=0.2), np.random.default_rng(seed + 1)))
    assert first.dtype == torch.float32
    assert 0 <= float(first.min()) <= float(first.max()) <= 1 + 1e-5


def test_each_image_gets_a_map_of_its_own_and_channels_the_same() -> None:
    images = _images(1)[:, :1].expand(4, 2, 12, 12)
    found = distort(images, Affine(), np.random.default_rng(2))
    assert torch.equal(found[:, 0], found[:, 1])
    assert not torch.allclose(found[0], found[1], atol=0.01)


@pytest.mark.parametrize("size", [21, 31])
def test_a_shift_keeps_within_its_range_in_pixels(size: int) -> None:
    moved = distort(_dot().expand(200, 1, 21, 21), Affine(2.0, 0, 0, 0, 0), np.random.default_rng(3), size)
    shifts = np.array([_centre(image) for image in moved]) - _centre(_dot())
    assert np.abs(shifts).max() == pytest.approx(2.0, abs=0.15)
    assert shifts.mean(0) == pytest.approx([0, 0], abs=0.3)


@pytest.mark.parametrize(
    ("affine", "kept"),
    [
        (Affine(0, 0.3, 0, 0, 0), lambda x, y: x / y),  # scaled about the middle: the direction stays
        (Affine(0, 0, 0.3, 0, 0), lambda x, y: x * y),  # squeezed: the area stays
        (Affine(0, 0, 0, 0.4, 0), lambda x, y: y),  # sheared: the row stays
        (Affine(0, 0, 0, 0, 0.5), lambda x, y: np.hypot(x, y)),  # turned: the distance stays
    ],
)
def test_what_each_distortion_leaves_as_it_is(affine: Affine, kept) -> None:  # type: ignore[no-untyped-def]
    found = [_centre(image) for image in distort(_dot().expand(40, 1, 21, 21), affine, np.random.default_rng(4))]
    expected = kept(*_centre(_dot()))
    assert [kept(*centre) for centre in found] == pytest.approx([expected] * 40, rel=0.06, abs=0.1)
    assert np.ptp([centre[0] for centre in found]) > 0.8


def test_elastic_fields_are_smooth_and_as_large_as_published() -> None:
    fields = Elastic(34.0, 4.0).fields(200, 28, np.random.default_rng(0))
    assert fields.shape == (200, 28, 28, 2)
    middle = fields[:, 10:18, 10:18]
    noise, blur = 1 / np.sqrt(3), 1 / (2 * np.sqrt(np.pi) * 4)  # deviation of the noise, norm of the Gaussian kernel
    assert abs(middle.std() / (34 * noise * blur) - 1) < 0.1
    assert np.abs(np.diff(fields, axis=2)).mean() < 0.3 * np.abs(fields).mean()


def test_no_bending_is_no_change_and_the_same_seed_bends_the_same() -> None:
    images = torch.rand(3, 1, 28, 28)
    still = Affine(0.0, 0.0, 0.0, 0.0)
    flat = distort(images, still, np.random.default_rng(1), elastic=Elastic(0.0))
    torch.testing.assert_close(flat, images, atol=1e-4, rtol=0)
    twice = [distort(images, Affine(), np.random.default_rng(2), elastic=Elastic()) for _ in range(2)]
    torch.testing.assert_close(*twice, atol=0, rtol=0)
    assert (twice[0] - images).abs().mean() > 0.05


def test_a_constant_field_shifts() -> None:
    images = torch.zeros(1, 1, 28, 28)
    images[0, 0, 10, 10] = 1.0

    class Sideways(Elastic):
        def fields(self, count: int, size: int, generator: np.random.Generator) -> np.ndarray:
            return np.broadcast_to(np.float32([2.0, 0.0]), (count, size, size, 2)).copy()

    moved = distort(images, Affine(0.0, 0.0, 0.0, 0.0), np.random.default_rng(0), elastic=Sideways())
    assert moved[0, 0, 10, 8] > 0.99
