"""Sets of characters, words and lines as pictures: computed once from the ink, kept as a cache file, batched by width."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.ink import Ink
from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.layout import lay_out
from recognizer.ink.normalise import normalise
from recognizer.ink.word_amap import ROWS, word_picture
from recognizer.language.alphabet import labels_of
from recognizer.training.data.inksets import InkSet, load_inkset
from recognizer.training.synthesis.wandering import wandering_line

WIDEST = 1_300  # columns; wider lines are left out of training
_CHUNK = 500


@dataclass(frozen=True)
class WordPictures:
    """N words or lines side by side: ``columns[ends[i - 1] : ends[i]]`` are those of word i; labels are without spaces."""

    columns: np.ndarray  # (total width, CHANNELS * ROWS) uint8, 255 = 1
    ends: np.ndarray  # (N,) int64
    labels: np.ndarray  # (N,) str
    writers: np.ndarray  # (N,) str

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def widths(self) -> np.ndarray:
        """(N,) columns of each word."""
        return np.diff(self.ends, prepend=0)

    def batch(self, words: np.ndarray) -> np.ndarray:
        """Pictures (n, CHANNELS, ROWS, widest) float32 of some words, blank to the right of the narrower ones."""
        widths = self.widths[words]
        images = np.zeros((len(words), widths.max(), CHANNELS * ROWS), np.float32)
        for row, (word, width) in enumerate(zip(words, widths, strict=True)):
            images[row, :width] = self.columns[self.ends[word] - width : self.ends[word]]
        return np.ascontiguousarray(images.reshape(len(words), -1, CHANNELS, ROWS).transpose(0, 2, 3, 1)) / np.float32(
            255
        )


def by_width(widths: np.ndarray, columns: int, generator: np.random.Generator) -> Iterator[np.ndarray]:
    """Indices of all words in batches of similar width, each batch of at most about so many columns, batches in random order."""
    order = np.argsort(widths + generator.uniform(0, 8, len(widths)))
    batches, end = [], len(order)
    while end > 0:  # the widest first, since it makes the batch as wide as it is
        size = max(1, int(columns // (widths[order[end - 1]] + 8)))
        batches.append(order[max(end - size, 0) : end])
        end -= size
    for index in generator.permutation(len(batches)):
        yield batches[index]


def load_word_pictures(path: Path, split: str, cache: Path, most: int | None = None) -> WordPictures:
    """The pictures of the samples of ``split`` in an .npz file of ink that are one line of characters of the alphabet, made where
    ``cache`` does not hold them yet; of so many at most, drawn once."""
    if not cache.exists():
        inkset = load_inkset(path)
        samples = [[sample] for sample in _readable(inkset, split)]
        if most is not None and most < len(samples):
            chosen = np.random.default_rng(len(samples)).permutation(len(samples))[:most]
            samples = [samples[i] for i in chosen]
        _build(inkset, samples, None, cache)
    return _load(cache)


def load_wandering_pictures(path: Path, split: str, cache: Path, count: int, longest: int) -> WordPictures:
    """Pictures of ``count`` lines made of 1 (``longest`` 1) or 2 to ``longest`` words of one writer each; see `synthesis.wandering`."""
    if not cache.exists():
        inkset = load_inkset(path)
        _build(inkset, _drawn_lines(inkset, _readable(inkset, split), count, longest), [longest], cache)
    return _load(cache)


def _readable(inkset: InkSet, split: str) -> list[int]:
    """The samples of ``split`` whose texts are of the alphabet."""
    return [int(i) for i in inkset.of_split(split) if labels_of(_text(inkset, int(i))) is not None]


def _text(inkset: InkSet, sample: int) -> str:
    return "".join(str(inkset.labels[sample]).split())


def _drawn_lines(inkset: InkSet, samples: list[int], count: int, longest: int) -> list[list[int]]:
    """Words of one writer each; writers count by the root of how much they wrote."""
    generator = np.random.default_rng([count, longest])
    by_writer: dict[str, list[int]] = {}
    for sample in samples:
        by_writer.setdefault(str(inkset.writers[sample]), []).append(sample)
    groups = [group for group in by_writer.values() if len(group) >= longest]
    shares = np.sqrt([len(group) for group in groups])
    lines = []
    for writer in generator.choice(len(groups), count, p=shares / shares.sum()):
        words = 1 if longest == 1 else int(generator.integers(2, longest + 1))
        lines.append([int(i) for i in generator.choice(groups[writer], words, replace=False)])
    return lines


def _load(cache: Path) -> WordPictures:
    with np.load(cache, allow_pickle=False) as arrays:
        return WordPictures(arrays["columns"], arrays["ends"], arrays["labels"], arrays["writers"])


def _build(inkset: InkSet, lines: list[list[int]], seed: list[int] | None, cache: Path) -> None:
    """Pictures of lines of samples, as they stand where there is no ``seed``, else set on lines that wander."""
    chunks = [
        ([[inkset.strokes(i) for i in line] for line in lines[k : k + _CHUNK]], None if seed is None else [*seed, k])
        for k in range(0, len(lines), _CHUNK)
    ]
    with ProcessPoolExecutor(2) as pool:
        pictures = [picture for chunk in pool.map(_pictures, chunks) for picture in chunk]
    kept = [
        (line, each) for line, each in zip(lines, pictures, strict=True) if each is not None and len(each) <= WIDEST
    ]
    partial = cache.with_name(f"partial-{os.getpid()}-{cache.name}")
    np.savez(
        partial,
        columns=np.concatenate([each for _, each in kept]),
        ends=np.cumsum([len(each) for _, each in kept]),
        labels=np.array(["".join(_text(inkset, i) for i in line) for line, _ in kept]),
        writers=inkset.writers[[line[0] for line, _ in kept]],
    )
    os.replace(partial, cache)


def _pictures(chunk: tuple[list[list[list[np.ndarray]]], list[int] | None]) -> list[np.ndarray | None]:
    """(width, CHANNELS * ROWS) uint8 of each line, None of what is written on several lines."""
    lines, seed = chunk
    generator = None if seed is None else np.random.default_rng(seed)
    found: list[np.ndarray | None] = []
    for words in lines:
        strokes = words[0] if generator is None else wandering_line(words, generator)
        ink = Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes))
        if generator is None and len(lay_out(ink).lines) > 1:
            found.append(None)
            continue
        picture = word_picture(normalise(ink))
        found.append(np.round(picture.transpose(2, 0, 1).reshape(picture.shape[2], -1) * 255).astype(np.uint8))
    return found
