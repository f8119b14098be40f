"""Three boosted nets cost as many as are asked, and answer as one where the first alone is."""

import numpy as np
import pytest
import torch

from recognizer.comparison.lenets import Boosted, framed
from recognizer.comparison.networks import Network
from recognizer.networks.lenet4 import BoostedLeNet4
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
