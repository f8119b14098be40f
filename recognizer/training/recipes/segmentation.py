"""The recipe of over-segmentation for pen words: isolated characters first, then whole words from nothing but their text, at
last lines that wander.

Global training (1998 paper, sections VI and IX-C) by the discriminative forward criterion: the sum over all ways of cutting
the word and naming its pieces that write the text, against the sum over all ways there are. Such a sum needs no language:
what a text costs is left to the reader.

One core learns from 100 to 150 words of 27 segments a second. The network bounds it: two thirds of the time are its own, one
third goes into painting the segments, about a hundredth into the graphs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.gtn import chains, discriminative_forward_loss
from recognizer.ink.word_amap import ROWS
from recognizer.ink.word_paint import CHANNELS, COLUMNS
from recognizer.ink.word_segments import FEATURES
from recognizer.language.alphabet import COUNT
from recognizer.language.lexicon import english
from recognizer.networks.inference import folded
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.store import load_model, save_model
from recognizer.platform import model_beside
from recognizer.readers.rescoring import RescoringReader
from recognizer.readers.segmentation import segmentation_reader
from recognizer.readers.text import word_reader
from recognizer.readers.trust import JOINED
from recognizer.training.data.cache import cached
from recognizer.training.data.cut_words import CutWords, load_cut_words, make_cut_words
from recognizer.training.data.inksets import load_inkset
from recognizer.training.evaluation.cut_words import word_errors
from recognizer.training.evaluation.rejection import measured
from recognizer.training.evaluation.text import inks_of, read_all
from recognizer.training.learning.globally import mean_of_reachable
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit, half_precision
from recognizer.training.learning.prior import take_out
from recognizer.training.learning.word_batches import WordBatch, characters_alone, recognition, whole_words
from recognizer.training.recipes.displacement import text_card
from recognizer.training.synthesis.wandering import wandering_lines

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


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how much."""

    character: dict[str, Any] = field(default_factory=CHARACTER.copy)
    alone: Schedule = Schedule(passes=3, rate=4e-3, decay=0.02, averaging=0.99)  # characters alone
    alone_steps: int = 80  # of a pass
    alone_batch: int = 250  # characters
    cycles: tuple[Schedule, ...] = (  # whole words
        Schedule(passes=28, rate=3e-3, decay=0.02, averaging=0.995),
        Schedule(passes=28, rate=2e-3, decay=0.02, averaging=0.995),
    )
    last: Schedule = Schedule(passes=20, rate=2e-3, decay=0.02, averaging=0.998)  # with the lines that wander
    shown: Mapping[str, int] = field(default_factory={"words": 60, "text": 12, "chars": 3}.copy)  # batches of a pass
    shown_wandering: Mapping[str, int] = field(
        default_factory={"words": 36, "text": 24, "chars": 3, "leaning": 22, "lines": 30}.copy
    )
    wandering: Mapping[str, tuple[int, int]] = field(  # sets of so many lines of so many words of one writer at most
        default_factory={"leaning": (25_000, 1), "lines": (10_000, 7)}.copy
    )
    segments: int = 1_500  # of a batch, some fifty words
    validation: Mapping[str, int] = field(default_factory={"words": 300, "text": 100}.copy)  # read after each pass
    measured: int = 500  # words read before and after all


SETTINGS = Settings()


def train_segmentation(run: Run, settings: Settings) -> None:
    """Train on characters, words and lines of the training writers, validate on words and lines of the others."""
    torch.manual_seed(1998)
    training = {name: _cut(run, name, "train") for name in settings.shown}
    training |= {name: _wandering(run, name, *made_of) for name, made_of in settings.wandering.items()}
    network = SegmentRecogniser(settings.character, len(FEATURES))
    validation = {name: _cut(run, name, "val") for name in settings.validation}
    course = WordCourse(network, run, training, validation, settings.validation, settings.measured)
    course.alone(settings.alone, settings.alone_steps, settings.alone_batch)
    before = course.measure("characters alone")
    for cycle, schedule in enumerate(settings.cycles, 1):
        course.whole(str(cycle), cycle, schedule, settings.shown, settings.segments)
    course.whole("wandering", 2026, settings.last, settings.shown_wandering, settings.segments)
    after = course.measure("whole words")
    take_out(network.character.output, training["words"].labels)
    arguments = {"character": settings.character, "features": len(FEATURES)}
    save_model(run.out, network, arguments, _card(network, before, after, run, settings))


