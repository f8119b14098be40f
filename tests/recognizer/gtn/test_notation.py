"""Grammars: which texts they take, at which penalty, and what they write."""

import re
from itertools import product

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.gtn import best_sequences, chain, compose, forward, grammar, one_of, text, viterbi
from recognizer.gtn.notation import NOTHING, Expression, in_order

CODES = {"a": 1, "b": 2, "$": 3, ",": 4, "junk": 5}
a, b = one_of("a"), one_of("b")


def penalty(expression: Expression, word: str | list[str]) -> float:
    return float(viterbi(compose(chain([CODES[c] for c in word]), grammar(expression, CODES)))[0])


@pytest.mark.parametrize(
    ("expression", "pattern"),
    [
        (text("ab"), "ab"),
        (one_of("ab"), "[ab]"),
        (a | text("bb"), "a|bb"),
        (a.optional() + b, "a?b"),
        (a.many() + b.many(), "a*b*"),
        (a.many(2), "aa+"),
        ((a | b) * 2, "[ab][ab]"),
        (one_of("ab").times(1, 3), "[ab]{1,3}"),
        ((a + b.optional()).many(1), "(ab?)+"),
        ((a.many() + b).many(), "(a*b)*"),
        (text("$").optional() + (a * 2 + (text(",") + a * 2).many() | a.many(1)), r"\$?(aa(,aa)*|a+)"),
        (NOTHING, ""),
        (in_order([a, b + b, text("$")], text(",").optional()), r"a,?bb,?\$|a,?bb|a,?\$|bb,?\$|a|bb|\$"),
    ],
)
def test_takes_what_the_regular_expression_takes(expression: Expression, pattern: str) -> None:
    for length in range(5):
        for word in product("ab$,", repeat=length):
            taken = np.isfinite(penalty(expression, "".join(word)))
            assert taken == bool(re.fullmatch(pattern, "".join(word))), word


def test_penalties_are_paid_on_the_way_they_stand_on() -> None:
    assert penalty(a.at(1.0) + b.optional(0.5), "a") == 1.0
    assert penalty(a.at(1.0) + b.optional(0.5), "ab") == 1.5
    assert penalty(a.many(penalty=0.25), "aaa") == 0.75
    assert penalty(a.times(1, 4, penalty=0.25), "aaa") == 0.75
    assert penalty(one_of({"a": 0.5, "b": 2.0}, penalty=1.0), "b") == 3.0
    assert penalty(text("ab", penalty=0.5), "ab") == 0.5
    assert penalty(a.at(2.0) | a.at(1.0), "a") == 1.0


def test_junk_is_read_and_not_written() -> None:
    junk = one_of(["junk"]).silent().many(penalty=2.0)
    graph = grammar(junk + a.many(1) + junk, CODES)
    reading = compose(chain([5, 5, 1, 1, 5]), graph)
    (best,) = best_sequences(reading, 5)[0]
    assert best.labels == (1, 1)
    assert best.penalty == 6


def test_writes_replaces_what_is_written() -> None:
    reading = compose(chain([1, 2, 1]), grammar((text("ab").writes("$") | a).many(), CODES))
    assert best_sequences(reading, 1)[0][0].labels == (3, 1)


def test_an_unambiguous_expression_counts_each_text_once() -> None:
    graph = grammar((a.optional() + b).many(), CODES)
    assert forward(compose(chain([1, 2, 2, 1, 2]), graph))[0] == pytest.approx(0, abs=1e-6)


def test_a_symbol_without_code_is_named() -> None:
    with pytest.raises(InputError, match="'x'"):
        grammar(text("x"), CODES)


@pytest.mark.parametrize("parts", [[], [a, b.optional()]])
def test_parts_in_order_hold_a_text_each(parts: list[Expression]) -> None:
    with pytest.raises(InputError, match="a text each"):
        in_order(parts)


def test_impossible_repetitions_are_refused() -> None:
    with pytest.raises(InputError, match="3 to 2"):
        a.times(3, 2)
