"""Back-propagation of second derivatives (1998 paper, appendix C): the diagonal of the Gauss-Newton matrix.

Three approximations, as published: only the diagonal is kept, on every layer; the term of f'' is dropped, so that
nothing is negative; shared weights sum the curvatures of their connections.

While `squared_derivatives` holds, each layer computes what it always does, but differentiating its output passes
*second* derivatives on: ``backward`` takes d2E/dy2 and leaves d2E/dw2 where the gradient usually is. Reshaping, copying and
summing, which have slopes of one, go through autograd untouched, and so any network made of these layers works.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd import Function
from torch.nn import functional, grad

from recognizer.networks.layers import (
    LEVEL,
    SLOPE,
    Convolution,
    RadialBasis,
    ScaledTanh,
    Subsampling,
    TableConvolution,
    scaled_tanh,
)

LossCurvature = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]
"""Penalties (batch, classes) and classes (batch,) to (dE/dy, d2E/dy2) of each pattern's loss, both of the penalties' shape."""


def diagonal(
    network: nn.Module, batches: Iterable[tuple[Tensor, Tensor]], loss_curvature: LossCurvature
) -> list[Tensor]:
    """h_kk of each trainable parameter, in the order of ``network.parameters()``: the mean over the patterns of the batches."""
    parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
    total = [torch.zeros_like(parameter) for parameter in parameters]
    patterns = 0
    for images, classes in batches:
        with squared_derivatives(network) as slope:
            penalties = network(images)
            slope["gradient"], second = loss_curvature(penalties.detach(), classes)
            for sums, part in zip(total, torch.autograd.grad(penalties, parameters, second), strict=True):
                sums += part
        patterns += len(images)
    return [sums / patterns for sums in total]


def likelihood_curvature(penalties: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
    """Of the likelihood loss y_D: slope one at the right class; it is linear in the penalties."""
    return functional.one_hot(classes, penalties.shape[1]).to(penalties.dtype), torch.zeros_like(penalties)


def map_curvature(rubbish: float) -> LossCurvature:
    """Of the discriminative loss `losses.map_loss`, with p_i the posteriors: slopes 1 - p_D and -p_i, curvature p_i (1 - p_i)."""

    def curvature(penalties: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
        background = penalties.new_full((len(penalties), 1), rubbish)
        posterior = torch.softmax(-torch.cat([penalties, background], 1), 1)[:, :-1]
        right = functional.one_hot(classes, penalties.shape[1]).to(penalties.dtype)
        return right - posterior, posterior * (1 - posterior)

    return curvature


def scaled(curvature: LossCurvature, scale: float) -> LossCurvature:
    """Of a loss with ``curvature`` that is given the penalties times ``scale``."""

    def of_scaled(penalties: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
        first, second = curvature(scale * penalties, classes)
        return scale * first, scale**2 * second

    return of_scaled


@contextmanager
def squared_derivatives(network: nn.Module) -> Iterator[dict[str, Tensor]]:
    """Let the layers of ``network`` pass second derivatives back; TypeError where one of them cannot.

    What it yields must get the penalties' first derivatives as ``"gradient"`` before ``backward``: where penalties are
    squared distances, their own curvature counts too.
    """
    slope: dict[str, Tensor] = {}
    changed: list[nn.Module] = []
    try:
        for layer in network.modules():
            rule = _RULES.get(type(layer))
            if rule:
                layer.forward = _bound(rule, layer, slope)
                changed.append(layer)
            elif any(True for _ in layer.parameters(recurse=False)):
                raise TypeError(f"There is no rule for the second derivatives of {type(layer).__name__}.")
        yield slope
    finally:
        for layer in changed:
            del layer.forward


def _bound(rule: "Rule", layer: Any, slope: dict[str, Tensor]) -> Callable[[Tensor], Tensor]:
    return lambda x: rule(layer, x, slope)


# ---------------------------------------------------------------- rules of the layers


class _SquaredConvolution(Function):
    """H_x = H_y . w^2 and h_w = H_y . x^2: ordinary back-propagation at the squares of inputs and weights."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        return functional.conv2d(x, weight)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor]:
        x, weight = ctx.saved_tensors
        return (
            grad.conv2d_input(x.shape, weight**2, grads[0]),
            grad.conv2d_weight(x**2, weight.shape, grads[0]),
        )


