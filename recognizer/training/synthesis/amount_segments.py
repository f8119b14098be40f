"""Labelled segments of made-up amounts, cut by the segmenter that readers use: characters, and junk that is none."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.errors import InputError
from recognizer.files import replacing
from recognizer.gtn import Graph, best_sequences, chain, compose
from recognizer.language.money import CHARACTERS, character_of
from recognizer.page import Page, PageSegments, segment_page
from recognizer.training.data.cut_strings import CutStrings
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import NOBODY, WrittenAmount, write_amount
from recognizer.training.synthesis.glyphs import Hand

CLASSES = (*CHARACTERS, "junk")
JUNK = len(CLASSES) - 1
UNCLEAR = -1  # neither a character nor plainly none: not trained on

# Shares of a character's ink that is in a segment, and of the segment's ink that is the character's.
_WHOLE, _PURE = 0.85, 0.85  # both at least so large: the segment is the character
_PART, _MIXED = 0.65, 0.65  # one of them at most so large: it is junk


@dataclass(frozen=True)
class LabelledSegments(CutStrings):
    """The segments of many amounts; their classes are indices into CLASSES, or UNCLEAR."""

    texts: np.ndarray  # (strings,) str

    @staticmethod
    def join(parts: list["LabelledSegments"]) -> "LabelledSegments":
        """Those of several shards as one, strings numbered on."""
        shifts = np.cumsum([0, *(len(part.classes) for part in parts[:-1])])
        ends = [part.ends + shift for part, shift in zip(parts, shifts, strict=True)]
        names = ("images", "features", "classes", "first", "last", "texts")
        joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return LabelledSegments(**joined, ends=np.concatenate(ends))

    def chosen(self, strings: np.ndarray) -> "LabelledSegments":
        """Some of the strings (n,), in the order given."""
        return LabelledSegments(**self.segments_of(strings), texts=self.texts[strings])

    def save(self, path: Path) -> None:
        """Write them as one file."""
        with replacing(path) as file:
            np.savez(file, **vars(self))

    @staticmethod
    def load(path: Path) -> "LabelledSegments":
        """Read what `save` has written."""
        with np.load(path) as archive:
            return LabelledSegments(**archive)


def targets_of(segments: LabelledSegments, grammar: Graph) -> list[np.ndarray]:
    """What the grammar writes for the text of each string, as labels (n,): its one way of reading it. Raises ValueError where it
    knows none."""
    targets = []
    for text in segments.texts:
        labels = [CLASSES.index(character_of(character)) + 1 for character in text.replace(" ", "")]
        sequences = best_sequences(compose(chain(labels), grammar), 1)[0]
        if not sequences:
            raise ValueError(f"The grammar does not know the amount {text!r}, which was drawn to be written.")
        targets.append(np.array(sequences[0].labels, np.int32))
    return targets


def label_segments(segments: PageSegments, amount: WrittenAmount) -> np.ndarray:
    """Class (S,) int64 of each segment of a made-up amount: an index into CLASSES, or UNCLEAR."""
    count, length = len(segments.cuts) - 1, len(amount.text)
    inked = segments.piece_map >= 0
    cells = segments.piece_map[inked].astype(int) * (length + 1) + (amount.owner[inked] - NOBODY)
    ink = np.bincount(cells, minlength=count * (length + 1)).reshape(count, length + 1)
    summed = np.concatenate([np.zeros((1, length + 1), int), np.cumsum(ink, 0)])
    inside = summed[segments.last] - summed[segments.first]
    whole = inside[:, 1:] / np.maximum(ink[:, 1:].sum(0), 1)
    pure = inside[:, 1:] / np.maximum(inside.sum(1, keepdims=True), 1)
    character = (np.minimum(whole / _WHOLE, pure / _PURE)).argmax(1)
    index = np.arange(len(segments))
    characters = map(character_of, amount.text)
    names = np.array([CLASSES.index(each) if each in CLASSES else JUNK for each in characters])
    is_character = (whole[index, character] >= _WHOLE) & (pure[index, character] >= _PURE)
    is_junk = (whole[index, character] <= _PART) | (pure[index, character] <= _MIXED)
    labels: np.ndarray = np.where(is_character, names[character], np.where(is_junk, JUNK, UNCLEAR))
    return labels


def make_segments(hands: dict[str, list[Hand]], strings: int, generator: np.random.Generator) -> LabelledSegments:
    """Write, cut and label so many amounts; those that the segmenter refuses are left out."""
    parts = []
    for _ in range(strings):
        amount = write_amount(draw_text(generator), hands, generator)
        try:
            segments = segment_page(Page(amount.grey))
        except InputError:
            continue
        images = (segments.images * 255).astype(np.uint8)
        classes = label_segments(segments, amount)
        ends, texts = np.array([len(segments)]), np.array([amount.text])
        part = LabelledSegments(images, segments.features, classes, segments.first, segments.last, ends, texts)
        parts.append(part)
    return LabelledSegments.join(parts)
