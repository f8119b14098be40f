"""The recipe of the recogniser of isolated pen characters, all of printable ASCII."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.ink import amap
from recognizer.ink.character import CHANNELS, SIDE
from recognizer.language.alphabet import CHARACTERS
from recognizer.networks.compact import Compact
from recognizer.networks.store import save_model
from recognizer.platform import resources_folder
from recognizer.training.data.character_pictures import (
    CATEGORIES,
    CharacterPictures,
    category,
    load_characters,
    load_letters,
)
from recognizer.training.learning.loop import Batch, Schedule, fit, half_precision
from recognizer.training.synthesis.distort import Affine, Elastic, distort

NETWORK = {
    "input_channels": CHANNELS,
    "rows": SIDE,
    "columns": SIDE,
    "classes": len(CHARACTERS) + 1,
    "widths": [32, 64, 128],
    "hidden": 256,
    "kernel": 3,
    "dropout": 0.4,
}
SEGMENTATION = resources_folder() / "models" / "segmentation.safetensors"  # tells the letters of words apart
BATCH = 128
CYCLES = (
    Schedule(passes=20, rate=4e-3, decay=0.05, averaging=0.999),
    Schedule(passes=10, rate=2e-3, decay=0.05, averaging=0.999),
    Schedule(passes=7, rate=2e-3, decay=0.05, averaging=0.999),
)
SMOOTHING = 0.05
DISTORTION = Affine(shift=1.0, scale=0.12, squeeze=0.18, shear=0.35, rotation=0.2)
BENDING = Elastic(strength=30.0)
TURNS = (-0.1, 0.0, 0.1)  # [radians] that a character is looked at in, turned so; the mean of what is seen counts
STILL = 0.25  # share of the pictures without ways and time: few writers were seen, and others go other ways
OF_CATEGORY = torch.tensor([category(character) for character in CHARACTERS])


def train_characters(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on the characters of the training writers in ``data`` and on letters of their words, choose the pass on characters of
    the others, write ``out``."""
    torch.manual_seed(1998)
    caches = out.parent / "caches"
    alone, validation = (
        load_characters(data / "unipen" / "chars.npz", split, caches / f"characters-{split}.npz")
        for split in ("train", "val")
    )
    letters = load_letters(data / "unipen" / "words.npz", "train", SEGMENTATION, caches / "letters-train.npz")
    training = CharacterPictures(
        np.concatenate([alone.images, letters.images]), np.concatenate([alone.classes, letters.classes])
    )
    report(f"{len(alone.classes)} characters, {len(letters.classes)} letters, {len(validation.classes)} to validate on")
    network = Compact(**NETWORK)  # type: ignore[arg-type]
    for cycle, schedule in enumerate(CYCLES):
        fit(
            network,
            schedule,
            -(-len(training.classes) // BATCH),
            partial(_batches, training, cycle),
            _loss,
            lambda network: float(np.mean(list(errors(network, validation)[1].values())[:3])),
            out.with_suffix(f".{cycle}.checkpoint"),
            resume,
            report,
        )
    overall, within = errors(network, validation)
    card = {
        "recipe": "characters",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), isolated characters and words of the training writers",
        "figures": {f"{name} wrong (validation writers)": error for name, error in within.items()} | {"all": overall},
        "passes": sum(schedule.passes for schedule in CYCLES),
    }
    save_model(out, network, NETWORK, card)


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


def _batches(characters: CharacterPictures, cycle: int, number: int) -> Iterator[Batch]:
    generator = np.random.default_rng([1998, cycle, number])
    images, classes = torch.from_numpy(characters.images), torch.from_numpy(characters.classes)
    for chosen in torch.from_numpy(generator.permutation(len(classes))).split(BATCH):
        pictures = distort(images[chosen].float() / 255, DISTORTION, generator, elastic=BENDING)
        pictures[torch.from_numpy(generator.random(len(chosen)) < STILL), amap.CHANNELS :] = 0.0
        yield pictures, classes[chosen]


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy among all classes, and among those of the right category: some pairs, as o and O, nobody can tell apart."""
    images, classes = batch
    with half_precision():
        evidence = -network(images)[:, :-1].float()
    within = evidence.masked_fill(OF_CATEGORY[classes, None] != OF_CATEGORY, -30.0)
    everything = functional.cross_entropy(evidence, classes, label_smoothing=SMOOTHING)
    return 0.5 * everything + functional.cross_entropy(within, classes)
