"""The recipe of the recogniser of isolated pen characters, all of printable ASCII."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.ink.amap import CHANNELS
from recognizer.ink.character import SIDE
from recognizer.language.alphabet import CHARACTERS
from recognizer.networks.compact import Compact
from recognizer.networks.store import save_model
from recognizer.training.character_data import CATEGORIES, CharacterAmaps, category, load_characters
from recognizer.training.distort import Affine, Elastic, distort
from recognizer.training.loop import Batch, Schedule, fit, half_precision

NETWORK = {
    "input_channels": CHANNELS,
    "rows": SIDE,
    "columns": SIDE,
    "classes": len(CHARACTERS) + 1,
    "widths": [32, 64, 96],
    "hidden": 192,
    "kernel": 3,
    "dropout": 0.3,
}
BATCH = 128
SCHEDULE = Schedule(passes=12, rate=4e-3, decay=0.03, averaging=0.999)
SMOOTHING = 0.03
DISTORTION = Affine(shift=1.0, scale=0.1, squeeze=0.12, shear=0.2, rotation=0.15)
BENDING = Elastic(strength=24.0)
OF_CATEGORY = torch.tensor([category(character) for character in CHARACTERS])


def train_characters(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on the characters of the training writers in ``data``, choose the pass on those of the others, write ``out``."""
    torch.manual_seed(1998)
    caches = out.parent / "caches"
    source = data / "unipen" / "chars.npz"
    training, validation = (
        load_characters(source, split, caches / f"characters-{split}.npz") for split in ("train", "val")
    )
    report(f"{len(training.classes)} characters, {len(validation.classes)} to validate on")
    network = Compact(**NETWORK)  # type: ignore[arg-type]
    progress = fit(
        network,
        SCHEDULE,
        -(-len(training.classes) // BATCH),
        lambda number: _batches(training, number),
        _loss,
        lambda network: float(np.mean(list(errors(network, validation)[1].values())[:3])),
        out.with_suffix(".checkpoint"),
        resume,
        report,
    )
    overall, within = errors(network, validation)
    card = {
        "recipe": "characters",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), isolated characters of the training writers",
        "figures": {f"{name} wrong (validation writers)": error for name, error in within.items()} | {"all": overall},
        "passes": progress.done,
    }
    save_model(out, network, NETWORK, card)


def errors(network: nn.Module, characters: CharacterAmaps) -> tuple[float, dict[str, float]]:
    """Share of characters read wrong: among all classes, and by category, each within the category's own classes."""
    with torch.inference_mode():
        images = torch.from_numpy(characters.images)
        penalties = torch.cat([network(part.float() / 255)[:, :-1] for part in images.split(500)])
    truth = torch.from_numpy(characters.classes)
    within = penalties.masked_fill(OF_CATEGORY[truth, None] != OF_CATEGORY, torch.inf)
    right, right_within = penalties.argmin(1) == truth, within.argmin(1) == truth
    by_category = {
        name: 1 - float(right_within[OF_CATEGORY[truth] == k].float().mean())
        for k, name in enumerate(CATEGORIES)
        if bool((OF_CATEGORY[truth] == k).any())
    }
    return 1 - float(right.float().mean()), by_category


def _batches(characters: CharacterAmaps, number: int) -> Iterator[Batch]:
    generator = np.random.default_rng([1998, number])
    images, classes = torch.from_numpy(characters.images), torch.from_numpy(characters.classes)
    for chosen in torch.from_numpy(generator.permutation(len(classes))).split(BATCH):
        yield distort(images[chosen].float() / 255, DISTORTION, generator, elastic=BENDING), classes[chosen]


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy among all classes, and among those of the right category: some pairs, as o and O, nobody can tell apart."""
    images, classes = batch
    with half_precision():
        evidence = -network(images)[:, :-1].float()
    within = evidence.masked_fill(OF_CATEGORY[classes, None] != OF_CATEGORY, -30.0)
    everything = functional.cross_entropy(evidence, classes, label_smoothing=SMOOTHING)
    return 0.5 * everything + functional.cross_entropy(within, classes)
