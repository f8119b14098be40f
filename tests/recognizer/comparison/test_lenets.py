"""Three boosted nets cost as many as are asked, and answer as one where the first alone is."""

import numpy as np
import pytest
import torch

from recognizer.comparison.lenets import Boosted, framed, widely_started
from recognizer.comparison.networks import Network
from recognizer.networks.lenet4 import BoostedLeNet4
from recognizer.networks.lenet5 import LeNet5
from tests.recognizer.comparison.digits import strokes


@pytest.mark.parametrize(("confident", "nets"), [(0.0, 1), (1e9, 3)])
def test_cost_is_that_of_the_nets_asked(confident: float, nets: int) -> None:
    torch.manual_seed(0)
    three = BoostedLeNet4(confident)
    boosted, first = Boosted(three), Network(three.nets[0], framed)
    images, _ = strokes(20, 0)
    penalties = boosted.penalties(images)
    assert boosted.multiply_adds == nets * first.multiply_adds
    assert boosted.stored == 3 * first.stored
    parts = [Network(net, framed).penalties(images) for net in three.nets[:nets]]
    np.testing.assert_allclose(penalties, np.mean(parts, 0), atol=1e-4)


def test_wide_starts_fill_their_ranges_and_leave_subsampling_as_it_is() -> None:
    torch.manual_seed(0)
    network = widely_started()
    torch.manual_seed(0)
    narrow = LeNet5()
    inputs_of = torch.bincount(network.c3.kernel_of // network.c3.inputs)[network.c3.kernel_of // network.c3.inputs]
    for weights, fan_in in (
        (network.c1.weight, torch.tensor(25.0)),
        (network.c3.weight, 25.0 * inputs_of[:, None, None]),
        (network.c5.weight, torch.tensor(400.0)),
        (network.f6.weight, torch.tensor(120.0)),
    ):
        relative = (weights * fan_in.sqrt()).abs()
        assert 0.95 < relative.max() <= 1.0001
    torch.testing.assert_close(network.s2.coefficient, narrow.s2.coefficient)
