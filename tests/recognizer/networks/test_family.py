"""LeNet-1, LeNet-4, boosted LeNet-4 and the small net: the published sizes, and what they are made of."""

import torch

from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet4 import C3_TABLE, C5_TABLE, BoostedLeNet4, LeNet4
from recognizer.networks.small import SmallNet


def _trainable(network: torch.nn.Module) -> int:
    return sum(p.numel() for p in network.parameters() if p.requires_grad)


def test_lenet1_has_the_published_size() -> None:
    network = LeNet1()
    assert _trainable(network) == 2_578
    assert network(torch.randn(2, 1, 28, 28)).shape == (2, 10)


def test_lenet4_has_about_the_published_size() -> None:
    network = LeNet4()
    assert 17_000 <= _trainable(network) <= 18_500
    assert C3_TABLE.sum() == 60
    assert (C5_TABLE.sum(0) == 5).all()
    assert C5_TABLE.shape == (16, 120)
    assert len({tuple(column) for column in C5_TABLE.T}) > 100, "units should differ in what they see"
    assert network(torch.randn(2, 1, 32, 32)).shape == (2, 10)


def test_boosting_asks_the_others_only_where_the_first_is_unsure() -> None:
    torch.manual_seed(0)
    network = BoostedLeNet4(confident=0.0)
    x = torch.randn(6, 1, 32, 32)
    first = network.nets[0](x).detach()
    torch.testing.assert_close(network(x), first)
    network.confident = 1e9
    torch.testing.assert_close(network(x), torch.stack([net(x) for net in network.nets]).mean(0))
    lowest = first.sort(1).values
    network.confident = float((lowest[:, 1] - lowest[:, 0]).median()) + 1e-6
    unsure = network.unsure(first)
    assert 0 < unsure.sum() < 6
    torch.testing.assert_close(network(x)[~unsure], first[~unsure])


def test_the_small_net_is_small() -> None:
    network = SmallNet().eval()
    assert _trainable(network) <= 60_000
    assert network(torch.rand(3, 1, 28, 28)).shape == (3, 10)
