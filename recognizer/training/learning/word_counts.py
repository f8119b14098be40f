"""A pruned back-off n-gram of words from a stream of tokens: absolute discounting, interpolated with the order below.

H. Ney, U. Essen, R. Kneser, "On structuring probabilistic dependences in stochastic language modelling", 1994; what gains too
little is left out by the weighted difference of K. Seymore, R. Rosenfeld, "Scalable backoff language models", 1996.
"""

from typing import NamedTuple

import numpy as np


class Grams(NamedTuple):
    """The n-grams of one order that are kept, ascending by history and token."""

    history: np.ndarray  # (E,) int64: the place of the history among those of the order below; of bigrams a token
    token: np.ndarray  # (E,)
    chance: np.ndarray  # (E,) of the token after the history
    back_off: np.ndarray  # (histories,) what is left to other tokens, in terms of the order below; 1 where none is kept


def estimate(
    tokens: np.ndarray, counted: np.ndarray, base: np.ndarray, *, gains: tuple[float, float]
) -> tuple[Grams, Grams]:
    """Bigrams and trigrams of a stream (N,) of ``tokens`` below len(base); those that are not ``counted`` (N,) bool are
    history only. ``base``: chances without history. ``gains``: how much keeping an n-gram must gain the stream [nats], by order.
    """
    size = np.int64(len(base))
    second = tokens[:-1].astype(np.int64) * size + tokens[1:]
    keys, seen = np.unique(second[counted[1:]], return_counts=True)
    history, token = keys // size, keys % size
    chance, left = discounted(history, seen, base[token], len(base))
    kept = seen * np.log(chance / (left[history] * base[token])) > gains[0]
    bigrams = Grams(history[kept], token[kept], chance[kept], _back_off(history, chance, base[token], kept, len(base)))
    of_pair = np.searchsorted(keys[kept], second)
    of_pair[of_pair == kept.sum()] = 0
    known = keys[kept][of_pair] == second  # trigrams are counted after bigrams that are kept
    usable = known[:-1] & counted[2:]
    keys3, seen3 = np.unique(of_pair[:-1][usable] * size + tokens[2:][usable], return_counts=True)
    pair, token3 = keys3 // size, keys3 % size
    middle = bigrams.token[pair]
    where = np.searchsorted(keys, middle * size + token3)  # every trigram's end was counted as a bigram
    lower = chance[where]
    chance3, left3 = discounted(pair, seen3, lower, len(bigrams.token))
    kept3 = seen3 * np.log(chance3 / (left3[pair] * lower)) > gains[1]
    # Below, where the bigram itself was left out, stands what its own back-off makes of it.
    below = np.where(kept[where], lower, bigrams.back_off[middle] * base[token3])
    back_off = _back_off(pair, chance3, below, kept3, len(bigrams.token))
    return bigrams, Grams(pair[kept3], token3[kept3], chance3[kept3], back_off)


def discounted(
    history: np.ndarray, seen: np.ndarray, lower: np.ndarray, histories: int
) -> tuple[np.ndarray, np.ndarray]:
    """The chances (E,) of n-grams that were ``seen`` so often, and what each history leaves to the order below."""
    once, twice = (seen == 1).sum(), (seen == 2).sum()
    discount = (once + 1) / (once + 2 * twice + 2)  # of so few that none was seen once there is something left too
    total = np.bincount(history, seen, minlength=histories)
    kinds = np.bincount(history, minlength=histories)
    left = np.where(total > 0, discount * kinds / np.maximum(total, 1), 1.0)
    return (seen - discount) / total[history] + left[history] * lower, left


def _back_off(
    history: np.ndarray, chance: np.ndarray, lower: np.ndarray, kept: np.ndarray, histories: int
) -> np.ndarray:
    own = np.bincount(history[kept], chance[kept], minlength=histories)
    below = np.bincount(history[kept], lower[kept], minlength=histories)
    return np.maximum(1 - own, 1e-4) / np.maximum(1 - below, 1e-4)
