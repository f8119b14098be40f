"""LeNet-5 is the published network: sizes, tables, squashing, codes; and it sweeps."""

import numpy as np
import pytest
import torch

from recognizer.networks.codes import CODE_LENGTH, digit_codes
from recognizer.networks.layers import Convolution, ScaledTanh, Subsampling, TableConvolution, windows_of
from recognizer.networks.lenet5 import C3_TABLE, LeNet5, to_grey_levels


@pytest.fixture
def network() -> LeNet5:
    torch.manual_seed(0)
    return LeNet5()


def test_every_layer_has_the_published_number_of_parameters(network: LeNet5) -> None:
    counts = {name: sum(p.numel() for p in layer.parameters()) for name, layer in network.named_children()}
    assert counts == {"c1": 156, "s2": 12, "c3": 1516, "s4": 32, "c5": 48_120, "f6": 10_164, "squash": 0, "output": 840}
    assert sum(p.numel() for p in network.parameters() if p.requires_grad) == 60_000
    network.output.adapt()
    assert sum(p.numel() for p in network.parameters() if p.requires_grad) == 60_840


def test_c3_sees_what_the_table_says(network: LeNet5) -> None:
    assert sorted(C3_TABLE.sum(0)) == [3] * 6 + [4] * 9 + [6]
    for source in range(6):
        maps = torch.zeros(1, 6, 14, 14)
        maps[0, source] = torch.rand(14, 14)
        change = (network.c3(maps) - network.c3(torch.zeros_like(maps))).abs().amax((0, 2, 3))
        assert ((change > 0).int().numpy() == C3_TABLE[source]).all()


def test_a_full_table_is_a_plain_convolution() -> None:
    table = TableConvolution(np.ones((3, 4), int), 5)
    plain = Convolution(3, 4, 5)
    with torch.no_grad():
        plain.weight.copy_(table.weight.view(4, 3, 5, 5))
        plain.bias.copy_(table.bias)
    x = torch.randn(2, 3, 9, 11)
    torch.testing.assert_close(table(x), plain(x))


@pytest.mark.parametrize("shape", [(1, 3, 9, 11), (2, 3, 9, 11), (1, 3, 5, 5), (4, 3, 5, 8), (1, 3, 20, 90)])
def test_every_way_to_convolve_is_torchs(shape: tuple[int, ...]) -> None:
    x, layer = torch.randn(shape), Convolution(3, 4, 5)
    torch.testing.assert_close(layer(x), torch.nn.functional.conv2d(x, layer.weight, layer.bias))


def test_subsampling_sums_blocks() -> None:
    layer = Subsampling(2)
    x = torch.randn(1, 2, 4, 6)
    blocks = x.view(1, 2, 2, 2, 3, 2).sum((3, 5))
    expected = blocks * layer.coefficient.view(1, 2, 1, 1) + layer.bias.view(1, 2, 1, 1)
    torch.testing.assert_close(layer(x), expected)


def test_squashing_keeps_plus_and_minus_one() -> None:
    ends = torch.tensor([-1.0, 0.0, 1.0])
    torch.testing.assert_close(ScaledTanh()(ends), ends, atol=1e-4, rtol=0)


def test_squashing_is_the_scaled_tanh_and_so_is_its_slope() -> None:
    x = torch.linspace(-30, 30, 1001, requires_grad=True)
    y = ScaledTanh()(x)
    expected = 1.7159 * torch.tanh(x.double() * (2 / 3))
    torch.testing.assert_close(y.double(), expected, rtol=0, atol=1e-6)
    (slope,) = torch.autograd.grad(y.sum(), x)
    torch.testing.assert_close(slope.double(), (2 / 3) / 1.7159 * (1.7159**2 - expected**2), rtol=0, atol=1e-6)


def test_windows_are_what_the_library_unfolds() -> None:
    picture = torch.randn(3, 9, 12)
    torch.testing.assert_close(windows_of(picture, 5), torch.nn.functional.unfold(picture, 5), rtol=0, atol=0)


def test_weights_start_within_their_fan_in(network: LeNet5) -> None:
    assert network.c1.weight.abs().max() <= 2.4 / 25
    assert network.c5.weight.abs().max() <= 2.4 / 400
    assert network.f6.weight.abs().max() <= 2.4 / 120
    for kernel, map_number in zip(network.c3.weight, np.nonzero(C3_TABLE.T)[0], strict=True):
        assert kernel.abs().max() <= 2.4 / (25 * C3_TABLE[:, map_number].sum())


def test_penalties_are_squared_distances_to_the_codes(network: LeNet5) -> None:
    images = to_grey_levels(torch.randint(0, 256, (3, 1, 32, 32)))
    features = network.features(images)[:, 0]
    expected = torch.cdist(features, torch.from_numpy(digit_codes())) ** 2
    torch.testing.assert_close(network(images), expected, rtol=1e-4, atol=1e-3)


def test_codes_of_digits_are_far_apart() -> None:
    codes = digit_codes()
    assert codes.shape == (10, CODE_LENGTH)
    assert set(np.unique(codes)) == {-1.0, 1.0}
    distance = (codes[:, None] != codes[None]).sum(2)
    assert distance[~np.eye(10, dtype=bool)].min() >= 6


def test_a_sweep_equals_a_scan_at_every_fourth_column(network: LeNet5) -> None:
    wide = torch.randn(1, 1, 32, 48)
    frames = network(wide)[0]
    scanned = torch.cat([network(wide[..., x : x + 32]) for x in range(0, 17, 4)])
    torch.testing.assert_close(frames, scanned, rtol=1e-4, atol=1e-3)


def test_grey_levels_span_paper_to_ink() -> None:
    levels = to_grey_levels(torch.tensor([0, 255], dtype=torch.uint8))
    torch.testing.assert_close(levels, torch.tensor([-0.1, 1.175]))
