"""Stochastic diagonal Levenberg-Marquardt, the optimiser of the 1998 paper (appendix C)."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

DAMPING = 0.02  # mu: keeps flat directions from running away


class Levenberg:
    """Each weight has a rate of its own, rate / (damping + curvature): w -= rate / (mu + h_kk) dE/dw.

    The trainable parameters and their gradients become views of two flat vectors, so that one update is one operation;
    do not replace them (``zero_grad(set_to_none=True)``) while this is in use.
    """

    def __init__(self, network: nn.Module, damping: float = DAMPING) -> None:
        self.parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
        self.damping = damping
        with torch.no_grad():
            self.weights = torch.cat([parameter.reshape(-1) for parameter in self.parameters])
            self.gradient = torch.zeros_like(self.weights)
            self.rates = torch.zeros_like(self.weights)
            start = 0
            for parameter in self.parameters:
                place = slice(start, start + parameter.numel())
                parameter.data = self.weights[place].view_as(parameter)
                parameter.grad = self.gradient[place].view_as(parameter)
                start = place.stop

    def set_rates(self, rate: float, curvature: Sequence[Tensor]) -> None:
        """Take the global ``rate`` (eta) and h_kk of each trainable parameter (...), see `curvature.diagonal`."""
        flat = torch.cat([part.reshape(-1) for part in curvature])
        self.rates = rate / (self.damping + flat)

    def step(self) -> None:
        """Move against the gradient that ``backward`` has added up, and clear it."""
        with torch.no_grad():
            self.weights.addcmul_(self.gradient, self.rates, value=-1)
            self.gradient.zero_()
