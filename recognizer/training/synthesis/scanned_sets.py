"""Sets of scanned words and lines as what is read of them, pictures or segments: pen ink, fonts and images of writing, all by the way of
reading."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from recognizer.errors import InputError
from recognizer.ink.layout import lay_out
from recognizer.ink.normalise import NormalisedInk, normalise
from recognizer.ink.traced_segments import cut_tracing
from recognizer.ink.tracing import Tracing, traced_picture
from recognizer.ink.word_segments import CutLine, cut_text
from recognizer.language.alphabet import labels_of
from recognizer.readers.tracing import tracing_of_line
from recognizer.training.data import cut_words, word_pictures
from recognizer.training.data.cut_words import CutWords
from recognizer.training.data.inksets import FINE, InkSet, untimed
from recognizer.training.data.many import in_chunks
from recognizer.training.data.running_text import paragraphs
from recognizer.training.data.word_pictures import WordPictures
from recognizer.training.synthesis.scans import scanned, written
from recognizer.training.synthesis.wandering import UNIT, wandering_line

_CHUNK = 200
_FONT_SIZES = (26.0, 90.0)  # px
_WORDS_SET = (2, 7)  # in a line that is set in a font

# Texts that are in copyright somewhere: their words may be counted and not be copied.
_COUNTS_ONLY = (
    "agatha-christie_the-mysterious-affair-at-styles.txt.gz",
    "p-g-wodehouse_love-among-the-chickens.txt.gz",
)

Sample = tuple[np.ndarray, str, str]  # image (H, W) uint8, text, writer


@dataclass(frozen=True)
class Scans:
    """Scans that are yet to be made: ``make`` makes those of a part of what is ``asked`` for, a sequence or an array (n,)."""

    make: Callable[..., list[Sample]]
    asked: Any


def pictures_of(scans: Scans) -> WordPictures:
    """Scans as the pictures that a displacement network reads, read as far as these."""
    found = list(in_chunks(partial(_columns, scans.make), scans.asked, _CHUNK))
    return WordPictures(
        columns=np.concatenate([columns for columns, _, _ in found]),
        ends=np.cumsum([len(columns) for columns, _, _ in found]),
        labels=np.array([text for _, text, _ in found]),
        writers=np.array([writer for _, _, writer in found]),
    )


def cut_words_of(scans: Scans) -> CutWords:
    """Scans as the segments that over-segmentation reads."""
    found = list(in_chunks(partial(_segments, scans.make), scans.asked, _CHUNK))
    return cut_words.packed([line for line, _ in found], [text for _, text in found])


def scanned_inks(inkset: InkSet, split: str, count: int, seed: int) -> Scans:
    """So many words or lines of ``split`` drawn at random; those on several lines or with characters of no alphabet are left out."""
    return Scans(partial(_drawn_inks, inkset, seed), _chosen(inkset, split, count, seed))


def scan_samples(inkset: InkSet, split: str, count: int, seed: int) -> list[Sample]:
    """The same as images."""
    scans = scanned_inks(inkset, split, count, seed)
    return scans.make(scans.asked)


def _chosen(inkset: InkSet, split: str, count: int, seed: int) -> np.ndarray:
    known = [k for k in inkset.of_split(split).tolist() if labels_of(_spaceless(str(inkset.labels[k]))) is not None]
    return np.random.default_rng(seed).permutation(known)[:count]


def _drawn_inks(inkset: InkSet, seed: int, samples: np.ndarray) -> list[Sample]:
    generator = np.random.default_rng([seed, int(samples[0])])
    found = []
    for sample in samples.tolist():
        strokes = inkset.strokes(sample)
        if len(lay_out(untimed(strokes)).lines) == 1:
            image = scan_of(strokes, generator)
            found.append((image, str(inkset.labels[sample]), str(inkset.writers[sample])))
    return found


def scan_of(strokes: Sequence[np.ndarray], generator: np.random.Generator) -> np.ndarray:
    """An image (H, W) uint8 of one line of ink, on a base line that wanders."""
    return scanned(written(wandering_line([strokes], generator), generator), generator)


def scanned_lines(lines: InkSet, seed: int) -> Scans:
    """Lines as `wandering_lines` makes them."""
    return Scans(partial(_drawn_lines, lines, seed), np.arange(len(lines)))


def _drawn_lines(lines: InkSet, seed: int, samples: np.ndarray) -> list[Sample]:
    generator = np.random.default_rng([seed, int(samples[0])])
    return [
        (
            scanned(written([stroke / (FINE * UNIT) for stroke in lines.strokes(k)], generator), generator),
            str(lines.labels[k]),
            str(lines.writers[k]),
        )
        for k in samples.tolist()
    ]


def set_lines(fonts: Sequence[Path], texts: Path, count: int, seed: int) -> Scans:
    """Pieces of running text set in fonts of handwriting."""
    generator = np.random.default_rng(seed)
    lines = list(chain.from_iterable(each for name, each in paragraphs(texts) if not name.endswith(_COUNTS_ONLY)))
    pieces: list[str] = []
    while len(pieces) < count:
        words = lines[int(generator.integers(len(lines)))].split()
        first = int(generator.integers(max(1, len(words))))
        piece = " ".join(words[first : first + int(generator.integers(*_WORDS_SET))])
        if piece and labels_of(_spaceless(piece)) is not None:
            pieces.append(piece)
    return Scans(partial(_set, list(fonts), seed), pieces)


def _set(fonts: Sequence[Path], seed: int, pieces: list[str]) -> list[Sample]:
    generator = np.random.default_rng([seed, *pieces[0].encode()])
    found = []
    for piece in pieces:
        path = fonts[int(generator.integers(len(fonts)))]
        size = float(np.exp(generator.uniform(*np.log(_FONT_SIZES))))
        font = ImageFont.truetype(path, size)
        left, top, right, bottom = font.getbbox(piece)
        margin = size / 3
        shape = int(right - left + 2 * margin), int(bottom - top + 2 * margin)
        image = Image.new("L", shape)
        ImageDraw.Draw(image).text((margin - left, margin - top), piece, fill=255, font=font)
        lean = (1, generator.normal(0, 0.1), 0, generator.normal(0, 0.01), 1, 0)
        image = image.transform(shape, Image.Transform.AFFINE, lean, Image.Resampling.BILINEAR)
        found.append((scanned(np.asarray(image, np.float32) / 255, generator), piece, path.stem))
    return found


def scans_in(files: Sequence[tuple[Path, str]]) -> Scans:
    """Images of lines of writing with their texts; those with characters of no alphabet are left out."""
    known = [(path, text) for path, text in files if labels_of(_spaceless(text)) is not None]
    return Scans(_opened, known)


def _opened(files: list[tuple[Path, str]]) -> list[Sample]:
    return [(np.asarray(Image.open(path).convert("L")), text, path.stem) for path, text in files]


def _columns(make: Callable[..., list[Sample]], chunk: Any) -> list[Sample]:
    """(width, channels * ROWS) uint8, text without spaces and writer of each sample that has writing."""
    found = []
    for tracing, line, text, writer in _traced(make(chunk)):
        picture = traced_picture(line, tracing.covered)
        columns = np.round(picture.transpose(2, 0, 1).reshape(picture.shape[2], -1) * 255).astype(np.uint8)
        if len(columns) <= word_pictures.WIDEST:
            found.append((columns, text, writer))
    return found


def _segments(make: Callable[..., list[Sample]], chunk: Any) -> list[tuple[CutLine, str]]:
    """Segments and text without spaces of each sample that has writing."""
    return [
        (cut_text(cut_tracing(line, tracing.covered)), text)
        for tracing, line, text, _ in _traced(make(chunk))
        if line.width <= cut_words.WIDEST
    ]


def _traced(samples: Sequence[Sample]) -> Iterator[tuple[Tracing, NormalisedInk, str, str]]:
    """What is traced of each sample that has writing, as it is and normalised, its text without spaces, and its writer."""
    for image, text, writer in samples:
        try:
            tracing = tracing_of_line(image)
        except InputError:
            continue
        yield tracing, normalise(tracing.ink), _spaceless(text), writer


def _spaceless(text: str) -> str:
    return "".join(text.split())
