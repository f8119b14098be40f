"""How well isolated characters are read: among all, and by UNIPEN's categories."""

import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.errors import InputError
from recognizer.language.alphabet import CHARACTERS
from recognizer.networks.store import load_model
from recognizer.platform import model_file
from recognizer.training.data.character_pictures import (
    CATEGORIES,
    UNIPEN,
    CharacterPictures,
    category,
    make_characters,
)
from recognizer.training.data.inksets import load_inkset
from recognizer.training.evaluation.tasks import Options

TURNS = (-0.1, 0.0, 0.1)  # [radians] that a character is looked at in, turned so; the mean of what is seen counts
OF_CATEGORY = torch.tensor([category(character) for character in CHARACTERS])


def evaluate_chars(data: Path, options: Options) -> dict[str, Any]:
    """The recogniser of isolated characters on an .npz file of ink, or on ``chars.npz`` in a folder.

    Raises InputError where there is no character.
    """
    network = load_model(model_file("characters")).network
    start = time.perf_counter()
    inkset = load_inkset(data / "chars.npz" if data.is_dir() else data)
    characters = make_characters(inkset, options.split, options.limit)
    if not len(characters.classes):
        raise InputError(f"{data} holds no single characters.")
    error, within = errors(network, characters)
    names = dict(zip(CATEGORIES, UNIPEN, strict=True))
    return {
        "samples": len(characters.classes),
        "error": error,
        "by_category": {names[name]: wrong for name, wrong in within.items()},
        "seconds": time.perf_counter() - start,
    }


def errors(network: nn.Module, characters: CharacterPictures) -> tuple[float, dict[str, float]]:
    """Share of characters read wrong: among all classes, and by category, each within the category's own classes."""
    parts = torch.from_numpy(characters.images).split(500)
    penalties = torch.cat([turned_penalties(network, part.float() / 255) for part in parts])
    truth = torch.from_numpy(characters.classes)
    within = penalties.masked_fill(OF_CATEGORY[truth, None] != OF_CATEGORY, torch.inf)
    right, right_within = penalties.argmin(1) == truth, within.argmin(1) == truth
    by_category = {
        name: 1 - float(right_within[OF_CATEGORY[truth] == k].float().mean())
        for k, name in enumerate(CATEGORIES)
        if bool((OF_CATEGORY[truth] == k).any())
    }
    return 1 - float(right.float().mean()), by_category


def turned_penalties(network: nn.Module, pictures: Tensor) -> Tensor:
    """Penalties (n, classes) [nats] of the characters, junk apart, of pictures (n, CHANNELS, SIDE, SIDE) looked at in each of TURNS."""
    angles = torch.tensor(TURNS)
    cosine, sine, none = torch.cos(angles), torch.sin(angles), torch.zeros(len(angles))
    maps = torch.stack([torch.stack([cosine, -sine, none], 1), torch.stack([sine, cosine, none], 1)], 1)
    penalties = torch.zeros(len(pictures), len(CHARACTERS))
    with torch.inference_mode():
        for turn in maps:
            grid = functional.affine_grid(turn.expand(len(pictures), 2, 3), list(pictures.shape), align_corners=False)
            seen = functional.grid_sample(pictures, grid, align_corners=False)
            penalties -= functional.log_softmax(-network(seen)[:, :-1], 1) / len(TURNS)
    return penalties
