"""How implausible a rectangle is as the place of the amount: one linear unit (1998 paper, section X-A)."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class FieldPenalty(nn.Module):
    """Penalty (F,) = softplus(a . phi + b) [nats] of the features phi (F, N) of fields: near 0 for a plausible one."""

    mean: Tensor  # (N,) of the features, and their spread: they are standardised first
    spread: Tensor

    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, 1)
        nn.init.zeros_(self.linear.weight)
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))

    def forward(self, features: Tensor) -> Tensor:
        penalties: Tensor = functional.softplus(self.linear((features - self.mean) / self.spread))[:, 0]
        return penalties
