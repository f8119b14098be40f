"""The language: every text can be written, words of the lexicon cheaply, and every path counts what it should."""

import gc
import gzip
import math
import os
import weakref
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import Graph, chain, compose, viterbi
from recognizer.language.alphabet import (
    BLANK,
    CHARACTERS,
    COUNT,
    NEWLINE,
    SPACE,
    SYMBOLS,
    is_word,
    label_of,
    labels_of,
)
from recognizer.language.lexicon import MAX_BEGINNINGS, MAX_LETTERS, english, read_lexicon, with_own
from recognizer.language.ngram import character_model, english_characters
from recognizer.language.prices import LINES
from recognizer.language.text import Language, text_language
from recognizer.language.words import CLOSING, JOINING

WORDS = {"he": 1.0, "hello": 4.0, "she": 2.0, "a": 3.0, "don't": 5.0}
OWN = {"qib": 1.0, "qibble": 4.0}  # that the n-gram does not know
words = st.text("".join(CHARACTERS), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return text_language(WORDS).graph


@pytest.fixture(scope="module")
def free() -> Graph:
    return text_language(None).graph


def written(text: str) -> Graph:
    return chain([{" ": SPACE}.get(c) or label_of(c) or 0 for c in text])


def penalty(graph: Graph, text: str) -> float:
    return float(viterbi(compose(written(text), graph))[0])


def charged(language: Language, text: str) -> float:
    """With what the n-gram charges."""
    recognition = written(text)
    return float(viterbi(language.weighed(compose(recognition, language.graph), recognition))[0])


@given(words)
def test_labels_write_what_they_were_made_from(text: str) -> None:
    labels = labels_of(text)
    assert labels is not None
    assert "".join(SYMBOLS[label] for label in [*labels, BLANK]) == text
    assert max(labels) <= COUNT < SPACE < NEWLINE < BLANK == len(SYMBOLS) - 1


@pytest.mark.parametrize("text", ["", "a b", "ö", "\t", "€5"])
def test_what_the_alphabet_cannot_write_has_no_labels(text: str) -> None:
    assert labels_of(text) is None


@given(st.text(max_size=4) | words)
def test_a_word_is_what_has_labels(text: str) -> None:
    assert is_word(text) == (labels_of(text) is not None)


def test_those_that_read_with_the_same_language_share_it_and_it_goes_with_the_last() -> None:
    lexicon = {"in": 1.0, "out": 2.0}
    one = text_language(lexicon, blank=BLANK)
    assert text_language(dict(lexicon), blank=BLANK) is one
    assert text_language(lexicon) is not one
    assert text_language({"in": 1.0}, blank=BLANK) is not one
    kept = weakref.ref(one)
    del one
    gc.collect()
    assert kept() is None


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(text=words)
def test_any_word_can_be_written_at_the_price_of_the_escape_at_most(text: str, graph: Graph, free: Graph) -> None:
    words = 1 + sum(text.count(mark) for mark in JOINING)
    assert penalty(graph, text) <= penalty(free, text) + words * LINES.escape + 1e-3


@pytest.mark.parametrize("unknown", ["Dallases", "xqj"])
def test_marks_behind_unknown_words_cost_what_they_do_behind_others(unknown: str, graph: Graph, free: Graph) -> None:
    for mark in CLOSING.replace("-", ""):  # which may break a word too
        price = penalty(graph, f"hello{mark}") - penalty(graph, "hello")
        for each in (graph, free):
            assert penalty(each, f"{unknown}{mark}") <= penalty(each, unknown) + price + 1e-3
    assert penalty(graph, f"{unknown}'s.") < penalty(graph, unknown) + LINES.escape + 2 * LINES.after


def test_words_of_the_lexicon_are_cheap_in_every_form() -> None:
    graph = text_language(OWN).graph
    least = penalty(graph, "qib")
    assert penalty(graph, "Qib") == pytest.approx(least + LINES.capitalised, abs=1e-3)
    assert penalty(graph, "QIB") == pytest.approx(least + LINES.capitals, abs=1e-3)
    assert penalty(graph, "qib,") == pytest.approx(least + LINES.after, abs=1e-3)
    assert penalty(graph, "qibble") - least == pytest.approx(LINES.frequency * 3.0, abs=1e-3)
    assert penalty(graph, "qibble") < penalty(graph, "qibblx")


def test_words_may_be_possessive_or_joined_by_a_hyphen(graph: Graph) -> None:
    for text in ("she's", "hello-she", "SHE'S"):
        assert penalty(graph, text) < penalty(graph, "xjq") + penalty(graph, "xjq")
        assert penalty(graph, text) < math.inf


def test_a_hyphen_breaks_words_at_the_ends_of_lines_only(graph: Graph) -> None:
    assert penalty(graph, "she hel-") < penalty(graph, "she xqj-") - LINES.escape / 2
    assert penalty(graph, "she hel-") < penalty(graph, "hel- she") - LINES.escape / 2


@pytest.mark.parametrize(
    ("usual", "rare"),
    [
        ("he-she", "he- she"),
        ("he - she", "he -she"),
        ("he. She", "he .She"),
        ('he, "she', 'he , "she'),
    ],
)
def test_marks_stand_where_they_do_in_print(graph: Graph, usual: str, rare: str) -> None:
    assert penalty(graph, usual) < penalty(graph, rare)


def test_words_are_charged_by_those_before_them() -> None:
    language = text_language({"united": 9.0, "states": 9.0, "stages": 9.0, "the": 3.0})
    assert charged(language, "united states") < charged(language, "united stages")
    assert charged(language, "the united states") < charged(language, "united the states")
    alone = charged(language, "stages") - charged(language, "states")
    assert charged(language, "united stages") - charged(language, "united states") > alone + 0.5


def test_capitals_are_expected_where_sentences_begin() -> None:
    language = text_language({"the": 3.0, "end": 7.0, "london": 8.0})
    assert charged(language, "the end. The end") < charged(language, "the end. the end")
    assert charged(language, "end the") < charged(language, "end The")
    assert charged(language, "the London") < charged(language, "the london")


def test_a_list_of_words_says_what_they_cost_by_themselves() -> None:
    for penalties in ({"the": 0.0, "stages": 0.0}, {"the": 9.0, "stages": 0.0}):
        language = text_language(penalties)
        for word in penalties:
            assert charged(language, word) == pytest.approx(penalty(language.graph, word), abs=1e-3)


def test_what_an_n_gram_does_not_know_costs_what_the_lexicon_says() -> None:
    language = text_language({"the": 3.0, "qib": 1.0})
    assert charged(language, "qib qib") == pytest.approx(penalty(language.graph, "qib qib"), abs=1e-3)


def test_without_a_lexicon_words_follow_each_other_freely(free: Graph) -> None:
    assert charged(text_language(None), "of the") == pytest.approx(penalty(free, "of the"), abs=1e-3)


def test_origins_of_what_is_charged_are_those_of_the_composition() -> None:
    language, recognition = text_language(WORDS), written("he, she")
    found = language.weighed(compose(recognition, language.graph), recognition)
    of_recognition, of_language = found.origins
    inked = of_recognition >= 0
    assert np.array_equal(recognition.label[of_recognition[inked]], found.label[inked])
    assert np.array_equal(language.graph.output[of_language], found.output)


def test_words_follow_each_other_and_their_penalties_add(graph: Graph) -> None:
    assert penalty(graph, "he don't she") == pytest.approx(
        sum(penalty(graph, w) for w in ("he", "don't", "she")), abs=1e-3
    )
    assert penalty(graph, "he  she") == math.inf
    assert penalty(text_language(WORDS, several=False).graph, "he she") == math.inf


def test_the_n_gram_is_a_distribution_and_knows_what_it_was_taught() -> None:
    model = character_model({"abab": 10.0, "abc": 5.0})
    assert np.allclose(np.exp(-model.penalties).sum(1), 1, atol=1e-4)
    after_ab = model.following[model.following[0, label_of("a")], label_of("b")]
    a, c, x = (model.penalties[after_ab, label_of(letter)] for letter in "acx")
    assert a < c < x


def test_the_n_gram_that_comes_with_the_program(free: Graph) -> None:
    assert np.allclose(np.exp(-english_characters().penalties).sum(1), 1, atol=0.02)
    assert penalty(free, "nation") < penalty(free, "tnaoin") - 5 * LINES.freely
    assert penalty(free, "1998") < penalty(free, "q1x8")


def test_the_lexicon_that_comes_with_the_program() -> None:
    lexicon = english()
    assert len(lexicon) >= 25_000
    assert lexicon["the"] < lexicon["handwriting"]


def test_a_list_of_words_is_read_plain_or_packed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna\n\nOtto\t2.5\n")
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"Anna\nOtto\t2.5\n"))
    expected = {"Otto": 2.5, "Anna": 0.0}
    assert read_lexicon(tmp_path / "a.txt") == read_lexicon(tmp_path / "b.gz") == expected


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"two words\n", b"\xff\xfe\x00", b"a\tx\n", b"a\t-1\n", b"a\tnan", b"\x1f\x8bnot"]
)
def test_what_is_no_list_of_words_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "words.txt").write_bytes(content)
    with pytest.raises(InputError):
        read_lexicon(tmp_path / "words.txt")
    with pytest.raises(InputError):
        read_lexicon(tmp_path / "none.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_no_list_of_words_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no ordinary file"):
        read_lexicon(tmp_path / "pipe")


