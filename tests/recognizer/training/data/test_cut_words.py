"""Words in segments as recipes learn them: made once, and the pictures that readers see."""

from pathlib import Path

import numpy as np

from recognizer.ink.word_segments import segment_text
from recognizer.training.data.cut_words import load_cut_words
from recognizer.training.data.inksets import ink_of, load_inkset
from recognizer.training.learning.word_batches import batch_of
from tests.recognizer.training.toys import write_rings


def test_a_cache_is_made_once_and_holds_what_readers_see(tmp_path: Path) -> None:
    source, cache = write_rings(tmp_path / "ink.npz", ["ab", "ba b", "ü"]), tmp_path / "cut.npz"
    inkset = load_inkset(source)
    load_cut_words(source, "train", cache)
    source.unlink()
    words = load_cut_words(source, "train", cache)
    assert words.labels.tolist() == ["ab", "bab"]
    batch = batch_of(words, np.array([1, 0]), None)
    seen = [segment_text(ink_of(inkset, k)) for k in (1, 0)]
    assert np.array_equal(batch.gap, np.concatenate([~np.isnan(segments.gaps) for segments in seen]))
    assert np.array_equal(batch.first, np.concatenate([segments.first for segments in seen]))
    images = np.concatenate([segments.images[np.isnan(segments.gaps)] for segments in seen])
    assert float(np.abs(batch.images - images).mean()) < 0.01
