"""Caches of AMAPs and their batches."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.word_amap import ROWS
from recognizer.training.data.word_pictures import by_width, load_word_pictures


def small_set(path: Path) -> Path:
    """Six inks of two writers, one of them with a text that the alphabet cannot write."""
    labels = np.array(["a", "ab", "Ü", "c", "9", "?"])
    strokes = [np.array([[0, 0], [30, 40 + k], [60, 0]], np.int16) for k in range(6)]
    np.savez(
        path,
        pts=np.concatenate(strokes),
        stroke_len=np.array([3] * 6),
        n_strokes=np.array([1] * 6),
        label=labels,
        writer=np.array(["x", "x", "x", "y", "y", "y"]),
        split=np.array(["train"] * 3 + ["val"] * 3),
    )
    return path


def test_a_cache_holds_what_can_be_written_and_is_made_once(tmp_path: Path) -> None:
    source, cache = small_set(tmp_path / "ink.npz"), tmp_path / "cache.npz"
    made = load_word_pictures(source, "train", cache)
    assert made.labels.tolist() == ["a", "ab"]
    source.unlink()
    again = load_word_pictures(source, "train", cache)
    assert np.array_equal(made.columns, again.columns)
    images = again.batch(np.array([1, 0]))
    assert images.shape == (2, CHANNELS, ROWS, max(again.widths))
    assert 0 <= images.min() < images.max() <= 1


@given(st.lists(st.integers(4, 300), min_size=1, max_size=60), st.integers(300, 2000))
def test_batches_hold_every_word_once_and_are_not_too_large(widths: list[int], columns: int) -> None:
    array = np.array(widths)
    batches = list(by_width(array, columns, np.random.default_rng(0)))
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(widths)))
    assert all(array[batch].max() * len(batch) <= columns or len(batch) == 1 for batch in batches)
