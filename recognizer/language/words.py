"""The word n-gram that comes with the program: how likely each word or mark is after the two before it, and how it is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from recognizer.gtn.backoff import BackOff
from recognizer.language.lexicon import english
from recognizer.platform import resource

OPENING, CLOSING = "\"'([", ".,;:!?)]\"'-"
JOINING = "-."  # between two words without spaces: well-known, U.S.
SENTENCE_ENDS = ".!?"
# The tokens before the words of the lexicon: none, a number, a word that the lexicon does not know, a possessive's end, marks.
NUMBER, UNKNOWN, POSSESSIVE = 1, 2, 3
TOKENS = ("", "0", "?", "'s", *dict.fromkeys(OPENING + CLOSING))
MARKS = {mark: number for number, mark in enumerate(TOKENS) if number > POSSESSIVE}
UNIT = 0.09  # of what the file says of penalties [nats]

# Kinds of history: nothing or an opening mark, the end of a sentence, any other token.
BEGINNING, SENTENCE, WITHIN = range(3)
SLOPPY = 0.05  # of the words that begin a sentence, and are no names, are written small


class Standing(NamedTuple):
    """Penalties [nats] of where a mark stands, of those that are in running text."""

    before: float  # a word, which it touches, after a space
    after: float  # a word or a mark, which it touches
    between: float  # two words, and touches both
    alone: float  # between spaces


class Counted(NamedTuple):
    """What the file holds; penalties in steps of UNIT, as uint8. V tokens, E bigrams, T trigrams, ascending by history and token."""

    unigrams: np.ndarray  # (V,) penalties without history
    bigrams: np.ndarray  # (V,) how many are kept after each token
    second: np.ndarray  # (E,) uint16 the token after it
    second_cost: np.ndarray  # (E,)
    second_back_off: np.ndarray  # (V,) penalties of backing off from each token
    trigrams: np.ndarray  # (E,) uint16 how many are kept after each bigram
    third: np.ndarray  # (T,) uint16
    third_cost: np.ndarray  # (T,)
    third_back_off: np.ndarray  # of each bigram that has some
    forms: np.ndarray  # (words, 3) penalties of writing a word within a sentence as it stands, capitalised, in capitals
    standing: np.ndarray  # (marks, 4) as `Standing` has them


@dataclass(frozen=True)
class WordModel:
    """The n-gram as an automaton, and the numbers of the words that it knows."""

    automaton: BackOff  # its states are of the kinds BEGINNING, SENTENCE and WITHIN
    numbers: dict[str, int]  # of words
    forms: np.ndarray  # (kinds, tokens, 3) float32 [nats]: of writing a token as it stands, capitalised or in capitals
    standing: dict[str, Standing]  # of each mark


@cache
def english_words() -> WordModel:
    """The n-gram of English, counted in running text."""
    with np.load(resource("lexicon/words.npz"), allow_pickle=False) as arrays:
        counted = Counted(*(arrays[name] for name in Counted._fields))
    standing = {mark: Standing(*row) for mark, row in zip(MARKS, (UNIT * counted.standing).tolist(), strict=True)}
    return WordModel(automaton_of(counted), numbered(english()), forms_of(counted.forms), standing)


def numbered(words: Iterable[str]) -> dict[str, int]:
    """The number of each word among the tokens."""
    return {word: number for number, word in enumerate(words, len(TOKENS))}


def automaton_of(counted: Counted) -> BackOff:
    """States: the empty history, the beginning, one for each token, one for each bigram that trigrams begin with."""
    tokens = len(counted.unigrams)
    longer = np.flatnonzero(counted.trigrams)
    of_token = np.arange(2, tokens + 2, dtype=np.int32)
    after_bigram = of_token[counted.second]
    after_bigram[longer] = tokens + 2 + np.arange(len(longer))
    sizes = np.concatenate([[tokens, 0], counted.bigrams, counted.trigrams[longer]])
    kinds = np.full(tokens, WITHIN, np.uint8)
    kinds[[MARKS[mark] for mark in OPENING]] = BEGINNING
    kinds[[MARKS[mark] for mark in SENTENCE_ENDS]] = SENTENCE
    none = np.zeros(2, np.uint8)
    return BackOff(
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        symbol=np.concatenate([np.arange(tokens, dtype=np.uint16), counted.second, counted.third]),
        cost=np.concatenate([counted.unigrams, counted.second_cost, counted.third_cost]),
        following=np.concatenate([of_token, after_bigram, np.full(len(counted.third), -1, np.int32)]),
        shorter=np.concatenate([np.zeros(tokens + 2, np.int32), of_token[counted.second[longer]]]),
        back_off=np.concatenate([none, counted.second_back_off, counted.third_back_off]),
        kind=np.concatenate([[WITHIN, BEGINNING], kinds, kinds[counted.second[longer]]]).astype(np.uint8),
        unit=UNIT,
        start=1,
    )


def forms_of(within: np.ndarray) -> np.ndarray:
    """The penalties of the forms after each kind of history, (kinds, forms), from those ``within`` a sentence (forms,), in steps."""
    tokens = np.zeros((len(TOKENS), 3), np.uint8)
    chances = np.exp(-UNIT * np.concatenate([tokens, within]).astype(np.float32))
    begins = chances * np.array([SLOPPY, 0, 1], np.float32)
    begins[:, 1] = 1 - begins.sum(1)
    either = (chances + begins) / 2
    forms: np.ndarray = -np.log(np.maximum(np.stack([either, begins, chances]), 1e-6))
    forms[:, : len(TOKENS)] = 0
    return forms
