"""What is folded answers as before."""

import pytest
import torch
from torch import nn

from recognizer.networks.compact import Compact
from recognizer.networks.displacement import Displacement
from recognizer.networks.inference import folded
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.small import SmallNet


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
