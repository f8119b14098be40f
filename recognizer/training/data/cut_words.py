"""Sets of characters, words and lines cut into segments: computed once from the ink, kept as a cache file, painted for each batch."""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.ink import Ink, amap
from recognizer.ink.layout import lay_out
from recognizer.ink.normalise import BASE, normalise
from recognizer.ink.word_cuts import cut_line
from recognizer.ink.word_paint import COLUMNS, paint_segments
from recognizer.ink.word_segments import CutLine, cut_text
from recognizer.language.alphabet import labels_of
from recognizer.training.data.inksets import InkSet, load_inkset

WIDEST = 800  # columns; wider lines are left out of training
_FINE, _STRONG = 32, 800  # steps that positions and paint are kept in, of one
_CHUNK = 500
STILL = 0.15  # share of the words of which only the AMAP is shown: few writers were seen, and others go other ways
STRETCH, TALL, SHEAR, LIFT = 0.2, 0.12, 0.25, 0.8  # log, log, columns a row, rows
WAVE, LENGTHS = 0.9, (25.0, 90.0)  # [pixels] amplitude and wave length of the bends

_OF_SEGMENTS = ("first", "last", "low", "high", "gap", "features")


@dataclass(frozen=True)
class CutWords:
    """N words or lines cut into segments, one after the other; labels are without spaces. Cuts and samples count from 0 in each."""

    position: np.ndarray  # (samples, 2) int16, _FINE to a column or row
    paint: np.ndarray  # (samples, dynamics.CHANNELS) uint8, _STRONG = 1
    sample_ends: np.ndarray  # (N,) int64
    first: np.ndarray  # (S,) int16 cut at which a segment starts
    last: np.ndarray  # (S,) int16 cut at which it ends
    low: np.ndarray  # (S,) int32 its first sample
    high: np.ndarray  # (S,) int32 one past its last sample
    gap: np.ndarray  # (S,) bool: a gap between words or letters, without ink
    features: np.ndarray  # (S, F) float16
    segment_ends: np.ndarray  # (N,) int64
    labels: np.ndarray  # (N,) str

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def samples(self) -> np.ndarray:
        """(N,) how many samples each word has."""
        return np.diff(self.sample_ends, prepend=0)

    @property
    def segments(self) -> np.ndarray:
        """(N,) how many segments each word has."""
        return np.diff(self.segment_ends, prepend=0)


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
    position = np.concatenate([words.position[s] for s in samples]).astype(np.float32) / _FINE
    paint = np.concatenate([words.paint[s] for s in samples]).astype(np.float32) / _STRONG
    if generator is not None:
        position = _bent(position, owner, generator)
        paint[(generator.random(len(chosen)) < STILL)[owner], amap.CHANNELS :] = 0
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


def load_cut_words(path: Path, split: str, cache: Path, limit: int | None = None) -> CutWords:
    """The samples of ``split`` in an .npz file of ink that are one line of characters of the alphabet, made where ``cache``
    does not hold them yet; with a ``limit`` so many, drawn evenly."""
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        found = make_cut_words(load_inkset(path), split, limit)
        partial = cache.with_name(f"partial-{os.getpid()}-{cache.name}")
        np.savez(partial, **vars(found))
        os.replace(partial, cache)
    with np.load(cache, allow_pickle=False) as arrays:
        return CutWords(**arrays)


def make_cut_words(inkset: InkSet, split: str, limit: int | None = None) -> CutWords:
    """Normalise and cut."""
    texts = {int(i): "".join(str(inkset.labels[i]).split()) for i in inkset.of_split(split)}
    wanted = [i for i, text in texts.items() if labels_of(text) is not None]
    if limit is not None and limit < len(wanted):
        wanted = [wanted[k] for k in np.linspace(0, len(wanted) - 1, limit).astype(int)]
    chunks = [[inkset.strokes(i) for i in wanted[k : k + _CHUNK]] for k in range(0, len(wanted), _CHUNK)]
    with ProcessPoolExecutor(2) as pool:
        lines = [line for chunk in pool.map(_lines, chunks) for line in chunk]
    labels = [texts[i] for i, line in zip(wanted, lines, strict=True) if line is not None]
    return packed([line for line in lines if line is not None], labels)


def packed(lines: list[CutLine], labels: list[str]) -> CutWords:
    """Lines and their texts as one set."""
    ranges = [line.samples for line in lines]
    return CutWords(
        position=np.round(np.concatenate([line.position for line in lines]) * _FINE).astype(np.int16),
        paint=np.round(np.concatenate([line.paint for line in lines]) * _STRONG).astype(np.uint8),
        sample_ends=np.cumsum([len(line.position) for line in lines]),
        first=np.concatenate([line.first for line in lines]).astype(np.int16),
        last=np.concatenate([line.last for line in lines]).astype(np.int16),
        low=np.concatenate([low for low, _ in ranges]).astype(np.int32),
        high=np.concatenate([high for _, high in ranges]).astype(np.int32),
        gap=np.concatenate([line.is_gap for line in lines]),
        features=np.concatenate([line.features for line in lines]).astype(np.float16),
        segment_ends=np.cumsum([len(line.first) for line in lines]),
        labels=np.array(labels),
    )


def _lines(samples: list[list[np.ndarray]]) -> list[CutLine | None]:
    """None of what is written on several lines, or on too wide a one."""
    found: list[CutLine | None] = []
    for strokes in samples:
        ink = Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes))
        line = normalise(ink) if len(lay_out(ink).lines) == 1 else None
        found.append(cut_text(cut_line(line)) if line is not None and line.width <= WIDEST else None)
    return found
