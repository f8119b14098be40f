"""Multiply-adds and stored numbers, counted as the layers run."""

import torch

from recognizer.comparison.costs import count
from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet4 import LeNet4
from recognizer.networks.lenet5 import LeNet5


def test_counted_costs_are_the_published_ones() -> None:
    """340,908 connections with the RBF's and 98,442 are derived from the layers; the last 100 are LeNet-1's distances."""
    assert count(LeNet5(), torch.randn(1, 1, 32, 32)) == (340_908, 60_000)
    assert count(LeNet1(), torch.randn(1, 1, 28, 28)) == (98_542, 2_578)
    adds, stored = count(LeNet4(), torch.randn(1, 1, 32, 32))
    assert 240_000 <= adds <= 280_000
    assert stored == 17_998
