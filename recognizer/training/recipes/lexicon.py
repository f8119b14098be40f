"""The recipe of the language: the most frequent English words (from the wordfreq package), and a character n-gram of them."""

import gzip
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.files import replacing, write_file
from recognizer.language.ngram import character_model
from recognizer.training.learning.loop import Run

_LOWER, _TITLE, _UPPER = 0.7, 0.15, 0.15  # of the words that the n-gram is taught
_TAUGHT = 300_000.0  # words in all
_NUMBERS, _MARKS = 0.06, 0.02  # made-up numbers and single marks, as a share of them
_FREQUENCY = 0.5  # power of its frequency that a word is taught with
_WORD = re.compile(r"[a-z]+('[a-z]+)?")


@dataclass(frozen=True)
class Settings:
    """How many words are taken."""

    words: int = 40_000


SETTINGS = Settings()


def make_lexicon(run: Run, settings: Settings) -> None:
    """Write a word and its penalty, -log of its frequency [nats], on each line, most frequent first, and beside it
    the n-gram, characters.npz. No data is used. Raises InputError where wordfreq is lacking."""
    try:
        import wordfreq
    except ImportError as error:
        raise InputError("The lexicon is made from the package wordfreq: pip install 'inklattice[study]'.") from error
    words = [word for word in wordfreq.iter_wordlist("en", "large") if _WORD.fullmatch(word)][: settings.words]
    lines = [f"{word}\t{-math.log(wordfreq.word_frequency(word, 'en')):.2f}\n" for word in words]
    write_file(run.out, gzip.compress("".join(lines).encode(), mtime=0))
    run.report(f"{len(lines)} words")
    model = character_model(taught(dict(line.split("\t") for line in lines)))
    penalties, following = model.penalties.astype(np.float16), model.following.astype(np.int16)
    with replacing(run.out.with_name("characters.npz")) as file:
        np.savez_compressed(file, penalties=penalties, following=following)
    run.report(f"{len(model.penalties)} histories")


def taught(words: Mapping[str, float | str]) -> dict[str, float]:
    """What the n-gram is taught, with weights: the words as they stand, capitalised and in capitals, numbers and marks."""
    weights = {word: math.exp(-_FREQUENCY * float(penalty)) for word, penalty in words.items()}
    scale = _TAUGHT / sum(weights.values())
    texts: dict[str, float] = {}
    for word, weight in weights.items():
        for form, share in ((word, _LOWER), (word.capitalize(), _TITLE), (word.upper(), _UPPER)):
            texts[form] = texts.get(form, 0.0) + weight * scale * share
    digits, marks = "0123456789", [chr(code) for code in range(33, 127) if not chr(code).isalnum()]
    forms = (
        "{a}",
        "{a}{b}",
        "{a}{b}{a}",
        "{b}{a}{a}{b}",
        "{a},{b}{a}{b}",
        "{a}.{b}{a}",
        "${a}{b}",
        "{a}{b}%",
        "{a}:{b}{a}",
    )
    numbers = [form.format(a=a, b=b) for form in forms for a in digits for b in digits]
    for kind, share in ((numbers, _NUMBERS), (marks, _MARKS)):
        for text in kind:
            texts[text] = texts.get(text, 0.0) + _TAUGHT * share / len(kind)
    return texts
