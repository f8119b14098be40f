"""The recipe of the recogniser of isolated pen characters, all of printable ASCII."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.ink import amap
from recognizer.ink.character import CHANNELS, SIDE
from recognizer.language.alphabet import CHARACTERS
from recognizer.networks.compact import Compact
from recognizer.networks.store import save_model
from recognizer.platform import model_file
from recognizer.training.data.character_pictures import CharacterPictures, load_characters, load_letters
from recognizer.training.evaluation.characters import OF_CATEGORY, errors
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit, half_precision
from recognizer.training.synthesis.distort import Affine, Elastic, distort
from recognizer.training.synthesis.ways_dropout import without_ways

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
SMOOTHING = 0.05
DISTORTION = Affine(shift=1.0, scale=0.12, squeeze=0.18, shear=0.35, rotation=0.2)
BENDING = Elastic(strength=30.0)
WAYS_DROPOUT = 0.25  # share of the pictures without ways and time


@dataclass(frozen=True)
class Settings:
    """How long is learnt, in what batches, and by which model letters of words are told apart."""

    network: dict[str, Any] = field(default_factory=NETWORK.copy)
    segmentation: Path = field(default_factory=partial(model_file, "segmentation"))
    batch: int = 128
    cycles: tuple[Schedule, ...] = (
        Schedule(passes=20, rate=4e-3, decay=0.05, averaging=0.999),
        Schedule(passes=10, rate=2e-3, decay=0.05, averaging=0.999),
        Schedule(passes=7, rate=2e-3, decay=0.05, averaging=0.999),
    )


SETTINGS = Settings()


def train_characters(run: Run, settings: Settings) -> None:
    """Train on the characters of the training writers and on letters of their words, choose the pass on characters of the others."""
    torch.manual_seed(1998)
    unipen, caches = run.data / "unipen", run.caches
    alone, validation = (
        load_characters(unipen / "chars.npz", split, caches / f"characters-{split}.npz") for split in ("train", "val")
    )
    letters = load_letters(unipen / "words.npz", "train", settings.segmentation, caches / "letters-train.npz")
    training = CharacterPictures(
        np.concatenate([alone.images, letters.images]), np.concatenate([alone.classes, letters.classes])
    )
    run.report(
        f"{len(alone.classes)} characters, {len(letters.classes)} letters, {len(validation.classes)} to validate on"
    )
    network = Compact(**settings.network)

    def validate(network: nn.Module) -> float:
        return float(np.mean(list(errors(network, validation)[1].values())[:3]))

    for cycle, schedule in enumerate(settings.cycles):
        batches = partial(_batches, training, settings.batch, cycle)
        steps = -(-len(training.classes) // settings.batch)
        fit(network, Training(schedule, steps, batches, _loss, validate), run, str(cycle))
    overall, within = errors(network, validation)
    card = {
        "recipe": "characters",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), isolated characters and words of the training writers",
        "figures": {f"{name} wrong (validation writers)": error for name, error in within.items()} | {"all": overall},
        "passes": sum(schedule.passes for schedule in settings.cycles),
    }
    save_model(run.out, network, settings.network, card)


def _batches(characters: CharacterPictures, batch: int, cycle: int, number: int) -> Iterator[Batch]:
    generator = np.random.default_rng([1998, cycle, number])
    images, classes = torch.from_numpy(characters.images), torch.from_numpy(characters.classes)
    for chosen in torch.from_numpy(generator.permutation(len(classes))).split(batch):
        pictures = distort(images[chosen].float() / 255, DISTORTION, generator, elastic=BENDING)
        pictures[torch.from_numpy(without_ways(len(chosen), generator, WAYS_DROPOUT)), amap.CHANNELS :] = 0.0
        yield pictures, classes[chosen]


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy among all classes, and among those of the right category: some pairs, as o and O, nobody can tell apart."""
    images, classes = batch
    with half_precision():
        evidence = -network(images)[:, :-1].float()
    within = evidence.masked_fill(OF_CATEGORY[classes, None] != OF_CATEGORY, -30.0)
    everything = functional.cross_entropy(evidence, classes, label_smoothing=SMOOTHING)
    return 0.5 * everything + functional.cross_entropy(within, classes)