class _SquaredProduct(Function):
    """Of y = c s with one coefficient c a map: H_s = c^2 H_y, h_c = sum of H_y s^2."""

    @staticmethod
    def forward(ctx: Any, sums: Tensor, coefficient: Tensor) -> Tensor:
        ctx.save_for_backward(sums, coefficient)
        return sums * coefficient

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor]:
        sums, coefficient = ctx.saved_tensors
        return grads[0] * coefficient**2, (grads[0] * sums**2).sum((0, 2, 3))[:, None, None]


class _SquaredSquash(Function):
    """H_a = f'(a)^2 H_x, the slope taken from the output."""

    @staticmethod
    def forward(ctx: Any, activation: Tensor) -> Tensor:
        x = scaled_tanh(activation)
        ctx.save_for_backward(x)
        return x

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return grads[0] * (SLOPE / LEVEL * (LEVEL - x) * (LEVEL + x)) ** 2


class _SquaredDistance(Function):
    """Of y_i = |x - w_i|^2: H_x = sum over i of H_i (2 (x - w_i))^2 + 2 max(dE/dy_i, 0), and h_w likewise."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, centres: Tensor, slope: dict[str, Tensor]) -> Tensor:
        ctx.save_for_backward(x, centres)
        ctx.slope = slope
        return (x.unsqueeze(-2) - centres).square().sum(-1)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None]:
        x, centres = ctx.saved_tensors
        slope = ctx.slope["gradient"].view_as(grads[0]).clamp(min=0)
        each = grads[0].unsqueeze(-1) * 4 * (x.unsqueeze(-2) - centres) ** 2 + 2 * slope.unsqueeze(-1)
        return each.sum(-2), each.flatten(0, -3).sum(0), None


class _SquaredLinear(Function):
    """H_x = H_y w^2 and h_w = H_y x^2, for x of (batch, inputs)."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        return x @ weight.T

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor]:
        x, weight = ctx.saved_tensors
        return grads[0] @ weight**2, grads[0].T @ x**2


def _convolution(layer: Convolution, x: Tensor, slope: dict[str, Tensor]) -> Tensor:
    assert layer.bias is not None
    return _apply(_SquaredConvolution, x, layer.weight) + layer.bias[:, None, None]


def _table_convolution(layer: TableConvolution, x: Tensor, slope: dict[str, Tensor]) -> Tensor:
    return _apply(_SquaredConvolution, x, layer.dense()) + layer.bias[:, None, None]


def _subsampling(layer: Subsampling, x: Tensor, slope: dict[str, Tensor]) -> Tensor:
    return _apply(_SquaredProduct, layer.sums(x), layer.coefficient) + layer.bias


def _squash(layer: ScaledTanh, x: Tensor, slope: dict[str, Tensor]) -> Tensor:
    return _apply(_SquaredSquash, x)


def _radial_basis(layer: RadialBasis, x: Tensor, slope: dict[str, Tensor]) -> Tensor:
    return _apply(_SquaredDistance, x, layer.centres, slope)


def _linear(layer: nn.Linear, x: Tensor, slope: dict[str, Tensor]) -> Tensor:
    return _apply(_SquaredLinear, x, layer.weight) + layer.bias


def _apply(function: type[Function], *arguments: Any) -> Tensor:
    result: Tensor = function.apply(*arguments)
    return result


Rule = Callable[[Any, Tensor, dict[str, Tensor]], Tensor]
_RULES: dict[type[nn.Module], Rule] = {
    Convolution: _convolution,
    TableConvolution: _table_convolution,
    Subsampling: _subsampling,
    ScaledTanh: _squash,
    RadialBasis: _radial_basis,
    nn.Linear: _linear,
}
