"""Sets of characters, words and lines as pictures: computed once from the ink, kept as a cache file, batched by width."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from recognizer.ink.layout import lay_out
from recognizer.ink.normalise import normalise
from recognizer.ink.word_amap import ROWS, word_picture
from recognizer.language.alphabet import labels_of
from recognizer.training.data.cache import cached
from recognizer.training.data.inksets import InkSet, load_inkset, untimed
from recognizer.training.data.many import in_chunks

WIDEST = 1_300  # columns; wider lines are left out of training
_CHUNK = 500


@dataclass(frozen=True)
class WordPictures:
    """N words or lines side by side: ``columns[ends[i - 1] : ends[i]]`` are those of word i; labels are without spaces."""

    columns: np.ndarray  # (total width, channels * ROWS) uint8, 255 = 1; the channels of ink are dynamics.CHANNELS
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
        """Pictures (n, channels, ROWS, widest) float32 of some words, blank to the right of the narrower ones."""
        widths = self.widths[words]
        images = np.zeros((len(words), widths.max(), self.columns.shape[1]), np.float32)
        for row, (word, width) in enumerate(zip(words, widths, strict=True)):
            images[row, :width] = self.columns[self.ends[word] - width : self.ends[word]]
        return np.ascontiguousarray(images.reshape(*images.shape[:2], -1, ROWS).transpose(0, 2, 3, 1)) / np.float32(255)


def by_width(widths: np.ndarray, columns: int, generator: np.random.Generator) -> Iterator[np.ndarray]:
    """Indices (n,) of all words in batches of similar width, each batch of at most about so many columns, batches in random order."""
    order = np.argsort(widths + generator.uniform(0, 8, len(widths)))
    batches, end = [], len(order)
    while end > 0:  # the widest first, since it makes the batch as wide as it is
        size = max(1, int(columns // (widths[order[end - 1]] + 8)))
        batches.append(order[max(end - size, 0) : end])
        end -= size
    for index in generator.permutation(len(batches)):
        yield batches[index]


def load_word_pictures(path: Path, split: str, cache: Path) -> WordPictures:
    """The pictures of the samples of ``split`` in an .npz file of ink that are one line of characters of the alphabet, made where
    ``cache`` does not hold them yet."""
    return WordPictures(**cached(cache, lambda: vars(make_word_pictures(load_inkset(path), split))))


def make_word_pictures(inkset: InkSet, split: str, *, of_lines: bool = False) -> WordPictures:
    """Normalise and paint; ``of_lines``: each sample is known to be one line."""
    texts = {int(i): "".join(str(inkset.labels[i]).split()) for i in inkset.of_split(split)}
    wanted = [i for i, text in texts.items() if labels_of(text) is not None]
    pictures = in_chunks(partial(_pictures, of_lines), [inkset.strokes(i) for i in wanted], _CHUNK)
    kept = [(i, each) for i, each in zip(wanted, pictures, strict=True) if each is not None and len(each) <= WIDEST]
    chosen = np.array([i for i, _ in kept])
    return WordPictures(
        columns=np.concatenate([each for _, each in kept]),
        ends=np.cumsum([len(each) for _, each in kept]),
        labels=np.array([texts[i] for i, _ in kept]),
        writers=inkset.writers[chosen],
    )


def _pictures(of_lines: bool, samples: Sequence[list[np.ndarray]]) -> list[np.ndarray | None]:
    """(width, channels * ROWS) uint8 of each sample, None of what is written on several lines."""
    found: list[np.ndarray | None] = []
    for strokes in samples:
        ink = untimed(strokes)
        if not of_lines and len(lay_out(ink).lines) > 1:
            found.append(None)
            continue
        picture = word_picture(normalise(ink))
        found.append(np.round(picture.transpose(2, 0, 1).reshape(picture.shape[2], -1) * 255).astype(np.uint8))
    return found
