"""The recipe of over-segmentation for pen words: isolated characters first, then whole words from nothing but their text.

Global training (1998 paper, sections VI and IX-C) by the discriminative forward criterion: the sum over all ways of cutting
the word and naming its pieces that write the text, against the sum over all ways there are. Such a sum needs no language:
what a text costs is left to the reader.

One core learns from 100 to 150 words of 27 segments a second. The network bounds it: two thirds of the time are its own, one
third goes into painting the segments, about a hundredth into the graphs.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.gtn import Graph, best_path, chains, discriminative_forward_loss
from recognizer.ink.word_amap import ROWS
from recognizer.ink.word_paint import CHANNELS, COLUMNS
from recognizer.ink.word_segments import FEATURES
from recognizer.language.alphabet import COUNT, labels_of
from recognizer.language.lexicon import english
from recognizer.networks.inference import folded
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.store import load_model, save_model
from recognizer.readers.reader import recognise_arcs, silenced
from recognizer.readers.rescoring import RescoringReader
from recognizer.readers.segmentation import segmentation_reader
from recognizer.readers.text import word_reader
from recognizer.readers.trust import JOINED
from recognizer.training.data.cut_words import CutWords, WordBatch, batch_of, load_cut_words
from recognizer.training.data.inksets import load_inkset
from recognizer.training.evaluation.distance import edit_distance
from recognizer.training.evaluation.rejection import measured
from recognizer.training.evaluation.text import outcomes
from recognizer.training.learning.globally import lattices, mean_of_reachable
from recognizer.training.learning.loop import Batch, Schedule, fit, half_precision
from recognizer.training.learning.prior import POWER, take_out

CHARACTER = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "columns": COLUMNS,
    "classes": COUNT + 1,
    "widths": [16, 32, 96],
    "hidden": 192,
    "kernel": 3,
    "dropout": 0.15,
}
SETS = ("words", "text", "chars")
SEGMENTS = 1_500  # of a batch, some fifty words
ALONE = Schedule(passes=3, rate=4e-3, decay=0.02, averaging=0.99)  # characters alone
ALONE_STEPS, ALONE_BATCH = 80, 250  # of a pass, characters of a batch
CYCLES = (  # whole words
    Schedule(passes=28, rate=3e-3, decay=0.02, averaging=0.995),
    Schedule(passes=28, rate=2e-3, decay=0.02, averaging=0.995),
)
SHOWN = {"words": 60, "text": 12, "chars": 3}  # batches of each set in a pass
APART = (0.0, 6.0)  # columns between isolated characters, which are the ink around each other
OF_PARTS = 0.2  # weight of a part of a character against a whole one
VALIDATION, MEASURED = 300, 500  # words read after each pass, and before and after all
JUNK = COUNT  # class k is the character of label k + 1, the last one none


def train_segmentation(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on characters, words and lines of the training writers, validate on words of the others, write ``out``."""
    torch.manual_seed(1998)
    caches = out.parent / "caches"

    def cut(name: str, split: str) -> CutWords:
        return load_cut_words(data / "unipen" / f"{name}.npz", split, caches / f"cut-{name}-{split}.npz")

    training, validation = {name: cut(name, "train") for name in SETS}, cut("words", "val")
    report(", ".join(f"{len(part)} {name}" for name, part in training.items()))
    network = SegmentRecogniser(CHARACTER, len(FEATURES))
    chosen = np.random.default_rng(1998).permutation(len(validation))[:MEASURED]

    def error(network: nn.Module) -> float:
        return figures(network, validation, chosen[:VALIDATION])[1]

    fit(
        network,
        ALONE,
        ALONE_STEPS,
        lambda number: characters_alone(training["chars"], number),
        _alone,
        error,
        out.with_suffix(".0.checkpoint"),
        resume,
        report,
    )
    before = figures(network, validation, chosen)
    report(f"characters alone: {before[0]:.2%} of the validation words wrong, {before[1]:.2%} of their characters")
    for cycle, schedule in enumerate(CYCLES, 1):
        fit(
            network,
            schedule,
            sum(SHOWN.values()),
            partial(whole_words, training, SHOWN, seed=cycle),
            _whole,
            error,
            out.with_suffix(f".{cycle}.checkpoint"),
            resume,
            report,
        )
    after = figures(network, validation, chosen)
    report(f"whole words: {after[0]:.2%} of the validation words wrong, {after[1]:.2%} of their characters")
    take_out(network.character.output, training["words"].labels)
    save_model(
        out,
        network,
        {"character": CHARACTER, "features": len(FEATURES)},
        _card(network, before, after, data, out.parent),
    )


