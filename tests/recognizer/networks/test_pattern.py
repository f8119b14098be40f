"""Learning by pattern is what torch computes, one pattern after the other; so is the optimiser's step."""

import numpy as np
import pytest
import torch
from torch import nn

from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet4 import LeNet4
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.levenberg import Levenberg
from recognizer.networks.losses import likelihood_loss, map_loss
from recognizer.networks.pattern import chain_of, learn


@pytest.mark.parametrize(
    ("make", "side", "rubbish", "scale"),
    [(LeNet1, 28, 6.0, 1.0), (LeNet4, 32, 6.0, 1.0), (LeNet5, 32, 6.0, 0.2), (LeNet5, 32, None, 0.2)],
)
def test_some_patterns_move_the_weights_as_torch_does(
    make: type[nn.Module], side: int, rubbish: float | None, scale: float
) -> None:
    torch.manual_seed(3)
    network = make()
    optimiser = Levenberg(network)
    optimiser.rates.uniform_(0, 1e-3)
    images, classes = torch.randn(3, 1, side, side), torch.tensor([4, 0, 9])
    start, losses, misread = optimiser.weights.clone(), [], 0
    for image, right in zip(images[:, None], classes[:, None], strict=True):
        penalties = network(image)
        misread += int(penalties.argmin(1) != right)
        penalties = scale * penalties
        loss = likelihood_loss(penalties, right) if rubbish is None else map_loss(penalties, right, rubbish)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    expected = optimiser.weights.clone()
    optimiser.weights.copy_(start)
    mean, wrong = learn(
        chain_of(network, side), images.numpy(), classes.numpy(), optimiser.weights, optimiser.rates, rubbish, scale
    )
    assert mean == pytest.approx(np.mean(losses), rel=1e-3)
    assert wrong == misread
    moved = (expected - start).abs().max().item()
    torch.testing.assert_close(optimiser.weights, expected, rtol=0, atol=2e-3 * moved)
    assert next(network.parameters()).data_ptr() == optimiser.weights.data_ptr()


def test_a_step_divides_by_damped_curvature() -> None:
    network = nn.Linear(2, 1)
    optimiser = Levenberg(network, damping=0.5)
    optimiser.set_rates(0.1, [torch.tensor([[1.5, 0.0]]), torch.tensor([4.5])])
    start = optimiser.weights.clone()
    network(torch.tensor([[3.0, 5.0]])).sum().backward()
    optimiser.step()
    torch.testing.assert_close(start - optimiser.weights, torch.tensor([0.05 * 3, 0.2 * 5, 0.02]))
    assert (optimiser.gradient == 0).all()
    torch.testing.assert_close(network.bias.data, optimiser.weights[2:])


def test_other_layers_are_refused() -> None:
    network = LeNet1()
    network.c1 = nn.Conv2d(1, 4, 5)
    with pytest.raises(TypeError, match="Conv2d"):
        chain_of(network, 28)
