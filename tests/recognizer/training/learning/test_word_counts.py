"""The word n-gram: chances that sum to one, more of them where more was seen, and little lost by leaving out."""

import numpy as np
import pytest

from recognizer.training.learning.word_counts import Grams, estimate

TOKENS = 6
BASE = np.array([0.0, 0.3, 0.2, 0.2, 0.2, 0.1])


def stream(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Tokens 1 to 5, each often followed by the next one; some are history only."""
    generator = np.random.default_rng(seed)
    tokens = [1]
    for _ in range(3000):
        tokens.append(tokens[-1] % 5 + 1 if generator.random() < 0.6 else int(generator.integers(1, TOKENS)))
    return np.array(tokens, np.int32), generator.random(len(tokens)) < 0.95


def chance(bigrams: Grams, trigrams: Grams, *tokens: int) -> float:
    """Of the last token after those before it, by the definition of back-off."""
    *history, token = tokens
    if not history:
        return float(BASE[token])
    grams, place = bigrams, history[-1]
    if len(history) == 2:
        known = np.flatnonzero((bigrams.history == history[0]) & (bigrams.token == history[1]))
        if not len(known):
            return chance(bigrams, trigrams, *tokens[1:])
        grams, place = trigrams, int(known[0])
    found = np.flatnonzero((grams.history == place) & (grams.token == token))
    if len(found):
        return float(grams.chance[found[0]])
    return float(grams.back_off[place]) * chance(bigrams, trigrams, *tokens[1:])


@pytest.mark.parametrize("gains", [(-np.inf, -np.inf), (2.0, 4.0), (300.0, 300.0)])
def test_the_chances_after_any_history_sum_to_one(gains: tuple[float, float]) -> None:
    bigrams, trigrams = estimate(*stream(), BASE, gains=gains)
    for first in range(1, TOKENS):
        assert sum(chance(bigrams, trigrams, first, k) for k in range(1, TOKENS)) == pytest.approx(1, abs=1e-3)
        for second in range(1, TOKENS):
            total = sum(chance(bigrams, trigrams, first, second, k) for k in range(1, TOKENS))
            assert total == pytest.approx(1, abs=1e-3)


def test_what_is_often_seen_is_likely_and_what_gains_little_is_left_out() -> None:
    everything, few = (estimate(*stream(), BASE, gains=(gain, gain)) for gain in (-np.inf, 300.0))
    assert chance(*everything, 1, 2) > 0.5 > chance(*everything, 1, 4)
    assert len(few[0].token) < len(everything[0].token)
    assert chance(*few, 1, 2) > 0.5


def test_tokens_that_are_not_counted_are_history_only() -> None:
    tokens = np.array([1, 2] * 50 + [1, 3], np.int32)
    counted = tokens != 2
    bigrams, _ = estimate(tokens, counted, BASE, gains=(-np.inf, -np.inf))
    assert set(zip(bigrams.history.tolist(), bigrams.token.tolist(), strict=True)) == {(2, 1), (1, 3)}
