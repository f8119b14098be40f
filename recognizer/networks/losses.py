"""What a recogniser of single characters is trained with (1998 paper, section II-C)."""

import torch
from torch import Tensor


def likelihood_loss(penalties: Tensor, classes: Tensor) -> Tensor:
    """Mean penalty of the right class: (batch, K) penalties and (batch,) classes give a scalar.

    Maximum likelihood; it has no competition between classes and collapses where the centres are trained.
    """
    return penalties.gather(1, classes[:, None]).mean()


def map_loss(penalties: Tensor, classes: Tensor, rubbish: float) -> Tensor:
    """Mean of y_D + log(e^-j + sum_i e^-y_i): maximum a posteriori, discriminative.

    ``rubbish`` is j > 0, the penalty of a background class; it keeps penalties that are already large from being pushed on.
    """
    background = penalties.new_full((len(penalties), 1), rubbish)
    everything = torch.logsumexp(-torch.cat([background, penalties], 1), 1)
    return (penalties.gather(1, classes[:, None]).squeeze(1) + everything).mean()
