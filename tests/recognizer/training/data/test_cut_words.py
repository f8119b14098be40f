"""Words in segments as recipes learn them: the pictures that readers see, and the loss by enumeration of every path."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.ink import Ink
from recognizer.ink.word_segments import FEATURES, segment_text
from recognizer.language.alphabet import COUNT, labels_of
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.training.data.cut_words import CutWords, batch_of, load_cut_words, make_cut_words
from recognizer.training.data.inksets import load_inkset
from recognizer.training.recipes import segmentation as segmentation_recipe
from tests.recognizer.ink.test_frames import page


def written(path: Path, texts: list[str]) -> Path:
    """A set of words of rings, each by a writer of its own."""
    inks = [page((0.0, text)) for text in texts]
    strokes = [stroke for ink in inks for stroke in ink.strokes]
    np.savez(
        path,
        pts=np.concatenate(strokes)[:, :2].round().astype(np.int16),
        stroke_len=np.array([len(stroke) for stroke in strokes]),
        n_strokes=np.array([len(ink.strokes) for ink in inks]),
        label=np.array(texts),
        writer=np.array([f"w{k}" for k in range(len(texts))]),
        split=np.array(["train"] * len(texts)),
    )
    return path


def test_a_cache_is_made_once_and_holds_what_readers_see(tmp_path: Path) -> None:
    source, cache = written(tmp_path / "ink.npz", ["ab", "ba b", "ü"]), tmp_path / "cut.npz"
    inkset = load_inkset(source)
    load_cut_words(source, "train", cache)
    source.unlink()
    words = load_cut_words(source, "train", cache)
    assert words.labels.tolist() == ["ab", "bab"]
    batch = batch_of(words, np.array([1, 0]), None)
    seen = [segment_text(Ink(tuple(np.pad(s, ((0, 0), (0, 1))) for s in inkset.strokes(k)))) for k in (1, 0)]
    assert np.array_equal(batch.gap, np.concatenate([~np.isnan(segments.gaps) for segments in seen]))
    assert np.array_equal(batch.first, np.concatenate([segments.first for segments in seen]))
    images = np.concatenate([segments.images[np.isnan(segments.gaps)] for segments in seen])
    assert float(np.abs(batch.images - images).mean()) < 0.01


def test_distorted_words_are_others_and_keep_their_segments(tmp_path: Path) -> None:
    words = make_cut_words(load_inkset(written(tmp_path / "ink.npz", ["abba", "pa"])), "train")
    chosen = np.array([0, 1, 0])
    plain, bent = (batch_of(words, chosen, g) for g in (None, np.random.default_rng(3)))
    assert plain.images.shape == bent.images.shape
    assert np.array_equal(plain.ends, bent.ends)
    assert 0.01 < float(np.abs(plain.images - bent.images).mean()) < 0.2


class _Table(nn.Module):
    """Given penalties, whatever is shown."""

    def __init__(self, penalties: Tensor) -> None:
        super().__init__()
        self.penalties = nn.Parameter(penalties)

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        return self.penalties[: len(images)]


def _enumerated(words: CutWords, word: int, penalties: np.ndarray) -> float:
    """-log P(text) by enumeration of all ways through one word and all names of its segments, gaps being none."""
    rows = slice(words.segment_ends[word] - words.segments[word], words.segment_ends[word])
    first, last = words.first[rows].astype(int), words.last[rows].astype(int)
    target = tuple(label - 1 for label in labels_of(str(words.labels[word])) or [])
    right = everything = 0.0

    def ways(cut: int) -> list[list[int]]:
        if cut == last.max():
            return [[]]
        return [[s, *rest] for s in np.flatnonzero(first == cut) for rest in ways(int(last[s]))]

    classes_of = [np.flatnonzero(np.isfinite(row)) for row in penalties]
    for way in ways(0):
        for classes in itertools.product(*(classes_of[s] for s in way)):
            if any(c == COUNT and last[s] - first[s] > 1 for s, c in zip(way, classes, strict=True)):
                continue
            mass = float(np.exp(-sum(penalties[s, c] for s, c in zip(way, classes, strict=True))))
            everything += mass
            right += mass * (tuple(c for c in classes if c != COUNT) == target)
    return -float(np.log(right / everything))


def test_the_loss_of_whole_words_is_that_of_all_ways_of_cutting_and_naming(tmp_path: Path) -> None:
    words = make_cut_words(load_inkset(written(tmp_path / "ink.npz", ["ab"])), "train")
    batch = batch_of(words, np.array([0]), None)
    penalties = torch.full((len(batch.images), COUNT + 1), torch.inf)
    few = [(labels_of(c) or [0])[0] - 1 for c in "ab"] + [COUNT]
    penalties[:, few] = 2 * torch.rand(len(penalties), 3, generator=torch.Generator().manual_seed(1))
    of_all = np.full((len(batch.gap), COUNT + 1), np.inf)
    of_all[batch.gap, COUNT] = 0
    of_all[~batch.gap] = penalties.numpy()
    expected = _enumerated(words, 0, of_all)
    arrays = (batch.images, batch.features, batch.gap, batch.first, batch.last, batch.ends)
    given = (*arrays, np.array([2]), np.array(labels_of("ab")))
    loss = segmentation_recipe._whole(_Table(penalties), tuple(torch.from_numpy(array) for array in given))
    assert float(loss.detach()) * 2 == pytest.approx(expected, abs=1e-4)  # two characters


def test_reading_by_the_best_path_is_measured(tmp_path: Path) -> None:
    words = make_cut_words(load_inkset(written(tmp_path / "ink.npz", ["ab", "ba", "abba"])), "train")
    torch.manual_seed(0)
    network = SegmentRecogniser(segmentation_recipe.CHARACTER, len(FEATURES)).eval()
    wrong, edits = segmentation_recipe.figures(network, words, np.arange(3))
    assert 0 <= wrong <= 1
    assert edits >= 0
