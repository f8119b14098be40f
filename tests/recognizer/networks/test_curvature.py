"""Second derivatives back-propagated equal the diagonal of the Gauss-Newton matrix wherever the method is exact."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.autograd.functional import jacobian
from torch.func import functional_call

from recognizer.networks.curvature import diagonal, likelihood_curvature, map_curvature, scaled, squared_derivatives
from recognizer.networks.layers import Convolution, RadialBasis, ScaledTanh, Subsampling, TableConvolution
from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet4 import LeNet4
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.losses import likelihood_loss, map_loss


@pytest.fixture(autouse=True)
def _same_draws() -> None:
    torch.manual_seed(7)


class _Distances(nn.Module):
    """Some layers and squared distances to random centres."""

    def __init__(self, *layers: nn.Module, features: int, classes: int = 4) -> None:
        super().__init__()
        self.body = nn.Sequential(*layers)
        self.output = RadialBasis(np.random.default_rng(1).standard_normal((classes, features)).astype(np.float32))

    def forward(self, x: Tensor) -> Tensor:
        penalties: Tensor = self.output(self.body(x).flatten(1))
        return penalties


def _gauss_newton(network: _Distances, x: Tensor, classes: Tensor) -> list[Tensor]:
    """The diagonal of J' (2 I) J of the likelihood loss |body(x) - w_D|^2, J by autograd, averaged over the patterns."""
    names = [name for name, _ in network.body.named_parameters()]
    values = tuple(value.detach() for value in network.body.parameters())
    total = [torch.zeros_like(value) for value in values]
    for pattern in x:
        rows = jacobian(
            lambda *p: functional_call(network.body, dict(zip(names, p, strict=True)), (pattern[None],)).flatten(),  # noqa: B023
            values,
        )
        for sums, row in zip(total, rows, strict=True):
            sums += 2 * row.square().sum(0)
    return [sums / len(x) for sums in total]


def test_two_full_layers_give_the_explicit_gauss_newton_diagonal() -> None:
    """The matrix of the last layer's inputs is diagonal only in its own terms; both layers' weights are exact."""
    network = _Distances(nn.Linear(6, 5), ScaledTanh(), nn.Linear(5, 3), ScaledTanh(), features=3)
    x, classes = torch.randn(9, 6), torch.randint(0, 4, (9,))
    ours = diagonal(network, [(x[:4], classes[:4]), (x[4:], classes[4:])], likelihood_curvature)
    for mine, explicit in zip(ours, _gauss_newton(network, x, classes), strict=True):
        torch.testing.assert_close(mine, explicit, rtol=1e-4, atol=1e-6)


def test_a_convolution_without_sharing_gives_the_explicit_diagonal() -> None:
    """Kernels as large as their input share nothing; tables leave weights out."""
    table = np.array([[1, 0, 1], [0, 1, 1]])
    network = _Distances(TableConvolution(table, 3), ScaledTanh(), Convolution(3, 2, 1), ScaledTanh(), features=2)
    x, classes = torch.randn(5, 2, 3, 3), torch.randint(0, 4, (5,))
    ours = diagonal(network, [(x, classes)], likelihood_curvature)
    for mine, explicit in zip(ours, _gauss_newton(network, x, classes), strict=True):
        torch.testing.assert_close(mine, explicit, rtol=1e-4, atol=1e-6)


def test_shared_weights_sum_the_explicit_curvatures_of_their_connections() -> None:
    """A convolution as a full layer whose connections each have a weight of their own."""
    layer = Convolution(1, 2, 3)
    shared = _Distances(layer, ScaledTanh(), features=18)
    places = torch.arange(25.0).view(1, 1, 5, 5)
    source = nn.functional.unfold(places, 3)[0].long().T  # (9 places, 9 weights): the pixel behind each connection
    full = nn.Linear(25, 18)
    with torch.no_grad():
        full.weight.zero_()
        for out in range(2):
            for p in range(9):
                full.weight[out * 9 + p, source[p]] = layer.weight[out, 0].flatten()
                full.bias[out * 9 + p] = layer.bias[out]
    free = _Distances(full, ScaledTanh(), features=18)
    x, classes = torch.randn(4, 1, 5, 5), torch.randint(0, 4, (4,))
    torch.testing.assert_close(shared(x), free(x.flatten(1)), rtol=1e-4, atol=1e-5)
    weights, biases = _gauss_newton(free, x.flatten(1), classes)
    ours, our_biases = diagonal(shared, [(x, classes)], likelihood_curvature)
    for out in range(2):
        rows = weights[out * 9 : out * 9 + 9]
        expected = torch.stack([rows[p, source[p]] for p in range(9)]).sum(0).view(3, 3)
        torch.testing.assert_close(ours[out, 0], expected, rtol=1e-4, atol=1e-6)
        torch.testing.assert_close(our_biases[out], biases[out * 9 : out * 9 + 9].sum(), rtol=1e-4, atol=1e-6)


