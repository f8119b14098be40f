"""What a network of fewer classes has learnt, for one of more: each run of a recipe may go on from the last, and meet it halfway."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from recognizer.language.money import DIGITS, RAISED
from recognizer.networks.store import load_model
from recognizer.platform import model_file

# Classes that new ones begin as.
LIKE = dict(zip(RAISED, DIGITS, strict=True)) | {"£": "$", "€": "$", "₹": "$", "'": ","}


def go_on(network: nn.Module, classes: Sequence[str], name: str) -> dict[str, Any]:
    """Begin with what the model of that name that ships has learnt; its card, or nothing where there is none like it."""
    path = model_file(name)
    if not path.exists():
        return {}
    model = load_model(path)
    if not _alike(network, model.network):
        return {}
    begin_with(network, classes, model.network, model.card["classes"])
    return model.card


def _alike(network: nn.Module, known: nn.Module) -> bool:
    """Are two networks the same but for how many classes their last layers tell?"""
    ours, theirs = network.state_dict(), known.state_dict()
    if [*ours] != [*theirs] or any(ours[name].shape[1:] != theirs[name].shape[1:] for name in ours):
        return False
    return sum(ours[name].shape != theirs[name].shape for name in ours) <= 2  # weights and bias of the last


@torch.no_grad()
def begin_with(network: nn.Module, classes: Sequence[str], known: nn.Module, of: Sequence[str]) -> None:
    """Give ``network`` the weights of ``known``, whose layers are the same but that its last tells the classes ``of``.

    The rows of ``classes`` that are new begin as those of the ones that they are LIKE, or stay as they are.
    """
    theirs = known.state_dict()
    row = {name: k for k, name in enumerate(of)}
    named = [name if name in row else LIKE.get(name) for name in classes]
    pairs = [(k, row[name]) for k, name in enumerate(named) if name in row]
    for name, weights in network.state_dict().items():
        if weights.shape == theirs[name].shape:
            weights.copy_(theirs[name])
        else:
            # Junk may have no row.
            there = [(k, old) for k, old in pairs if k < len(weights) and old < len(theirs[name])]
            ours, old = map(list, zip(*there, strict=True))
            weights[ours] = theirs[name][old]


@torch.no_grad()
def meet(network: nn.Module, before: Mapping[str, Tensor]) -> None:
    """Give ``network`` the mean of its weights and of those that it began this run with, ``before`` (...) by name: it keeps more of what
    it knew, and reads what neither run has shown better than either (M. Wortsman et al., Robust fine-tuning of zero-shot models,
    2022)."""
    for name, weights in network.state_dict().items():
        if weights.is_floating_point():
            weights.lerp_(before[name], 0.5)