def test_words_are_counted_by_what_their_trie_takes(tmp_path: Path) -> None:
    count = 2 * MAX_BEGINNINGS // MAX_LETTERS
    long, shared = (
        [f"{number:06}"[::step].ljust(MAX_LETTERS, "y")[::step] for number in range(count)] for step in (1, -1)
    )
    for name, words in {"one": ["a" * 10_000_000], "long": long, "shared": shared}.items():
        (tmp_path / name).write_text("\n".join(words))
    assert len(read_lexicon(tmp_path / "shared")) == count
    with pytest.raises(InputError, match=r"line 1: 'a{40}' is no word"):
        read_lexicon(tmp_path / "one")
    with pytest.raises(InputError, match="more than 1,000,000 different beginnings"):
        read_lexicon(tmp_path / "long")
    with pytest.raises(InputError, match="more than 1,000,000 different beginnings"):
        with_own(WORDS, long)


def test_own_words_are_as_cheap_as_common_ones_and_none_gets_dearer() -> None:
    own = with_own({**WORDS, "rare": 14.0}, ["rare", "Inklattice", "he"])
    assert own["he"] == WORDS["he"]
    assert own["rare"] == own["Inklattice"] < 14.0
    assert penalty(text_language(own).graph, "Inklattice") < penalty(text_language(WORDS).graph, "Inklattice")
