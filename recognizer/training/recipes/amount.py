"""The recipe of the amount recogniser, on made-up amounts cut by the readers' own segmenter.

First it learns characters, and junk that is none, from single segments; then, globally, from the text of whole strings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.language.amount import amount_grammar
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.store import save_model
from recognizer.page.segment import FEATURES
from recognizer.training.data.many import by_two
from recognizer.training.evaluation.rejection import Outcome, measured
from recognizer.training.evaluation.strings import error_of, outcome
from recognizer.training.learning.before import go_on
from recognizer.training.learning.globally import lattices, mean_of_reachable, string_images, string_losses
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.synthesis.amount_segments import CLASSES, JUNK, LabelledSegments, make_segments, targets_of
from recognizer.training.synthesis.distort import Affine, Elastic, distort
from recognizer.training.synthesis.glyphs import MADE_UP, load_hands

CHARACTER = {
    "input_channels": 1,
    "rows": 32,
    "columns": 32,
    "classes": len(CLASSES),
    "widths": [8, 16, 32],
    "hidden": 128,
}
DISTORTION = Affine(shift=1.0, scale=0.12, squeeze=0.12, shear=0.15, rotation=0.1)
ELASTIC = Elastic(strength=24.0, smoothness=4.0)


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how many strings."""

    character: dict[str, Any] = field(default_factory=CHARACTER.copy)
    made_up: int = MADE_UP  # hands
    strings: int = 12_000  # written to learn from, in whole shards
    validation: int = 500  # and to validate on
    shard: int = 500  # strings written by one worker at a time, from a seed of their own
    characters: Schedule = Schedule(passes=4, rate=2e-3, decay=0.01, averaging=0.999)
    batch: int = 256  # segments
    stringwise: Schedule = Schedule(passes=20, rate=1e-3, decay=0.01, averaging=0.998)
    strings_a_pass: int = 4_000
    strings_a_batch: int = 16


SETTINGS = Settings()


def train_amount(run: Run, settings: Settings) -> None:
    """Train on amounts written with the digits and signs of the folders mnist, unipen and pendigits."""
    torch.manual_seed(1998)
    training = _prepare(run, "train", settings.strings, settings)
    validation = _prepare(run, "val", settings.validation, settings)
    network = SegmentRecogniser(settings.character, len(FEATURES))
    known = go_on(network, CLASSES, "amount")
    characters = _learn_characters(network, training, validation, run, settings)
    before = string_error(network, validation)
    run.report(f"strings wrong before global training: {100 * before:.2f} %")
    after = _learn_strings(network, training, validation, run, settings)
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
        "passes": known.get("passes", 0) + settings.characters.passes + settings.stringwise.passes,
        "classes": list(CLASSES),
        **measured(_outcomes(network, validation)),
    }
    save_model(run.out, network, {"character": settings.character, "features": len(FEATURES)}, card)


def _learn_characters(
    network: SegmentRecogniser,
    training: LabelledSegments,
    validation: LabelledSegments,
    run: Run,
    settings: Settings,
) -> float:
    """Cross-entropy over characters and junk, as many of each; returns the validation error."""
    images, classes = torch.from_numpy(training.images), torch.from_numpy(training.classes)
    characters = np.flatnonzero((training.classes >= 0) & (training.classes != JUNK))
    junk = np.flatnonzero(training.classes == JUNK)
    junk_shown = min(len(junk), len(characters))

    def batches(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([1998, number])
        shown = np.concatenate([characters, generator.choice(junk, junk_shown, replace=False)])
        for chosen in torch.from_numpy(generator.permutation(shown)).split(settings.batch):
            yield distort(images[chosen].float() / 255, DISTORTION, generator, elastic=ELASTIC), classes[chosen]

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        return functional.cross_entropy(-network(batch[0]), batch[1], label_smoothing=0.02)

    steps = -(-(len(characters) + junk_shown) // settings.batch)
    check = partial(error_rate, segments=validation)
    return fit(
        network.character, Training(settings.characters, steps, batches, loss, check), run, "characters"
    ).best_error


def _learn_strings(
    network: SegmentRecogniser,
    training: LabelledSegments,
    validation: LabelledSegments,
    run: Run,
    settings: Settings,
) -> float:
    """Discriminative forward over whole strings (1998 paper, VI-E); returns the share of validation strings read wrong."""
    grammar = amount_grammar(CLASSES)
    targets = targets_of(training, grammar)

    def batches(number: int) -> Iterator[Batch]:
        order = np.random.default_rng([2998, number]).permutation(len(training.ends))[: settings.strings_a_pass]
        yield from ((strings,) for strings in torch.from_numpy(order).split(settings.strings_a_batch))

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        strings = batch[0].numpy()
        part = training.chosen(strings)
        generator = np.random.default_rng(strings)
        images = distort(string_images(part), DISTORTION, generator, elastic=ELASTIC)
        penalties = network(images, torch.from_numpy(part.features))
        wanted = [targets[string] for string in strings]
        return mean_of_reachable(string_losses(lattices(part.first, part.last, part.ends), penalties, grammar, wanted))

    steps = -(-settings.strings_a_pass // settings.strings_a_batch)
    check = partial(string_error, segments=validation)
    return fit(network, Training(settings.stringwise, steps, batches, loss, check), run, "strings").best_error


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


def _prepare(run: Run, split: str, strings: int, settings: Settings) -> LabelledSegments:
    """Labelled segments of ``strings`` amounts in the hands of ``split``, from a cache where an earlier run left them."""
    cache = run.out.with_suffix(f".{split}.npz")
    if cache.exists():
        return LabelledSegments.load(cache)
    parts, shard = [], settings.shard
    work = [(run.data, split, settings, number) for number in range(-(-strings // shard))]
    for number, part in enumerate(by_two(_shard, work), 1):
        parts.append(part)
        run.report(f"wrote {number * shard} of {strings} {split} strings")
    whole = LabelledSegments.join(parts)
    whole.save(cache)
    return whole


def _shard(work: tuple[Path, str, Settings, int]) -> LabelledSegments:
    data, split, settings, number = work
    hands = load_hands(data, split, settings.made_up)
    return make_segments(hands, settings.shard, np.random.default_rng([*split.encode(), number]))
