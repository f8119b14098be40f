"""The recipe of the word n-gram: counts of running text over the words of the lexicon."""

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from recognizer.files import replacing
from recognizer.language.lexicon import english
from recognizer.language.words import (
    MARKS,
    NUMBER,
    POSSESSIVE,
    SENTENCE_ENDS,
    TOKENS,
    UNIT,
    UNKNOWN,
    Counted,
    Standing,
    numbered,
)
from recognizer.training.data.running_text import paragraphs, standing_of, tokens_of
from recognizer.training.learning.loop import Run
from recognizer.training.learning.word_counts import Grams, estimate

_HELD = 100  # one paragraph of so many is left out, and tells the perplexity
# The share of the lexicon's frequencies, beside those of the texts, where nothing is known of the words before.
_MIXED = 0.5
_CAREFUL = 0.2  # of the sentences of a text, so many at most begin small where it is believed about capitals
# Forms of a word that is not seen, and as how many of it they count.
_FORMS, _BELIEF = np.array([0.94, 0.05, 0.01]), 3.0
_LARGEST = 255


@dataclass(frozen=True)
class Settings:
    """What is kept."""

    gains: tuple[float, float] = (4.0, 8.0)  # what keeping a bigram or a trigram must gain the texts [nats]


SETTINGS = Settings()


def make_language(run: Run, settings: Settings) -> None:
    """Write the word n-gram (.npz) of the texts in the folder text of the data. Raises InputError where there are none."""
    words = english()
    numbers = numbered(words)
    stream, held, forms = _read(paragraphs(run.data / "text"), numbers)
    standing = _standing(line for _, lines in paragraphs(run.data / "text") for line in lines)
    run.report(f"{len(stream[0]):,} tokens, {(stream[0] == UNKNOWN).mean():.1%} unknown")
    base = _base(*stream, np.exp(-np.array(list(words.values()))))
    bigrams, trigrams = estimate(*stream, base, gains=settings.gains)
    run.report(f"{len(bigrams.token):,} bigrams, {len(trigrams.token):,} trigrams")
    seen = perplexity(*held, base, bigrams, trigrams)
    run.report(
        f"perplexity of {len(held[0]):,} tokens held out: {seen[0]:.0f}, by bigrams {seen[1]:.0f}, by words {seen[2]:.0f}"
    )
    with replacing(run.out) as file:
        np.savez_compressed(file, **_packed(base, bigrams, trigrams, forms, standing)._asdict())


Stream = tuple[np.ndarray, np.ndarray]  # tokens (N,), and whether they are in the text (N,) or only part its paragraphs


def _read(texts: Iterable[tuple[str, list[str]]], numbers: dict[str, int]) -> tuple[Stream, Stream, np.ndarray]:
    """What is counted, what is held out, and how often each word (words, 3) is written in each form within sentences.
    A paragraph that stands several times counts once."""
    kept, held, known = _Stream(), _Stream(), set()
    forms = np.zeros((len(numbers), 3))
    for _, lines in texts:
        written = [tokens_of(line) for line in dict.fromkeys(lines) if line not in known]
        known.update(lines)
        careful = _careful(written)
        for tokens in written:
            if tokens:
                chosen = held if zlib.crc32(" ".join(tokens).encode()) % _HELD == 0 else kept
                chosen.add([number for token in tokens for number in _numbers(token, numbers)])
                if careful:
                    _count_forms(tokens, numbers, forms)
    return kept.arrays(), held.arrays(), forms


class _Stream:
    """Paragraphs one after the other, full stops between those that do not end with one."""

    def __init__(self) -> None:
        self.tokens, self.counted = [MARKS["."]], [False]

    def add(self, tokens: list[int]) -> None:
        self.tokens += tokens
        self.counted += [True] * len(tokens)
        if tokens[-1] not in _STOPS:
            self.tokens.append(MARKS["."])
            self.counted.append(False)

    def arrays(self) -> Stream:
        return np.array(self.tokens, np.int32), np.array(self.counted)


_STOPS = {MARKS[mark] for mark in SENTENCE_ENDS}


def _numbers(token: str, numbers: dict[str, int]) -> tuple[int, ...]:
    """The tokens of the n-gram that a token of text is."""
    if token in MARKS:
        return (MARKS[token],)
    if token[0].isdigit():
        return (NUMBER,)
    word = token.lower()
    if word in numbers:
        return (numbers[word],)
    if word.endswith(TOKENS[POSSESSIVE]):
        return numbers.get(word[:-2], UNKNOWN), POSSESSIVE
    return (UNKNOWN,)


