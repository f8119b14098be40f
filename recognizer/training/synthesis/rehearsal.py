"""Words that no person wrote, which come with the program: old material that is mixed in where a person's corrections are learnt,
and a fixed sample to measure on. Training data may not come with it.

    python -m recognizer.training.synthesis.rehearsal resources/rehearsal.npz
"""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from recognizer.files import replacing
from recognizer.ink import Ink
from recognizer.platform import resources_folder
from recognizer.training.data.inksets import load_inkset, packed

FILE = resources_folder() / "rehearsal.npz"
MIXED_IN, MEASURED = "train", "val"  # the splits of the file
WORDS = {MIXED_IN: 100, MEASURED: 40}
NUMBERS = 0.15  # share of numbers among them
LONGEST = 9  # letters
HEIGHT = 60.0  # px of a digit

Sample = tuple[Ink, str]


@cache
def rehearsal(split: str) -> tuple[Sample, ...]:
    """The words of a split. Raises InputError where the file is missing."""
    from recognizer.training.data.inksets import ink_of

    inkset = load_inkset(FILE)
    return tuple((ink_of(inkset, int(k)), str(inkset.labels[k])) for k in inkset.of_split(split))


def make(path: Path) -> None:
    """Write the file: each word in a hand of its own, so that slants, gaps and sizes differ."""
    from recognizer.language.lexicon import english
    from recognizer.training.synthesis.samples import Style, write

    generator = np.random.default_rng(1998)
    words = [word for word in english() if word.isalpha() and word.islower() and 2 <= len(word) <= LONGEST]
    texts = [_text(words, generator) for _ in range(sum(WORDS.values()))]
    inks = []
    for text in texts:
        hand = Style(
            slant=generator.uniform(-0.2, 0.5),
            gap=generator.uniform(0, 0.25),
            uneven=generator.uniform(0.01, 0.05),
            wander=generator.uniform(0.02, 0.08),
            speed=generator.uniform(5, 9),
        )
        inks.append(write(text, HEIGHT, hand, generator))
    splits = [split for split, count in WORDS.items() for _ in range(count)]
    arrays = packed(inks, texts, ["nobody"] * len(texts)) | {"split": np.array(splits)}
    with replacing(path) as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def _text(words: Sequence[str], generator: np.random.Generator) -> str:
    if generator.random() < NUMBERS:
        return "".join(generator.choice(list("0123456789"), generator.integers(2, 6)))
    return str(generator.choice(words))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
