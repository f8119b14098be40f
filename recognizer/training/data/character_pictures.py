"""Sets of pictures of isolated characters: computed once from the ink, kept as a cache file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.ink import Ink
from recognizer.ink.character import CHANNELS, SIDE, character_picture
from recognizer.language.alphabet import label_of
from recognizer.training.data.cache import cached
from recognizer.training.data.inksets import InkSet, ink_of, load_inkset
from recognizer.training.data.many import evenly, in_chunks
from recognizer.training.data.word_letters import letters_of_words

CATEGORIES = ("digits", "capitals", "lower case", "symbols")
UNIPEN = ("1a", "1b", "1c", "1d")  # UNIPEN's names of them
_CHUNK = 1000


@dataclass(frozen=True)
class CharacterPictures:
    """N isolated characters."""

    images: np.ndarray  # (N, CHANNELS, SIDE, SIDE) uint8, 255 = 1
    classes: np.ndarray  # (N,) int64: label - 1


def category(character: str) -> int:
    """Index into CATEGORIES."""
    if character.isdigit():
        return 0
    return 1 if character.isupper() else 2 if character.islower() else 3


def load_characters(path: Path, split: str, cache: Path) -> CharacterPictures:
    """The characters of ``split`` in an .npz file of ink, made where ``cache`` does not hold them yet."""
    return CharacterPictures(**cached(cache, lambda: vars(make_characters(load_inkset(path), split))))


def load_letters(path: Path, split: str, model: Path, cache: Path) -> CharacterPictures:
    """Letters of the words of ``split`` in an .npz file of ink, which the over-segmentation ``model`` finds, made where ``cache``
    does not hold them yet."""
    return CharacterPictures(
        **cached(cache, lambda: vars(_painted(*letters_of_words(load_inkset(path), split, model))))
    )


def make_characters(inkset: InkSet, split: str, limit: int | None = None) -> CharacterPictures:
    """The samples of ``split`` that are one character of the alphabet; with a ``limit`` so many, drawn evenly."""
    texts = [str(label) for label in inkset.labels]
    wanted = np.array([i for i in inkset.of_split(split) if len(texts[i]) == 1 and label_of(texts[i])], np.int64)
    wanted = wanted[evenly(len(wanted), limit)]
    return _painted([ink_of(inkset, int(i)) for i in wanted], [label_of(texts[i]) or 1 for i in wanted])


def _painted(inks: list[Ink], labels: list[int]) -> CharacterPictures:
    images = np.array(list(in_chunks(_pictures, inks, _CHUNK)), np.uint8).reshape(-1, CHANNELS, SIDE, SIDE)
    return CharacterPictures(images, np.array(labels, np.int64) - 1)


def _pictures(inks: Sequence[Ink]) -> np.ndarray:
    return np.stack([np.round(character_picture(ink) * 255).astype(np.uint8) for ink in inks])
