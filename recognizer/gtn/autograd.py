"""Gradients: every function of penalties is a pair of loops, one forward and one backward; torch only carries
them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from recognizer.gtn.arrays import Array, Penalties, numbers

if TYPE_CHECKING:
    import torch

# What a function hands over with its value: for each penalty array, from the gradient of the value to that of the array.
Backward: TypeAlias = Callable[[Array], Array]
Evaluation: TypeAlias = Callable[..., tuple[Array, tuple[Backward, ...]]]


def differentiable(evaluate: Evaluation, *penalties: Penalties) -> Penalties:
    """The value of ``evaluate`` on penalties, each (A,): an array if all are arrays, else a tensor that knows its gradient.

    ``evaluate`` takes float32 arrays and returns a float32 array and the functions that compute the gradients, so
    that no tape follows the recursions inside it; only those that are wanted are called. torch is imported only where
    a tensor is given.
    """
    if all(isinstance(p, np.ndarray) for p in penalties):
        return evaluate(*penalties)[0]
    import torch

    tensors = [torch.from_numpy(p) if isinstance(p, np.ndarray) else p for p in penalties]
    return _function().apply(evaluate, *tensors)


_cached: list[Any] = []


def _function() -> Any:
    """The torch.autograd.Function, made at the first call since making it needs torch."""
    if not _cached:
        import torch

        class Evaluated(torch.autograd.Function):
            @staticmethod
            def forward(ctx: Any, evaluate: Evaluation, *penalties: torch.Tensor) -> torch.Tensor:
                value, ctx.backwards = evaluate(*(numbers(p) for p in penalties))
                ctx.places = [(p.dtype, p.device) for p in penalties]
                return torch.from_numpy(value).to(penalties[0].device)

            @staticmethod
            @torch.autograd.function.once_differentiable
            def backward(ctx: Any, gradient: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
                given = numbers(gradient)
                wanted = zip(ctx.backwards, ctx.places, ctx.needs_input_grad[1:], strict=True)
                return None, *(torch.from_numpy(b(given)).to(d, t) if w else None for b, (t, d), w in wanted)

        _cached.append(Evaluated)
    return _cached[0]
