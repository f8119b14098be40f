"""Sets of characters, words and lines cut into segments: computed once from the ink, kept as a cache file, painted for each batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from recognizer.ink.layout import lay_out
from recognizer.ink.normalise import normalise
from recognizer.ink.word_amap import word_paths
from recognizer.ink.word_cuts import cut_line
from recognizer.ink.word_segments import CutLine, cut_text
from recognizer.language.alphabet import labels_of
from recognizer.training.data.cache import cached
from recognizer.training.data.inksets import InkSet, load_inkset, untimed
from recognizer.training.data.many import evenly, in_chunks

WIDEST = 800  # columns; wider lines are left out of training
FINE, STRONG = 32, 800  # steps that positions and paint are kept in, of one
_CHUNK = 500


@dataclass(frozen=True)
class CutWords:
    """N words or lines cut into segments, one after the other; labels are without spaces. Cuts and samples count from 0 in each."""

    position: np.ndarray  # (samples, 2) int16, FINE to a column or row
    paint: np.ndarray  # (samples, C) uint8, STRONG = 1
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


def load_cut_words(path: Path, split: str, cache: Path, limit: int | None = None) -> CutWords:
    """The samples of ``split`` in an .npz file of ink that are one line of characters of the alphabet, made where ``cache``
    does not hold them yet; with a ``limit`` so many, drawn evenly."""
    return CutWords(**cached(cache, lambda: vars(make_cut_words(load_inkset(path), split, limit))))


def make_cut_words(inkset: InkSet, split: str, limit: int | None = None, *, of_lines: bool = False) -> CutWords:
    """Normalise and cut; ``of_lines``: each sample is known to be one line."""
    texts = {int(i): "".join(str(inkset.labels[i]).split()) for i in inkset.of_split(split)}
    wanted = [i for i, text in texts.items() if labels_of(text) is not None]
    wanted = [wanted[k] for k in evenly(len(wanted), limit)]
    lines = list(in_chunks(partial(_lines, of_lines), [inkset.strokes(i) for i in wanted], _CHUNK))
    labels = [texts[i] for i, line in zip(wanted, lines, strict=True) if line is not None]
    return packed([line for line in lines if line is not None], labels)


def packed(lines: list[CutLine], labels: list[str]) -> CutWords:
    """Lines and their texts as one set."""
    ranges = [line.samples for line in lines]
    return CutWords(
        position=np.round(np.concatenate([line.position for line in lines]) * FINE).astype(np.int16),
        paint=np.round(np.concatenate([line.paint for line in lines]) * STRONG).astype(np.uint8),
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


def _lines(of_lines: bool, samples: Sequence[list[np.ndarray]]) -> list[CutLine | None]:
    """None of what is written on several lines, or on too wide a one."""
    found: list[CutLine | None] = []
    for strokes in samples:
        ink = untimed(strokes)
        line = normalise(ink) if of_lines or len(lay_out(ink).lines) == 1 else None
        found.append(cut_text(cut_line(word_paths(line))) if line is not None and line.width <= WIDEST else None)
    return found
