"""The layers of networks as they are computed: each law holds for every network that reads segments."""

import numpy as np
import pytest
import torch
from torch import nn

from recognizer.networks.compact import Compact
from recognizer.networks.displacement import Displacement
from recognizer.networks.inside import codes_of, feature_maps
from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet5 import LeNet5

NETWORKS = {
    "compact": (lambda: Compact(1, 28, 28, 11).eval(), (1, 28, 28)),
    "lenet5": (LeNet5, (1, 32, 32)),
    "displacement": (lambda: Displacement(5, 20, 10, (4, 6, 8, 12), (1, 2)).eval(), (5, 20, 24)),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_answers_and_the_network_is_left_as_it_was(name: str) -> None:
    make, shape = NETWORKS[name]
    network: nn.Module = make()
    picture = np.random.default_rng(0).random(shape).astype(np.float32)
    found = feature_maps(network, picture)
    assert len(found) >= 6
    for title, maps in found:
        assert maps.ndim == 3
        assert np.isfinite(maps).all()
        assert f" {len(maps)} " in title
    with torch.inference_mode():
        before = network(torch.from_numpy(picture)[None])
        assert torch.equal(before, network(torch.from_numpy(picture)[None]))
    assert not any(module._forward_hooks for module in network.modules())


def test_the_first_layer_is_the_convolution_rectified() -> None:
    network = Compact(1, 28, 28, 11).eval()
    picture = np.random.default_rng(1).random((1, 28, 28)).astype(np.float32)
    with torch.inference_mode():
        expected = network.features[:3](torch.from_numpy(picture)[None])[0].numpy()
    name, maps = feature_maps(network, picture)[0]
    assert name == f"convolution, {len(expected)} maps"
    np.testing.assert_allclose(maps, expected, atol=1e-6)
    assert (maps >= 0).all()


def test_the_last_layer_holds_what_the_penalties_are_made_of() -> None:
    network = LeNet5()
    picture = np.random.default_rng(2).random((1, 32, 32)).astype(np.float32)
    name, maps = feature_maps(network, picture)[-1]
    assert name.startswith("distances to codes")
    with torch.inference_mode():
        np.testing.assert_allclose(maps.reshape(-1), network(torch.from_numpy(picture)[None])[0].numpy(), rtol=1e-4)


def test_codes_are_drawings_and_penalties_their_distances() -> None:
    network = LeNet5()
    picture = np.random.default_rng(3).random((1, 32, 32)).astype(np.float32)
    found = codes_of(network, picture)
    assert found is not None
    seen, drawings = found
    assert drawings.shape == (10, 12, 7)
    with torch.inference_mode():
        penalties = network(torch.from_numpy(picture)[None])[0].numpy()
    np.testing.assert_allclose(((drawings - seen) ** 2).sum((1, 2)), penalties, rtol=1e-3)
    one_row = codes_of(LeNet1(), np.zeros((1, 28, 28), np.float32))
    assert one_row is not None
    assert one_row[1].shape == (10, 1, 10)
    assert codes_of(Compact(1, 28, 28, 11).eval(), np.zeros((1, 28, 28), np.float32)) is None
