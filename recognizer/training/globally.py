"""Global training (1998 paper, section VI): a recogniser learns from the text of whole strings, through segmentation and grammar."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from recognizer.gtn import (
    Graph,
    batch,
    best_sequences,
    chain,
    compose,
    forward,
    prune,
    recognition_graph,
    segmentation_graph,
)

MARGIN = 20.0  # nats: worse paths are left out where an answer is decoded


def lattices(first: Sequence[np.ndarray], last: Sequence[np.ndarray]) -> Graph:
    """The segmentation graphs of several strings as one batch, from the cuts where their segments start and end."""
    graphs = [segmentation_graph(u, v, cuts=int(v.max()) + 1) for u, v in zip(first, last, strict=True)]
    return batch(graphs)


def string_losses(segmentation: Graph, penalties: Tensor, grammar: Graph, targets: Sequence[np.ndarray]) -> Tensor:
    """Discriminative forward loss (B,) of a batch of strings: -log P(target | image).

    ``penalties`` (S, K) are those of all segments of the batch, class k being label k + 1; ``targets`` the labels that the
    grammar should write for each string. The loss is infinite where the target cannot be reached.
    """
    recognition = recognition_graph(segmentation, penalties, np.arange(1, penalties.shape[1] + 1, dtype=np.int32))
    interpretation = compose(recognition, grammar)
    right = compose(interpretation, batch([chain(target) for target in targets]))
    losses = forward(right) - forward(interpretation)
    assert isinstance(losses, Tensor)
    return losses


def string_errors(
    segmentation: Graph, penalties: np.ndarray, grammar: Graph, targets: Sequence[np.ndarray]
) -> np.ndarray:
    """Whether the best path of each string (B,) writes something other than its target."""
    recognition = recognition_graph(segmentation, penalties, np.arange(1, penalties.shape[1] + 1, dtype=np.int32))
    hypotheses = prune(compose(recognition, grammar), margin=MARGIN)
    answers = [sequences[0].labels if sequences else () for sequences in best_sequences(hypotheses, 1)]
    return np.array([answer != tuple(target) for answer, target in zip(answers, targets, strict=True)])


def mean_of_reachable(losses: Tensor) -> Tensor:
    """Mean of the finite losses: strings whose target no path writes teach nothing (section VI; they are skipped)."""
    finite = torch.isfinite(losses)
    return torch.where(finite, losses, 0.0).sum() / finite.sum().clamp(min=1)
