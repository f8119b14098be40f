import copy

import torch
from torch import nn

from recognizer.training.learning.before import meet


def test_a_network_meets_what_it_was_halfway_and_counts_on_as_it_did() -> None:
    torch.manual_seed(0)
    linear = nn.Linear(3, 4)
    network = nn.Sequential(linear, nn.BatchNorm1d(4))
    before = copy.deepcopy(network.state_dict())
    network(torch.randn(8, 3))  # moves the statistics
    with torch.no_grad():
        linear.weight += 1.0
    after = copy.deepcopy(network.state_dict())
    meet(network, before)
    for name, weights in network.state_dict().items():
        wanted = (before[name] + after[name]) / 2 if weights.is_floating_point() else after[name]
        torch.testing.assert_close(weights, wanted)
