"""Cut words as over-segmentation learns them: painted for each batch, distorted each time, and the graphs of all ways of cutting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from recognizer.gtn import Graph
from recognizer.ink import amap
from recognizer.ink.normalise import BASE
from recognizer.ink.word_paint import COLUMNS, paint_segments
from recognizer.language.alphabet import COUNT, labels_of
from recognizer.readers.reader import recognise_arcs, silenced
from recognizer.training.data.cut_words import FINE, STRONG, CutWords
from recognizer.training.learning.globally import lattices
from recognizer.training.learning.loop import Batch
from recognizer.training.synthesis.ways_dropout import without_ways

JUNK = COUNT  # class k is the character of label k + 1, the last one none
STRETCH, TALL, SHEAR, LIFT = 0.2, 0.12, 0.25, 0.8  # log, log, columns a row, rows
WAVE, LENGTHS = 0.9, (25.0, 90.0)  # [pixels] amplitude and wave length of the bends
_APART = (0.0, 6.0)  # columns between isolated characters, which are the ink around each other
_OF_PARTS = 0.2  # weight of a part of a character against a whole one
_OF_SEGMENTS = ("first", "last", "low", "high", "gap", "features")


@dataclass(frozen=True)
class WordBatch:
    """Some words as a recogniser takes them, segments of all of them one after the other, gaps included."""

    images: np.ndarray  # (n, CHANNELS, ROWS, COLUMNS) float32 of the segments that are no gaps
    features: np.ndarray  # (n, F) float32 of these
    gap: np.ndarray  # (S,) bool
    first: np.ndarray  # (S,)
    last: np.ndarray  # (S,)
    ends: np.ndarray  # (B,) one past the last segment of each word


def batch_of(
    words: CutWords, chosen: np.ndarray, generator: np.random.Generator | None, apart: float = 2 * COLUMNS
) -> WordBatch:
    """Paint some words (B,), each distorted in its own way if there is a ``generator`` to draw from.

    They stand ``apart`` [columns]: so far that none is in the window of another, or so near that each is the ink around its
    neighbours.
    """
    samples = [slice(end - n, end) for end, n in zip(words.sample_ends[chosen], words.samples[chosen], strict=True)]
    segments = [slice(end - n, end) for end, n in zip(words.segment_ends[chosen], words.segments[chosen], strict=True)]
    counts = np.array([s.stop - s.start for s in samples])
    owner = np.repeat(np.arange(len(chosen)), counts)
    position = np.concatenate([words.position[s] for s in samples]).astype(np.float32) / FINE
    paint = np.concatenate([words.paint[s] for s in samples]).astype(np.float32) / STRONG
    if generator is not None:
        position = _bent(position, owner, generator)
        paint[without_ways(len(chosen), generator)[owner], amap.CHANNELS :] = 0
    starts = np.cumsum(counts) - counts
    left, right = np.minimum.reduceat(position[:, 0], starts), np.maximum.reduceat(position[:, 0], starts)
    offset = np.cumsum(right - left + apart) - right
    position[:, 0] += offset[owner]
    before = np.repeat(starts, [s.stop - s.start for s in segments])
    first, last, low, high, gap, features = (
        np.concatenate([getattr(words, name)[s] for s in segments]) for name in _OF_SEGMENTS
    )
    ink = ~gap
    return WordBatch(
        images=paint_segments(position, paint, (low + before)[ink], (high + before)[ink]),
        features=features[ink].astype(np.float32),
        gap=gap,
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        ends=np.cumsum([s.stop - s.start for s in segments]),
    )


def _bent(position: np.ndarray, owner: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Samples (n, 2) of words, bent: the sizes, slants and waves that normalisation leaves in."""
    count = int(owner[-1]) + 1

    def drawn(low: float, high: float) -> np.ndarray:
        return generator.uniform(low, high, count).astype(np.float32)[owner]

    def wave() -> np.ndarray:
        return drawn(0, WAVE) * np.sin(2 * np.pi * x / drawn(*LENGTHS) + drawn(0, 2 * np.pi))

    x, y = position[:, 0], position[:, 1] - np.float32(BASE)
    across = np.exp(drawn(-STRETCH, STRETCH)) * (x + drawn(-SHEAR, SHEAR) * y + wave())
    down = np.exp(drawn(-TALL, TALL)) * y + drawn(-LIFT, LIFT) + wave() + np.float32(BASE)
    return np.stack([across, down], 1)


def recognition(batch: WordBatch, penalties: Tensor) -> Graph:
    """The recognition graphs of the words of a batch, from penalties (S, K); junk and gaps write nothing."""
    full = penalties.new_full((len(batch.gap), COUNT + 1), torch.inf)
    gap = torch.from_numpy(batch.gap)
    full[gap, JUNK] = 0.0
    full = full.index_put((torch.nonzero(~gap).squeeze(1),), penalties)
    return silenced(recognise_arcs(lattices(batch.first, batch.last, batch.ends), full), JUNK + 1)


def characters_alone(characters: CutWords, number: int, steps: int, size: int) -> Iterator[Batch]:
    """Pass ``number``, ``steps`` batches of ``size`` isolated characters: images, features and classes of their segments, and weights;
    parts of characters are junk."""
    generator = np.random.default_rng([1998, 0, number])
    for _ in range(steps):
        chosen = generator.choice(len(characters), size)
        batch = batch_of(characters, chosen, generator, apart=float(generator.uniform(*_APART)))
        starts = np.concatenate([[0], batch.ends[:-1]])
        word = np.repeat(np.arange(len(chosen)), np.diff(batch.ends, prepend=0))
        whole = (batch.first == 0) & (batch.last == np.maximum.reduceat(batch.last, starts)[word])
        label = np.array([ord(character) - ord("!") for character in characters.labels[chosen]])
        classes = np.where(whole, label[word], JUNK)[~batch.gap]
        weights = np.where(whole, 1.0, _OF_PARTS)[~batch.gap].astype(np.float32)
        yield tuple(torch.from_numpy(array) for array in (batch.images, batch.features, classes, weights))


def whole_words(
    training: Mapping[str, CutWords], shown: Mapping[str, int], segments: int, seed: int, number: int
) -> Iterator[Batch]:
    """Pass ``number``, so many batches of each set as are ``shown``, of some ``segments``: images, features, gaps, cuts and ends of the
    segments of words, the lengths of their texts, the labels of all."""
    generator = np.random.default_rng([1998, seed, number])
    names = [name for name, count in shown.items() for _ in range(count)]
    for name in generator.permutation(names):
        words = training[name]
        drawn = generator.permutation(len(words))[:segments]
        chosen = drawn[: max(1, int(np.searchsorted(np.cumsum(words.segments[drawn]), segments)))]
        batch = batch_of(words, chosen, generator)
        texts = [labels_of(str(label)) or [] for label in words.labels[chosen]]
        arrays = (batch.images, batch.features, batch.gap, batch.first, batch.last, batch.ends)
        lengths, labels = np.array([len(text) for text in texts]), np.concatenate(texts)
        yield tuple(torch.from_numpy(array) for array in (*arrays, lengths, labels))
