"""A character n-gram of words: how likely each character is after the last few (interpolated, Witten and Bell 1991).

Every history knows every character, so that its graph has no back-off arcs: they would be epsilons between frames.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from recognizer.language.alphabet import COUNT, labels_of
from recognizer.platform import resource

ORDER = 5  # characters of an n-gram, the one that is predicted included
STATES = 12_000  # histories kept, the heaviest ones
_START = 0  # stands before the first character; as a successor, after the last


@dataclass(frozen=True)
class CharacterModel:
    """Histories of up to ORDER - 1 labels as states; state 0 is the beginning of a word."""

    penalties: np.ndarray  # (N, COUNT + 1) float32 [nats]: of each label after each history, column 0 of ending there
    following: np.ndarray  # (N, COUNT + 1) int32: the state after it (column 0 is not used)


def english_characters() -> CharacterModel:
    """The n-gram of English words as people write them, which comes with the program."""
    with np.load(resource("lexicon/characters.npz"), allow_pickle=False) as arrays:
        return CharacterModel(arrays["penalties"].astype(np.float32), arrays["following"].astype(np.int32))


def character_model(texts: Mapping[str, float]) -> CharacterModel:
    """The n-gram of texts with their weights, as if each had been seen so many times."""
    counts: dict[tuple[int, ...], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for text, weight in texts.items():
        labels = [_START, *(labels_of(text) or ())]
        for place, label in enumerate([*labels[1:], _START]):
            for length in range(min(ORDER - 1, place + 1) + 1):
                counts[tuple(labels[place + 1 - length : place + 1])][label] += weight
    weights = {history: sum(after.values()) for history, after in counts.items()}
    kept = sorted(weights, key=lambda history: (-weights[history], history))[:STATES]
    kept = sorted(
        {history[k:] for history in [*kept, (_START,)] for k in range(len(history) + 1)}, key=_beginning_first
    )
    number = {history: state for state, history in enumerate(kept)}
    chances = np.empty((len(kept), COUNT + 1))
    for history in sorted(kept, key=len):
        below = chances[number[history[1:]]] if history else np.full(COUNT + 1, 1 / (COUNT + 1))
        after = counts[history]
        own = np.zeros(COUNT + 1)
        own[list(after)] = list(after.values())
        chances[number[history]] = (own + len(after) * below) / (weights[history] + len(after))
    following = np.zeros((len(kept), COUNT + 1), np.int32)
    for history, state in number.items():
        for label in range(1, COUNT + 1):
            longest = (*history, label)[-(ORDER - 1) :]
            while longest not in number:
                longest = longest[1:]
            following[state, label] = number[longest]
    return CharacterModel(-np.log(chances).astype(np.float32), following)


def _beginning_first(history: tuple[int, ...]) -> tuple[bool, tuple[int, ...]]:
    return history != (_START,), history
