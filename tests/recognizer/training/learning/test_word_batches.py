"""Words as they are shown to over-segmentation."""

from pathlib import Path

import numpy as np

from recognizer.ink import amap
from recognizer.language.alphabet import COUNT
from recognizer.training.data.cut_words import make_cut_words
from recognizer.training.data.inksets import load_inkset
from recognizer.training.learning.word_batches import JUNK, batch_of, characters_alone, whole_words
from tests.recognizer.training.toys import write_rings


def test_distorted_words_are_others_and_keep_their_segments(tmp_path: Path) -> None:
    words = make_cut_words(load_inkset(write_rings(tmp_path / "ink.npz", ["abba", "pa"])), "train")
    chosen = np.array([0, 1, 0])
    plain, bent = (batch_of(words, chosen, g) for g in (None, np.random.default_rng(3)))
    assert plain.images.shape == bent.images.shape
    assert np.array_equal(plain.ends, bent.ends)
    assert 0.01 < float(np.abs(plain.images - bent.images).mean()) < 0.2


def test_isolated_characters_are_whole_once_and_their_parts_are_junk(tmp_path: Path) -> None:
    characters = make_cut_words(load_inkset(write_rings(tmp_path / "ink.npz", ["a", "b", "p"])), "train")
    (first, again), (other, _) = (list(characters_alone(characters, number, 2, 5)) for number in (0, 1))
    assert first[0].shape != again[0].shape or not np.array_equal(first[0], again[0])
    assert first[0].shape != other[0].shape or not np.array_equal(first[0], other[0])
    images, features, classes, weights = (value.numpy() for value in first)
    assert len(images) == len(features) == len(classes)
    assert (classes != JUNK).sum() == 5
    assert (weights[classes == JUNK] < 1).all()
    assert (weights[classes != JUNK] == 1).all()


def test_a_pass_shows_each_set_as_often_as_it_should(tmp_path: Path) -> None:
    sets = {
        name: make_cut_words(load_inkset(write_rings(tmp_path / f"{name}.npz", texts)), "train")
        for name, texts in {"words": ["ab", "ba"], "text": ["abba"]}.items()
    }
    batches = list(whole_words(sets, {"words": 2, "text": 1}, 10_000, 1, 0))
    assert sorted(batch[6].tolist() for batch in batches) == [[2, 2], [2, 2], [4]]
    for images, features, gap, first, last, ends, lengths, labels in batches:
        assert len(images) == len(features) == int((~gap).sum())
        assert len(first) == len(last) == len(gap) == int(ends[-1])
        assert len(labels) == int(lengths.sum())
        assert int(labels.max()) <= COUNT
        assert images.shape[1] > amap.CHANNELS
