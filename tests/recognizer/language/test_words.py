"""The word n-gram as an automaton: what stands in the file is what it charges, and forms are chances."""

import numpy as np
import pytest

from recognizer.gtn.backoff import BackOff
from recognizer.language.words import (
    BEGINNING,
    MARKS,
    SENTENCE,
    TOKENS,
    WITHIN,
    Counted,
    automaton_of,
    english_words,
    forms_of,
)

FIRST = len(TOKENS)  # the first word


def counted() -> Counted:
    """Three words: the second after the first, the third after both, and after the second."""
    tokens = FIRST + 3
    bigrams, second_back_off = np.zeros(tokens, np.uint16), np.arange(tokens, dtype=np.uint8)
    bigrams[[FIRST, FIRST + 1]] = 1, 2
    return Counted(
        unigrams=np.full(tokens, 40, np.uint8),
        bigrams=bigrams,
        second=np.array([FIRST + 1, FIRST, FIRST + 2], np.uint16),
        second_cost=np.array([10, 11, 12], np.uint8),
        second_back_off=second_back_off,
        trigrams=np.array([1, 0, 0], np.uint16),
        third=np.array([FIRST + 2], np.uint16),
        third_cost=np.array([3], np.uint8),
        third_back_off=np.array([5], np.uint8),
        forms=np.zeros((3, 3), np.uint8),
        standing=np.zeros((len(MARKS), 4), np.uint8),
    )


def entry(automaton: BackOff, state: int, symbol: int) -> tuple[int, int]:
    """Cost and following state of what a state lists."""
    entries = slice(automaton.starts[state], automaton.starts[state + 1])
    place = automaton.starts[state] + automaton.symbol[entries].tolist().index(symbol)
    return int(automaton.cost[place]), int(automaton.following[place])


def test_states_follow_each_other_as_words_do() -> None:
    automaton = automaton_of(counted())
    cost, first = entry(automaton, 0, FIRST)
    assert cost == 40
    cost, both = entry(automaton, first, FIRST + 1)
    assert (cost, int(automaton.back_off[both])) == (10, 5)
    assert entry(automaton, both, FIRST + 2) == (3, -1)
    shorter = int(automaton.shorter[both])
    assert entry(automaton, shorter, FIRST + 2)[0] == 12
    assert automaton.shorter[shorter] == 0
    assert int(automaton.back_off[shorter]) == FIRST + 1
    assert len(automaton.starts) - 1 == len(automaton.back_off) == len(automaton.shorter) == len(automaton.kind)
    assert automaton.starts[-1] == len(automaton.symbol) == len(automaton.cost) == len(automaton.following)


def test_kinds_of_histories() -> None:
    automaton = automaton_of(counted())
    assert automaton.kind[automaton.start] == BEGINNING
    for token, kind in ((MARKS["."], SENTENCE), (MARKS['"'], BEGINNING), (MARKS[","], WITHIN), (FIRST, WITHIN)):
        assert automaton.kind[entry(automaton, 0, token)[1]] == kind


def test_forms_are_chances_and_sentences_begin_with_capitals() -> None:
    forms = forms_of(np.array([[1, 30, 60], [90, 2, 60], [90, 60, 1]], np.uint8))
    assert np.allclose(np.exp(-forms[:, FIRST:]).sum(2), 1, atol=0.2)
    small, name, letters = range(FIRST, FIRST + 3)
    assert forms[WITHIN, small, 0] < forms[WITHIN, small, 1]
    assert forms[SENTENCE, small, 1] < forms[SENTENCE, small, 0]
    assert forms[SENTENCE, name, 1] < 0.5 > forms[WITHIN, name, 1]
    assert forms[SENTENCE, letters, 2] < 0.5
    assert np.all(forms[:, :FIRST] == 0)


def test_the_n_gram_that_comes_with_the_program() -> None:
    model = english_words()
    automaton, numbers = model.automaton, model.numbers

    def after(*words: str) -> int:
        state = 0
        for word in words:
            state = entry(automaton, state, numbers[word])[1]
        return state

    assert entry(automaton, after("of"), numbers["the"])[0] < entry(automaton, 0, numbers["the"])[0]
    assert entry(automaton, after("united"), numbers["states"])[0] < entry(automaton, 0, numbers["states"])[0] / 3
    assert model.forms[WITHIN, numbers["london"], 1] < model.forms[WITHIN, numbers["house"], 1]
    state = after("of")
    listed = automaton.symbol[automaton.starts[state] : automaton.starts[state + 1]]
    assert np.all(np.diff(listed.astype(int)) > 0)
    assert automaton.unit * 255 == pytest.approx(23, abs=5)
