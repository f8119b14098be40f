"""What is folded answers as before."""

import copy

import numpy as np
import pytest
import torch
from torch import nn

from recognizer.networks import inference
from recognizer.networks.compact import Compact
from recognizer.networks.displacement import Displacement
from recognizer.networks.first_stage import FirstStage
from recognizer.networks.inference import FirstConvolution, LargestOfBlocks, RectifiedConvolution, folded
from recognizer.networks.inside import feature_maps
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.small import SmallNet


@pytest.fixture(autouse=True)
def _in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is folded is told from what it stands for by its rounding alone, so it rounds as that does on any processor."""
    monkeypatch.setattr(inference, "native_bfloat16", lambda: False)


@pytest.mark.parametrize("shape", [(1, 1, 28, 28), (8, 1, 28, 28)])
@pytest.mark.parametrize(
    "network", [SmallNet(), Compact(1, 28, 28, 11), Displacement(1, 28, 5, (4, 6, 8, 10), (1, 2), dropout=0.1)]
)
def test_in_bfloat16_it_answers_as_nearly_as_that_can_say(
    network: nn.Module, shape: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inference, "native_bfloat16", lambda: True)
    torch.manual_seed(4)
    images = torch.rand(8, 1, 28, 28)
    for _ in range(3):
        network.train()(images)
    lighter, images = folded(network.eval()), torch.rand(shape)
    assert any(part.dtype == torch.bfloat16 for part in lighter.parameters())
    expected = network(images)
    for reading in (False, True):
        with torch.inference_mode(reading):
            found = lighter(images)
        assert found.dtype == torch.float32
        # Eight binary digits of each sum, and some layers of sums.
        torch.testing.assert_close(found, expected, rtol=0.02, atol=0.02)


@pytest.mark.parametrize("width", [32, 48])
def test_lenet5_answers_the_same_single_and_swept(width: int) -> None:
    torch.manual_seed(0)
    network = LeNet5().eval()
    images = torch.randn(3, 1, 32, width)
    torch.testing.assert_close(folded(network)(images), network(images), rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize("batch", [1, 8])
@pytest.mark.parametrize(
    "network", [SmallNet(), Compact(1, 28, 28, 11), Displacement(1, 28, 5, (4, 6, 8, 10), (1, 2), dropout=0.1)]
)
def test_normalisation_goes_into_the_weights(network: nn.Module, batch: int) -> None:
    torch.manual_seed(1)
    images = torch.rand(8, 1, 28, 28)
    for _ in range(3):
        network.train()(images)  # statistics that are not the ones it starts with
    network.eval()
    lighter = folded(network)
    torch.testing.assert_close(lighter(images[:batch]), network(images[:batch]), rtol=1e-3, atol=1e-4)
    count = {
        net: sum(isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d) for part in net.modules())
        for net in (network, lighter)
    }
    assert count[lighter] < count[network]
    assert any(isinstance(part, nn.BatchNorm2d) for part in network.modules())


@pytest.mark.parametrize("dilation", [(1, 1), (1, 2)])
@pytest.mark.parametrize("stride", [1, 2])
def test_a_rectified_convolution_is_torchs_also_after_it_was_copied_or_has_learnt(
    stride: int, dilation: tuple[int, int]
) -> None:
    torch.manual_seed(3)
    layer = nn.Conv2d(3, 20, (3, 5), stride, (1, 2), dilation)
    joined = RectifiedConvolution(layer)
    for width in (9, 40):
        images = torch.randn(2, 3, 8, width)
        expected = torch.relu(layer(images)).detach()
        torch.testing.assert_close(joined(images), expected)
        with torch.inference_mode():
            torch.testing.assert_close(joined(images), expected)
            torch.testing.assert_close(copy.deepcopy(joined)(images), expected)
    with torch.no_grad():
        joined.weight.mul_(-1)  # the layer's too: they share them
        expected = torch.relu(layer(images))
    with torch.inference_mode():
        torch.testing.assert_close(joined(images), expected)


@pytest.mark.parametrize("smallest", [-0.5, 0.5])
def test_normalisation_after_the_largest_is_folded_where_they_stay_the_largest(smallest: float) -> None:
    torch.manual_seed(2)
    network = SmallNet().eval()
    for part in network.features:
        if isinstance(part, nn.BatchNorm2d):
            nn.init.uniform_(part.weight, smallest, 1.5)
            nn.init.uniform_(part.bias, -0.5, 0.5)
            nn.init.uniform_(part.running_mean, -0.5, 0.5)
    lighter, images = folded(network), torch.rand(3, 1, 28, 28)
    torch.testing.assert_close(lighter(images), network(images), rtol=1e-4, atol=1e-5)
    assert any(isinstance(part, nn.BatchNorm2d) for part in lighter.modules()) == (smallest < 0)


@pytest.mark.parametrize("padding", [0, 1, (1, 2)])
@pytest.mark.parametrize("shape", [(1, 1, 28, 28), (1, 1, 9, 12), (3, 1, 9, 12), (1, 1, 28, 200)])
def test_the_first_convolution_is_torchs(shape: tuple[int, ...], padding: int | tuple[int, int]) -> None:
    layer, images = nn.Conv2d(1, 4, 5, padding=padding).requires_grad_(False), torch.randn(shape)
    found = FirstConvolution(layer)(images)
    torch.testing.assert_close(found, layer(images), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (nn.Conv2d(1, 4, 5, padding=2), True),
        (nn.Conv2d(2, 4, 5), False),
        (nn.Conv2d(1, 4, (5, 3)), False),
        (nn.Conv2d(1, 4, 5, stride=2), False),
        (nn.Conv2d(1, 4, 3, dilation=2), False),
        (nn.Conv2d(1, 4, 3, padding="same"), False),
        (nn.Conv2d(1, 4, 5, bias=False), False),
    ],
)
def test_only_what_it_can_do_comes_to_the_first_convolution(layer: nn.Conv2d, expected: bool) -> None:
    lighter, images = folded(nn.Sequential(layer, nn.ReLU())), torch.randn(1, layer.in_channels, 12, 15)
    assert isinstance(next(lighter.children()), FirstConvolution) == expected
    torch.testing.assert_close(lighter(images), layer(images).relu(), rtol=1e-5, atol=1e-5)


def test_folding_draws_nothing() -> None:
    network, before = Compact(1, 28, 28, 11), torch.get_rng_state()
    folded(network)
    assert torch.equal(torch.get_rng_state(), before)


def test_what_is_folded_shows_the_same_layers() -> None:
    torch.manual_seed(3)
    network = Compact(1, 28, 28, 11).eval()
    picture = np.random.default_rng(3).random((1, 28, 28)).astype(np.float32)
    before, after = feature_maps(network, picture), feature_maps(folded(network), picture)
    assert [name for name, _ in after] == [name for name, _ in before]
    np.testing.assert_allclose(after[0][1], before[0][1], atol=1e-5)
    np.testing.assert_allclose(after[-1][1], before[-1][1], atol=1e-5)


@pytest.mark.parametrize("shape", [(1, 1, 28, 28), (3, 1, 28, 28), (3, 1, 9, 12), (2, 1, 12, 9), (5, 1, 2, 4)])
@pytest.mark.parametrize("kernel", [3, 5])
def test_the_first_stage_is_its_layers(shape: tuple[int, ...], kernel: int) -> None:
    layers = nn.Conv2d(1, 4, kernel, padding=kernel // 2), nn.ReLU(), nn.MaxPool2d(2)
    lighter, images = folded(nn.Sequential(*layers)), torch.randn(shape)
    for reading in (False, True):
        with torch.inference_mode(reading):
            torch.testing.assert_close(lighter(images), nn.Sequential(*layers)(images), rtol=1e-5, atol=1e-5)
    assert isinstance(next(lighter.children()), FirstStage) == (kernel == 5)


@pytest.mark.parametrize(
    "layer", [nn.MaxPool2d(2), nn.MaxPool2d((2, 1)), nn.MaxPool2d(2, ceil_mode=True), nn.MaxPool2d(2, stride=1)]
)
@pytest.mark.parametrize("shape", [(8, 6), (7, 6), (6, 7)])
def test_the_largest_of_blocks_is_the_librarys(layer: nn.MaxPool2d, shape: tuple[int, int]) -> None:
    maps = torch.randn(2, 3, *shape)
    lighter = folded(nn.Sequential(nn.Identity(), layer))
    assert isinstance(lighter[0], LargestOfBlocks) == (layer.stride != 1)
    assert torch.equal(lighter(maps), layer(maps))