def _card(
    network: nn.Module, before: tuple[float, float], after: tuple[float, float], data: Path, models: Path
) -> dict[str, Any]:
    """What the model's file says of it. Joined to the sweep, whose model is among ``models``, it has thresholds of its own."""
    inkset = load_inkset(data / "unipen" / "words.npz")
    samples = np.random.default_rng(0).permutation(inkset.of_split("val"))[:MEASURED]
    words = english()
    reader = segmentation_reader(folded(network), 1.0, words, several=False)
    card = {
        "recipe": "segmentation",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words, lines and characters of the training writers",
        "figures": {
            "words wrong without language, characters learnt alone (validation writers)": before[0],
            "words wrong without language, after global training": after[0],
            "characters wrong without language, characters learnt alone": before[1],
            "characters wrong without language, after global training": after[1],
        },
        "passes": sum(schedule.passes for schedule in (ALONE, *CYCLES)),
        "shares of characters taken out to the power": POWER,
        **measured(outcomes(reader, inkset, samples)),
    }
    sweep = models / "displacement.safetensors"
    if sweep.exists():
        swept = word_reader(folded(load_model(sweep).network), 1.0, words)
        card |= measured(outcomes(RescoringReader(swept, reader), inkset, samples), JOINED)
    return card


def figures(network: nn.Module, words: CutWords, chosen: np.ndarray) -> tuple[float, float]:
    """Share of words read wrong, and edits for each true character, by the path of lowest penalty without a language."""
    edits, total, wrong = 0, 0, 0
    for part in np.array_split(chosen, -(-len(chosen) // 50)):
        batch = batch_of(words, part, None)
        with torch.inference_mode():
            penalties = network(torch.from_numpy(batch.images), torch.from_numpy(batch.features))
        paths = best_path(recognition(batch, penalties))
        for k, word in enumerate(part):
            output = paths[k].output
            truth = labels_of(str(words.labels[word])) or []
            distance = edit_distance(output[output > 0].tolist(), truth)
            edits, total, wrong = edits + distance, total + len(truth), wrong + (distance > 0)
    return wrong / len(chosen), edits / max(total, 1)


def recognition(batch: WordBatch, penalties: Tensor) -> Graph:
    """The recognition graphs of the words of a batch; junk and gaps write nothing."""
    full = penalties.new_full((len(batch.gap), COUNT + 1), torch.inf)
    gap = torch.from_numpy(batch.gap)
    full[gap, JUNK] = 0.0
    full = full.index_put((torch.nonzero(~gap).squeeze(1),), penalties)
    return silenced(recognise_arcs(lattices(batch.first, batch.last, batch.ends), full), JUNK + 1)


def characters_alone(characters: CutWords, number: int) -> Iterator[Batch]:
    """Images, features and classes of the segments of isolated characters, and their weights: parts of them are junk."""
    generator = np.random.default_rng([1998, 0, number])
    for _ in range(ALONE_STEPS):
        chosen = generator.choice(len(characters), ALONE_BATCH)
        batch = batch_of(characters, chosen, generator, apart=float(generator.uniform(*APART)))
        starts = np.concatenate([[0], batch.ends[:-1]])
        word = np.repeat(np.arange(len(chosen)), np.diff(batch.ends, prepend=0))
        whole = (batch.first == 0) & (batch.last == np.maximum.reduceat(batch.last, starts)[word])
        label = np.array([ord(character) - ord("!") for character in characters.labels[chosen]])
        classes = np.where(whole, label[word], JUNK)[~batch.gap]
        weights = np.where(whole, 1.0, OF_PARTS)[~batch.gap].astype(np.float32)
        yield tuple(torch.from_numpy(array) for array in (batch.images, batch.features, classes, weights))


def _alone(network: nn.Module, batch: Batch) -> Tensor:
    images, features, classes, weights = batch
    with half_precision():
        penalties = network(images, features)
    losses = functional.cross_entropy(-penalties.float(), classes, reduction="none", label_smoothing=0.02)
    return (losses * weights).sum() / weights.sum()


def whole_words(
    training: Mapping[str, CutWords], shown: Mapping[str, int], number: int, seed: int = 1
) -> Iterator[Batch]:
    """Images, features, gaps, cuts and ends of the segments of some words, the lengths of their texts, the labels of all."""
    generator = np.random.default_rng([1998, seed, number])
    names = [name for name, count in shown.items() for _ in range(count)]
    for name in generator.permutation(names):
        words = training[name]
        drawn = generator.permutation(len(words))[:SEGMENTS]
        chosen = drawn[: max(1, int(np.searchsorted(np.cumsum(words.segments[drawn]), SEGMENTS)))]
        batch = batch_of(words, chosen, generator)
        texts = [labels_of(str(label)) or [] for label in words.labels[chosen]]
        arrays = (batch.images, batch.features, batch.gap, batch.first, batch.last, batch.ends)
        lengths, labels = np.array([len(text) for text in texts]), np.concatenate(texts)
        yield tuple(torch.from_numpy(array) for array in (*arrays, lengths, labels))


def _whole(network: nn.Module, batch: Batch) -> Tensor:
    """Mean over the characters of the words whose text some path writes."""
    images, features = batch[:2]
    gap, first, last, ends, lengths, labels = (value.numpy() for value in batch[2:])
    with half_precision():
        penalties = network(images, features)
    graph = recognition(WordBatch(images.numpy(), features.numpy(), gap, first, last, ends), penalties.float())
    targets = np.split(labels, np.cumsum(lengths)[:-1])
    losses = discriminative_forward_loss(graph, chains(targets))
    assert isinstance(losses, Tensor)  # penalties in, penalties out
    return mean_of_reachable(losses) / float(lengths.mean())