def _careful(paragraphs: list[list[str]]) -> bool:
    """Whether sentences begin with capitals."""
    begins = [b[0] for tokens in paragraphs for a, b in pairwise(tokens) if a == "." and b[0].isalpha()]
    return sum(letter.islower() for letter in begins) <= _CAREFUL * len(begins)


def _count_forms(tokens: list[str], numbers: dict[str, int], forms: np.ndarray) -> None:
    """Count the forms of words that follow a word, a number or a comma."""
    for before, token in pairwise(tokens):
        number = numbers.get(token.lower()) if before[0].isalnum() or before == "," else None
        if number is not None:
            form = (
                0
                if token.islower()
                else 1
                if token[1:].islower() or len(token) == 1
                else 2
                if token.isupper()
                else None
            )
            if form is not None:
                forms[number - len(TOKENS), form] += 1


def _standing(paragraphs: Iterable[str]) -> np.ndarray:
    """The shares (marks, 4) of the places where each mark stands."""
    counts = np.ones((len(MARKS), len(Standing._fields)))
    rows = {mark: row for row, mark in enumerate(MARKS)}
    for paragraph in paragraphs:
        for mark, place in standing_of(paragraph):
            counts[rows[mark], Standing._fields.index(place)] += 1
    return counts / counts.sum(1, keepdims=True)


def _base(tokens: np.ndarray, counted: np.ndarray, frequencies: np.ndarray) -> np.ndarray:
    """The chance of each token where nothing is known of those before it: by how many different tokens it has followed, and
    words also by the lexicon."""
    size = len(TOKENS) + len(frequencies)
    pairs = np.unique(tokens[:-1][counted[1:]].astype(np.int64) * size + tokens[1:][counted[1:]])
    followed = np.bincount(pairs % size, minlength=size) + np.r_[0.0, np.full(size - 1, 0.1)]
    words = followed[len(TOKENS) :]
    words[:] = (1 - _MIXED) * words + _MIXED * frequencies / frequencies.sum() * words.sum()
    return followed / followed.sum()


def perplexity(
    tokens: np.ndarray, counted: np.ndarray, base: np.ndarray, bigrams: Grams, trigrams: Grams
) -> tuple[float, float, float]:
    """Of a stream (n,) by trigrams, by bigrams, and by tokens alone."""
    size = np.int64(len(base))
    first, second, third = tokens[:-2].astype(np.int64), tokens[1:-1].astype(np.int64), tokens[2:].astype(np.int64)
    alone = base[third]
    place, known = _find(bigrams, second, third, size)
    pairs = np.where(known, bigrams.chance[place], bigrams.back_off[second] * alone)
    pair, has_pair = _find(bigrams, first, second, size)
    place, known = _find(trigrams, pair, third, size)
    triples = np.where(has_pair & known, trigrams.chance[place], np.where(has_pair, trigrams.back_off[pair], 1) * pairs)
    known = counted[2:]
    seen = [math.exp(-float(np.log(chances[known]).mean())) for chances in (triples, pairs, alone)]
    return seen[0], seen[1], seen[2]


def _find(grams: Grams, history: np.ndarray, token: np.ndarray, size: np.int64) -> tuple[np.ndarray, np.ndarray]:
    keys, wanted = grams.history * size + grams.token, history * size + token
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted


def _packed(base: np.ndarray, bigrams: Grams, trigrams: Grams, forms: np.ndarray, standing: np.ndarray) -> Counted:
    counts = np.bincount(trigrams.history, minlength=len(bigrams.token))
    base = np.maximum(base, math.exp(-UNIT * _LARGEST))
    written = forms + _BELIEF * _FORMS
    return Counted(
        unigrams=_steps(base),
        bigrams=np.bincount(bigrams.history, minlength=len(base)).astype(np.uint16),
        second=bigrams.token.astype(np.uint16),
        second_cost=_steps(bigrams.chance),
        second_back_off=_steps(bigrams.back_off),
        trigrams=counts.astype(np.uint16),
        third=trigrams.token.astype(np.uint16),
        third_cost=_steps(trigrams.chance),
        third_back_off=_steps(trigrams.back_off[counts > 0]),
        forms=_steps(written / written.sum(1, keepdims=True)),
        standing=_steps(standing),
    )


def _steps(chances: np.ndarray) -> np.ndarray:
    """Penalties in whole steps."""
    return np.clip(np.round(-np.log(chances) / UNIT), 0, _LARGEST).astype(np.uint8)