@dataclass(frozen=True)
class WordCourse:
    """What a network of segments learns from, and what it is judged by: sets of words by name, one of which is "words"."""

    network: SegmentRecogniser
    run: Run
    training: Mapping[str, CutWords]
    validation: Mapping[str, CutWords]
    read: Mapping[str, int]  # samples of the validation sets, after each pass
    measured: int  # words, before and after global training

    def alone(self, schedule: Schedule, steps: int, size: int) -> None:
        """Learn isolated characters, "chars", so many ``steps`` of a pass of so many characters."""
        self.run.report(", ".join(f"{len(part)} {name}" for name, part in self.training.items()))
        batches = partial(characters_alone, self.training["chars"], steps=steps, size=size)
        fit(self.network, Training(schedule, steps, batches, _alone, self._error), self.run, "0")

    def whole(self, stage: str, seed: int, schedule: Schedule, shown: Mapping[str, int], segments: int) -> None:
        """Learn whole words and lines from their texts, so many batches of each set in a pass as are ``shown``, of so many ``segments``."""
        batches = partial(whole_words, self.training, shown, segments, seed)
        fit(self.network, Training(schedule, sum(shown.values()), batches, _whole, self._error), self.run, stage)

    def measure(self, stage: str) -> tuple[float, float]:
        """Shares of the validation words that are read wrong, and of their characters."""
        wrong, edits = self._errors(self.network, "words", self.measured)
        self.run.report(f"{stage}: {wrong:.2%} of the validation words wrong, {edits:.2%} of their characters")
        return wrong, edits

    def _error(self, network: nn.Module) -> float:
        return float(np.mean([self._errors(network, name, count)[1] for name, count in self.read.items()]))

    def _errors(self, network: nn.Module, name: str, count: int) -> tuple[float, float]:
        words = self.validation[name]
        return word_errors(network, words, np.random.default_rng(1998).permutation(len(words))[:count])


def _cut(run: Run, name: str, split: str) -> CutWords:
    return load_cut_words(run.data / "unipen" / f"{name}.npz", split, run.caches / f"cut-{name}-{split}.npz")


def _wandering(run: Run, name: str, count: int, longest: int) -> CutWords:
    def made() -> dict[str, np.ndarray]:
        lines = wandering_lines(load_inkset(run.data / "unipen" / "words.npz"), "train", count, longest)
        return vars(make_cut_words(lines, "train", of_lines=True))

    return CutWords(**cached(run.caches / f"cut-{name}-train.npz", made))


def _card(
    network: nn.Module, before: tuple[float, float], after: tuple[float, float], run: Run, settings: Settings
) -> dict[str, Any]:
    """What the model's file says of it. Joined to displacement, if it has a model, it has thresholds of its own."""
    inkset = load_inkset(run.data / "unipen" / "words.npz")
    words = inks_of(inkset, np.random.default_rng(0).permutation(inkset.of_split("val"))[: settings.measured])
    reader = segmentation_reader(folded(network), 1.0, english(), several=False)
    card = {
        **text_card("segmentation", before, after, (settings.alone, *settings.cycles, settings.last)),
        **measured(read_all(reader, words).judged),
    }
    displacement = model_beside("displacement", run.out.parent)
    if displacement.exists():
        reader_of_frames = word_reader(folded(load_model(displacement).network), 1.0, english())
        card |= measured(read_all(RescoringReader(reader_of_frames, reader), words).judged, JOINED)
    return card


def _alone(network: nn.Module, batch: Batch) -> Tensor:
    images, features, classes, weights = batch
    with half_precision():
        penalties = network(images, features)
    losses = functional.cross_entropy(-penalties.float(), classes, reduction="none", label_smoothing=0.02)
    return (losses * weights).sum() / weights.sum()


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