def test_subsampling_follows_its_formula() -> None:
    layer = Subsampling(2)
    x, second = torch.randn(3, 2, 4, 4, requires_grad=True), torch.rand(3, 2, 2, 2)
    with squared_derivatives(layer):
        below, coefficient, bias = torch.autograd.grad(layer(x), (x, layer.coefficient, layer.bias), second)
    sums = layer.sums(x.detach())
    torch.testing.assert_close(coefficient.flatten(), (second * sums**2).sum((0, 2, 3)))
    torch.testing.assert_close(bias.flatten(), second.sum((0, 2, 3)))
    spread = second.repeat_interleave(2, 2).repeat_interleave(2, 3)
    torch.testing.assert_close(below, spread * layer.coefficient.detach() ** 2)


def test_the_diagonal_of_the_deeper_layers_is_the_recursion_of_the_appendix() -> None:
    """Three full layers, by the printed recurrences in numpy."""
    sizes = [5, 4, 4, 3]
    layers = [layer for a, b in pairwise(sizes) for layer in (nn.Linear(a, b), ScaledTanh())]
    network = _Distances(*layers, features=3)
    x, classes = torch.randn(1, 5), torch.tensor([2])
    ours = diagonal(network, [(x, classes)], likelihood_curvature)
    states = [x[0].numpy()]
    for layer in layers[::2]:
        a = states[-1] @ layer.weight.detach().numpy().T + layer.bias.detach().numpy()
        states.append(1.7159 * np.tanh(2 / 3 * a))
    above = np.full(3, 2.0)
    for number in (2, 1, 0):
        slope = 2 / 3 / 1.7159 * (1.7159 - states[number + 1]) * (1.7159 + states[number + 1])
        activation = slope**2 * above
        np.testing.assert_allclose(ours[2 * number], np.outer(activation, states[number] ** 2), rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(ours[2 * number + 1], activation, rtol=1e-4, atol=1e-6)
        above = (layers[2 * number].weight.detach().numpy() ** 2).T @ activation


def test_loss_curvatures_are_slopes_and_curvatures_of_the_losses() -> None:
    penalties, classes = 4 * torch.rand(3, 10), torch.tensor([1, 9, 0])
    for loss, curvature in (
        (likelihood_loss, likelihood_curvature),
        (lambda y, c: map_loss(y, c, 3.0), map_curvature(3.0)),
        (lambda y, c: map_loss(0.3 * y, c, 3.0), scaled(map_curvature(3.0), 0.3)),
    ):
        first, second = curvature(penalties, classes)
        torch.testing.assert_close(first, 3 * jacobian(lambda y: loss(y, classes), penalties))  # noqa: B023
        full = torch.autograd.functional.hessian(lambda y: loss(y, classes), penalties).flatten(0, 1).flatten(1)  # noqa: B023
        torch.testing.assert_close(second.flatten(), 3 * full.diagonal())


@pytest.mark.parametrize(("make", "side"), [(LeNet1, 28), (LeNet4, 32), (LeNet5, 32)])
def test_every_lenet_has_a_curvature_that_is_never_negative(make: type[nn.Module], side: int) -> None:
    network = make()
    x, classes = torch.randn(4, 1, side, side), torch.randint(0, 10, (4,))
    with squared_derivatives(network):
        inside = network(x)
    torch.testing.assert_close(inside, network(x), rtol=1e-4, atol=1e-4)
    for part, parameter in zip(
        diagonal(network, [(x, classes)], map_curvature(5.0)),
        (p for p in network.parameters() if p.requires_grad),
        strict=True,
    ):
        assert part.shape == parameter.shape
        assert (part >= 0).all()
        assert part.max() > 0


def test_what_has_no_rule_is_refused_and_nothing_stays_changed() -> None:
    network = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    with pytest.raises(TypeError, match="BatchNorm1d"), squared_derivatives(network):
        pass
    assert "forward" not in vars(network[0])
