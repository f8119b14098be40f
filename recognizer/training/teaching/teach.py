"""Teaching: the last layers of the networks that read pen text learn a person's corrections in a few seconds.

Everything before the last layer stays, so what comes into it is computed once, for the words as they are and for bent ones.
Each layer descends on the discriminative forward criterion of the corrected words (1998 paper, section VI-E), through frames or
through the graph of segments as in the recipes; meanwhile its answers to old material, and its weights, are held near what they
were. Old material is `rehearsal`: words that no person wrote.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from recognizer.errors import InputError
from recognizer.frames import STRIDE
from recognizer.gtn import chains, discriminative_forward_loss
from recognizer.ink.normalise import NormalisedInk, normalise
from recognizer.ink.word_amap import word_paths, word_picture
from recognizer.ink.word_cuts import cut_line
from recognizer.ink.word_segments import cut_text
from recognizer.language.alphabet import COUNT, labels_of
from recognizer.networks.displacement import Displacement
from recognizer.networks.last_layer import LastLayer, inputs_of, layer_of
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.store import load_model
from recognizer.readers.personal import NAMES, Personal, base_of, file_of, save_personal
from recognizer.training.data.cut_words import packed
from recognizer.training.data.inksets import ink_of, load_inkset
from recognizer.training.learning.globally import mean_of_reachable
from recognizer.training.learning.loop import Run
from recognizer.training.learning.word_batches import WordBatch, batch_of, recognition
from recognizer.training.synthesis.rehearsal import MIXED_IN, Sample, rehearsal
from recognizer.training.synthesis.word_distort import distorted


# Chosen on the words of three validation writers, so that the rest of their words is read better and those of others hardly worse.
# Of three others 15 corrections each took the words wrong among 70 further ones from 21 to 16 %; of 100 of everybody's 31 % stayed.
@dataclass(frozen=True)
class Settings:
    """How much is learnt from how many corrections, and at what price."""

    steps: int = 60
    rate: float = 2e-3
    old_answers: float = 2.0  # what it costs to leave them, beside the loss for each character of the corrections
    old_weights: float = 0.2
    bent: int = 5  # presentations of each correction besides the plain one
    most: int = 200  # corrections that are learnt, the latest
    mixed_in: int = 100  # words of old material


SETTINGS = Settings()
_TOGETHER = 40  # words in a batch
_KEEP, _KEEP_SQUARE = 0.9, 0.99  # of the averages of gradients and of their squares, at each step

Progress = Callable[[float], None]  # hears what share is done; what it raises stops the teaching


class Presentation(Protocol):
    """Some words as the last layer of one network sees them: what comes into it, and what it should make of it."""

    @property
    def inputs(self) -> Tensor:
        """(N, D)"""

    def shares(self, energies: Tensor) -> Tensor:
        """(N, K) logarithms of the share of every class, from what the layer answers (N, classes)."""

    def loss(self, energies: Tensor) -> Tensor:
        """Discriminative forward loss for each character of the texts."""


def teach(
    samples: Sequence[Sample],
    progress: Progress = lambda share: None,
    models: Path | None = None,
    settings: Settings = SETTINGS,
) -> Personal:
    """Learn what ``samples`` write, on top of the networks in the folder ``models``, if not those of the program.

    Raises InputError where no sample is a word of the alphabet.
    """
    known = [(ink, "".join(text.split())) for ink, text in samples]
    known = [(ink, text) for ink, text in known if ink.strokes and labels_of(text) is not None][-settings.most :]
    if not known:
        raise InputError("There is nothing to teach: correct some words first.")
    new, old = _Words.of(known), _old_material(settings.mixed_in)
    layers: dict[str, LastLayer] = {}
    for number, name in enumerate(NAMES):
        network = load_model(file_of(name, models)).network
        present = _PRESENT[name]

        def on_share(share: float, number: int = number) -> None:
            progress((number + share) / len(NAMES))

        presentations = []
        for k in range(settings.bent + 1):
            on_share(0.4 * k / (settings.bent + 2))
            presentations.append(present(network, new, np.random.default_rng([1998, k]) if k else None))
        kept = present(network, old, None)
        layers[name] = learn(
            layer_of(network), presentations, kept, lambda share: on_share(0.4 + 0.6 * share), settings
        )
    card = {"recipe": "teach", "base": base_of(models), "corrections": [text for _, text in known]}
    return Personal(layers, card)


def train_personal(run: Run, settings: Settings) -> None:
    """The recipe: learn what a set of ink (.npz) says, such as the corrections that the window collects."""
    inkset = load_inkset(run.data)
    samples = [(ink_of(inkset, k), str(inkset.labels[k])) for k in range(len(inkset))]
    run.report(f"{len(samples)} corrections, of which the latest {settings.most} are learnt")
    save_personal(run.out, teach(samples, settings=settings))


def learn(
    layer: LastLayer, new: Sequence[Presentation], old: Presentation, progress: Progress, settings: Settings = SETTINGS
) -> LastLayer:
    """The layer after descending on the ``new`` presentations in turn, held near what it answered to the ``old`` one."""
    before = torch.cat([layer[0], layer[1][:, None]], 1)
    weights = before.clone().requires_grad_()
    kept = old.shares(_energies(before, old)).detach()
    mean, square = torch.zeros_like(before), torch.zeros_like(before)
    for step in range(settings.steps):
        progress(step / settings.steps)
        presentation = new[step % len(new)]
        divergence = (kept.exp() * (kept - old.shares(_energies(weights, old)))).sum(1).mean()
        loss = presentation.loss(_energies(weights, presentation)) + settings.old_answers * divergence
        loss = loss + settings.old_weights * (weights - before).square().sum()
        (gradient,) = torch.autograd.grad(loss, weights)
        with torch.no_grad():  # Adam; torch's own would import for seconds
            mean.lerp_(gradient, 1 - _KEEP)
            square.lerp_(gradient.square(), 1 - _KEEP_SQUARE)
            size = (square / (1 - _KEEP_SQUARE ** (step + 1))).sqrt() + 1e-6
            rate = settings.rate * (1 - step / settings.steps) ** 0.5
            weights -= rate * mean / (1 - _KEEP ** (step + 1)) / size
    found = weights.detach()
    return found[:, :-1].contiguous(), found[:, -1].contiguous()


def _energies(weights: Tensor, presentation: Presentation) -> Tensor:
    return functional.linear(presentation.inputs, weights[:, :-1], weights[:, -1])


@dataclass(frozen=True)
class _Words:
    """Words, normalised once."""

    lines: list[NormalisedInk]
    texts: list[str]

    @staticmethod
    def of(samples: Sequence[Sample]) -> "_Words":
        return _Words([normalise(ink) for ink, _ in samples], [text for _, text in samples])

    @property
    def labels(self) -> list[np.ndarray]:
        return [np.array(labels_of(text)) for text in self.texts]


@cache
def _old_material(count: int) -> _Words:
    return _Words.of(rehearsal(MIXED_IN)[:count])


@dataclass(frozen=True)
class ShownFrames:
    """Frames of words, one word after the other."""

    inputs: Tensor
    frames: list[int]  # of each word
    labels: list[np.ndarray]

    def shares(self, energies: Tensor) -> Tensor:
        """Of characters and blank."""
        return functional.log_softmax(energies, 1)

    def loss(self, energies: Tensor) -> Tensor:
        """Of the frames, blanks between and repetitions within characters."""
        by_word = torch.nn.utils.rnn.pad_sequence(list(self.shares(energies).split(self.frames)))
        classes = torch.from_numpy(np.concatenate(self.labels) - 1)
        lengths = torch.tensor([len(labels) for labels in self.labels])
        frames = torch.tensor(self.frames)
        losses = functional.ctc_loss(by_word, classes, frames, lengths, COUNT, "none", zero_infinity=True)
        return losses.sum() / lengths.sum()


def present_frames(network: Displacement, words: _Words, generator: np.random.Generator | None) -> ShownFrames:
    """What the network sees of words, bent if there is a ``generator`` to draw from."""
    lines = [word_picture(line) for line in words.lines]
    inputs, frames = [], []
    for start in range(0, len(lines), _TOGETHER):
        part = lines[start : start + _TOGETHER]
        widths = np.array([line.shape[2] for line in part])
        pictures = np.stack([np.pad(line, ((0, 0), (0, 0), (0, widths.max() - line.shape[2]))) for line in part])
        shown, of_each = torch.from_numpy(pictures), torch.from_numpy(widths)
        if generator is not None:
            shown, of_each = distorted(pictures, widths, generator)
        found = inputs_of(network, shown)
        frames += (of_each // STRIDE).tolist()
        inputs += [rows[:, :count].T for rows, count in zip(found, frames[start:], strict=True)]
    return ShownFrames(torch.cat(inputs), frames, words.labels)


@dataclass(frozen=True)
class ShownSegments:
    """Segments of words, one word after the other."""

    inputs: Tensor
    cutting: Tensor  # (N, 1) what the segments' features cost
    batch: WordBatch
    labels: list[np.ndarray]

    def _penalties(self, energies: Tensor) -> Tensor:
        return functional.pad(self.cutting - energies, (0, 1))

    def shares(self, energies: Tensor) -> Tensor:
        """Of characters and junk."""
        return functional.log_softmax(-self._penalties(energies), 1)

    def loss(self, energies: Tensor) -> Tensor:
        """Of the graphs of all ways of cutting; words that no way writes teach nothing."""
        graph = recognition(self.batch, self._penalties(energies))
        losses = discriminative_forward_loss(graph, chains(self.labels))
        assert isinstance(losses, Tensor)  # penalties in, penalties out
        return mean_of_reachable(losses) / float(np.mean([len(labels) for labels in self.labels]))


def present_segments(network: SegmentRecogniser, words: _Words, generator: np.random.Generator | None) -> ShownSegments:
    """What over-segmentation sees of words, bent if there is a ``generator`` to draw from."""
    cut = packed([cut_text(cut_line(word_paths(line))) for line in words.lines], words.texts)
    batch = batch_of(cut, np.arange(len(cut)), generator)
    images, features = torch.from_numpy(batch.images), torch.from_numpy(batch.features)
    inputs = inputs_of(network, images, features)
    with torch.no_grad():
        cutting = network.segmentation(features)
    return ShownSegments(inputs, cutting, batch, words.labels)


_PRESENT: Mapping[str, Callable[..., Presentation]] = {"displacement": present_frames, "segmentation": present_segments}
