"""The recipe of the amount recogniser: characters and junk cut from made-up amounts by the readers' own segmenter."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.networks.compact import Compact
from recognizer.networks.store import save_model
from recognizer.training.amount_segments import CLASSES, JUNK, LabelledSegments, make_segments
from recognizer.training.distort import Affine, distort
from recognizer.training.glyphs import load_hands
from recognizer.training.loop import Batch, Schedule, fit

STRINGS, VALIDATION_STRINGS = 20_000, 1_500
SHARD = 1_000  # strings written by one worker at a time, from a seed of their own
BATCH = 256
JUNK_SHARE = 1.0  # junk segments shown for each character in a pass
ARGUMENTS = {
    "input_channels": 1,
    "rows": 32,
    "columns": 32,
    "classes": len(CLASSES),
    "widths": [8, 16, 32],
    "hidden": 128,
}
SCHEDULE = Schedule(passes=10, rate=4e-3, decay=0.01, averaging=0.999)
DISTORTION = Affine(shift=1.0, scale=0.08, squeeze=0.08, shear=0.08, rotation=0.05)


def train_amount(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on amounts written with the digits and signs of the folders mnist, unipen and pendigits in ``data``."""
    torch.manual_seed(1998)
    training = _prepare(data, "train", STRINGS, out.with_suffix(".train.npz"), report)
    validation = _prepare(data, "val", VALIDATION_STRINGS, out.with_suffix(".val.npz"), report)
    network = Compact(**ARGUMENTS)  # type: ignore[arg-type]
    images, classes = torch.from_numpy(training.images), torch.from_numpy(training.classes)
    characters = np.flatnonzero((training.classes >= 0) & (training.classes != JUNK))
    junk = np.flatnonzero(training.classes == JUNK)
    junk_shown = min(len(junk), int(JUNK_SHARE * len(characters)))

    def batches(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([1998, number])
        shown = np.concatenate([characters, generator.choice(junk, junk_shown, replace=False)])
        for chosen in torch.from_numpy(generator.permutation(shown)).split(BATCH):
            yield distort(images[chosen].float() / 255, DISTORTION, generator), classes[chosen]

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        return functional.cross_entropy(-network(batch[0]), batch[1], label_smoothing=0.02)

    progress = fit(
        network,
        SCHEDULE,
        -(-(len(characters) + junk_shown) // BATCH),
        batches,
        loss,
        lambda network: error_rate(network, validation),
        out.with_suffix(".checkpoint"),
        resume,
        report,
    )
    card = {
        "recipe": "amount",
        "data": "MNIST (Y. LeCun, C. Cortes, C. Burges); UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), training writers; "
        "pen digits (E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0): written as strings on made-up paper",
        "figures": {"validation error on segments that are characters": progress.best_error},
        "passes": progress.done,
        "classes": list(CLASSES),
    }
    save_model(out, network, ARGUMENTS, card)


def error_rate(network: nn.Module, segments: LabelledSegments) -> float:
    """Mean of the share of characters read wrong, junk among the answers counted, and the share of junk not seen as such."""
    known = segments.classes >= 0
    images, classes = torch.from_numpy(segments.images[known]), segments.classes[known]
    with torch.inference_mode():
        answers = torch.cat([network(batch.float() / 255).argmin(1) for batch in images.split(1000)]).numpy()
    wrong = answers != classes
    return float((wrong[classes != JUNK].mean() + wrong[classes == JUNK].mean()) / 2)


def _prepare(data: Path, split: str, strings: int, cache: Path, report: Callable[[str], None]) -> LabelledSegments:
    """Labelled segments of ``strings`` amounts in the hands of ``split``, from ``cache`` where an earlier run left them."""
    if cache.exists():
        return LabelledSegments.load(cache)
    shards = range(-(-strings // SHARD))
    parts = []
    with ProcessPoolExecutor(2) as pool:
        for number, part in enumerate(pool.map(_shard, [(data, split, min(SHARD, strings), k) for k in shards])):
            parts.append(part)
            report(f"wrote {(number + 1) * SHARD} of {strings} {split} strings")
    whole = LabelledSegments.join(parts)
    whole.save(cache)
    return whole


def _shard(work: tuple[Path, str, int, int]) -> LabelledSegments:
    data, split, strings, number = work
    seed = [ord(letter) for letter in split]
    return make_segments(load_hands(data, split), strings, np.random.default_rng([*seed, number]))
