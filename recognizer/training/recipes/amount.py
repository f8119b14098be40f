"""The recipe of the amount recogniser, on made-up amounts cut by the readers' own segmenter.

First it learns characters, and junk that is none, from single segments; then, globally, from the text of whole strings.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.language.amount import amount_grammar
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.store import save_model
from recognizer.training.evaluation.rejection import Outcome, measured
from recognizer.training.learning.before import go_on
from recognizer.training.learning.globally import (
    error_of,
    lattices,
    mean_of_reachable,
    outcome,
    string_images,
    string_losses,
)
from recognizer.training.learning.loop import Batch, Schedule, fit
from recognizer.training.synthesis.amount_segments import CLASSES, JUNK, LabelledSegments, make_segments, targets_of
from recognizer.training.synthesis.distort import Affine, Elastic, distort
from recognizer.training.synthesis.glyphs import load_hands

Report = Callable[[str], None]

STRINGS, VALIDATION_STRINGS = 12_000, 500
SHARD = 500  # strings written by one worker at a time, from a seed of their own
CHARACTER = {
    "input_channels": 1,
    "rows": 32,
    "columns": 32,
    "classes": len(CLASSES),
    "widths": [8, 16, 32],
    "hidden": 128,
}
FEATURES = 5
DISTORTION = Affine(shift=1.0, scale=0.12, squeeze=0.12, shear=0.15, rotation=0.1)
ELASTIC = Elastic(strength=24.0, smoothness=4.0)

CHARACTERS = Schedule(passes=6, rate=4e-3, decay=0.01, averaging=0.999)
BATCH = 256  # segments

STRINGWISE = Schedule(passes=3, rate=6e-4, decay=0.01, averaging=0.995)
STRINGS_A_PASS, STRINGS_A_BATCH = 4_000, 16


def train_amount(data: Path, out: Path, resume: bool, report: Report) -> None:
    """Train on amounts written with the digits and signs of the folders mnist, unipen and pendigits in ``data``."""
    torch.manual_seed(1998)
    training = _prepare(data, "train", STRINGS, out.with_suffix(".train.npz"), report)
    validation = _prepare(data, "val", VALIDATION_STRINGS, out.with_suffix(".val.npz"), report)
    network = SegmentRecogniser(CHARACTER, FEATURES)
    known = go_on(network, CLASSES, "amount")
    characters = _learn_characters(
        network, training, validation, out.with_suffix(".characters.checkpoint"), resume, report
    )
    before = string_error(network, validation)
    report(f"strings wrong before global training: {100 * before:.2f} %")
    after = _learn_strings(network, training, validation, out.with_suffix(".strings.checkpoint"), resume, report)
    card = {
        "recipe": "amount",
        "data": "MNIST (Y. LeCun, C. Cortes, C. Burges); UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), training writers; "
        "pen digits (E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0): written as amounts of money, after the habits of several "
        "countries, on made-up paper",
        "figures": {
            "segments wrong (made-up strings of validation writers)": characters,
            "strings wrong before global training": before,
            "strings wrong after global training": after,
        },
        "passes": known.get("passes", 0) + CHARACTERS.passes + STRINGWISE.passes,
        "classes": list(CLASSES),
        **measured(_outcomes(network, validation)),
    }
    save_model(out, network, {"character": CHARACTER, "features": FEATURES}, card)


def _learn_characters(
    network: SegmentRecogniser,
    training: LabelledSegments,
    validation: LabelledSegments,
    checkpoint: Path,
    resume: bool,
    report: Report,
) -> float:
    """Cross-entropy over characters and junk, as many of each; returns the validation error."""
    images, classes = torch.from_numpy(training.images), torch.from_numpy(training.classes)
    characters = np.flatnonzero((training.classes >= 0) & (training.classes != JUNK))
    junk = np.flatnonzero(training.classes == JUNK)
    junk_shown = min(len(junk), len(characters))

    def batches(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([1998, number])
        shown = np.concatenate([characters, generator.choice(junk, junk_shown, replace=False)])
        for chosen in torch.from_numpy(generator.permutation(shown)).split(BATCH):
            yield distort(images[chosen].float() / 255, DISTORTION, generator, elastic=ELASTIC), classes[chosen]

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        return functional.cross_entropy(-network(batch[0]), batch[1], label_smoothing=0.02)

    steps = -(-(len(characters) + junk_shown) // BATCH)
    check = lambda network: error_rate(network, validation)  # noqa: E731 (one line of its own would say no more)
    return fit(network.character, CHARACTERS, steps, batches, loss, check, checkpoint, resume, report).best_error


def _learn_strings(
    network: SegmentRecogniser,
    training: LabelledSegments,
    validation: LabelledSegments,
    checkpoint: Path,
    resume: bool,
    report: Report,
) -> float:
    """Discriminative forward over whole strings (1998 paper, VI-E); returns the share of validation strings read wrong."""
    grammar = amount_grammar(CLASSES)
    targets = targets_of(training, grammar)

    def batches(number: int) -> Iterator[Batch]:
        order = np.random.default_rng([2998, number]).permutation(len(training.ends))[:STRINGS_A_PASS]
        yield from ((strings,) for strings in torch.from_numpy(order).split(STRINGS_A_BATCH))

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        strings = batch[0].numpy()
        part = training.chosen(strings)
        generator = np.random.default_rng(strings)
        images = distort(string_images(part), DISTORTION, generator, elastic=ELASTIC)
        penalties = network(images, torch.from_numpy(part.features))
        wanted = [targets[string] for string in strings]
        return mean_of_reachable(string_losses(lattices(part.first, part.last, part.ends), penalties, grammar, wanted))

    steps = -(-STRINGS_A_PASS // STRINGS_A_BATCH)
    check = lambda network: string_error(network, validation)  # noqa: E731
    return fit(network, STRINGWISE, steps, batches, loss, check, checkpoint, resume, report).best_error


def error_rate(character: nn.Module, segments: LabelledSegments) -> float:
    """Mean of the share of characters read wrong, junk among the answers, and the share of junk that is not seen as such."""
    known = segments.classes >= 0
    images, classes = torch.from_numpy(segments.images[known]), segments.classes[known]
    with torch.inference_mode():
        answers = torch.cat([character(batch.float() / 255).argmin(1) for batch in images.split(1000)]).numpy()
    wrong = answers != classes
    return float((wrong[classes != JUNK].mean() + wrong[classes == JUNK].mean()) / 2)


def string_error(network: nn.Module, segments: LabelledSegments) -> float:
    """Share of strings whose most likely text is another than the one written."""
    return error_of(_outcomes(network, segments))


def _outcomes(network: nn.Module, segments: LabelledSegments) -> list[Outcome]:
    """Confidence of the answer to every string, and whether it is wrong."""
    grammar = amount_grammar(CLASSES)
    targets = targets_of(segments, grammar)
    return [outcome(network, segments.chosen(np.array([k])), grammar, target) for k, target in enumerate(targets)]


def _prepare(data: Path, split: str, strings: int, cache: Path, report: Report) -> LabelledSegments:
    """Labelled segments of ``strings`` amounts in the hands of ``split``, from ``cache`` where an earlier run left them."""
    if cache.exists():
        return LabelledSegments.load(cache)
    parts = []
    with ProcessPoolExecutor(2) as pool:
        for number, part in enumerate(pool.map(_shard, [(data, split, k) for k in range(-(-strings // SHARD))]), 1):
            parts.append(part)
            report(f"wrote {number * SHARD} of {strings} {split} strings")
    whole = LabelledSegments.join(parts)
    whole.save(cache)
    return whole


def _shard(work: tuple[Path, str, int]) -> LabelledSegments:
    data, split, number = work
    return make_segments(load_hands(data, split), SHARD, np.random.default_rng([*split.encode(), number]))
