"""Global training (1998 paper, section VI): a recogniser learns from the text of whole strings, through segmentation and grammar."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from recognizer.gtn import Graph, chains, compose, segmentation_graphs
from recognizer.gtn.arrays import Penalties
from recognizer.gtn.criteria import discriminative_forward_loss
from recognizer.readers.reader import recognise_arcs
from recognizer.training.data.cut_strings import CutStrings


def lattices(first: np.ndarray, last: np.ndarray, ends: np.ndarray) -> Graph:
    """The segmentation graphs of several strings as one batch: string i has the segments up to ``ends[i]``, which go from
    their string's cut ``first`` (S,) to its cut ``last`` (S,)."""
    starts = np.concatenate([[0], ends[:-1]])
    return segmentation_graphs(first, last, cuts=np.maximum.reduceat(last, starts) + 1, ends=ends)


def interpret(segmentation: Graph, penalties: Penalties, grammar: Graph) -> Graph:
    """The interpretation graphs of a batch of strings from the penalties (S, K) of all its segments."""
    return compose(recognise_arcs(segmentation, penalties), grammar)


def string_losses(segmentation: Graph, penalties: Tensor, grammar: Graph, targets: Sequence[np.ndarray]) -> Tensor:
    """Discriminative forward loss (B,) of a batch of strings: -log P(target | image).

    ``targets`` are the labels that the grammar should write for each string. Where no path writes them the loss is infinite.
    """
    interpretation = interpret(segmentation, penalties, grammar)
    losses = discriminative_forward_loss(interpretation, chains(targets))
    assert isinstance(losses, Tensor)  # penalties in, penalties out
    return losses


def mean_of_reachable(losses: Tensor) -> Tensor:
    """Mean of the finite losses: strings whose target no path writes teach nothing (section VI; they are skipped)."""
    reachable = losses[torch.isfinite(losses)]
    return reachable.sum() / max(len(reachable), 1)


def string_images(strings: CutStrings) -> Tensor:
    """Images of all segments as a recogniser takes them."""
    return torch.from_numpy(strings.images).float() / 255
