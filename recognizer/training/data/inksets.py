"""Sets of pen ink in .npz files (UNIPEN, pen digits): flat arrays on disk, one sample's strokes at a time in use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.training.data.arrays import load_arrays

_KEYS = ("pts", "stroke_len", "n_strokes", "label", "writer")


@dataclass(frozen=True)
class InkSet:
    """N samples of ink. Points are in device units, x right and y down."""

    points: np.ndarray  # (P, 2) int16
    stroke_ends: np.ndarray  # (S,) int64: one past the last point of each stroke
    sample_ends: np.ndarray  # (N,) int64: one past the last stroke of each sample
    labels: np.ndarray  # (N,) str
    writers: np.ndarray  # (N,) str
    splits: np.ndarray  # (N,) str: train or val; all of them "all" where the file names none

    def __len__(self) -> int:
        return len(self.labels)

    def strokes(self, sample: int) -> list[np.ndarray]:
        """The strokes of one sample, each (n, 2) float32."""
        first = self.sample_ends[sample - 1] if sample else 0
        strokes = []
        for stroke in range(first, self.sample_ends[sample]):
            start = self.stroke_ends[stroke - 1] if stroke else 0
            strokes.append(self.points[start : self.stroke_ends[stroke]].astype(np.float32))
        return strokes

    def of_split(self, split: str) -> np.ndarray:
        """Indices of the samples of ``split``; of all of them for "all" or where the file knows no splits.

        Raises InputError where there is no such split.
        """
        if split == "all" or (self.splits == "all").all():
            return np.arange(len(self))
        chosen = np.flatnonzero(self.splits == split)
        if not len(chosen):
            raise InputError(
                f"There is no split '{split}' here; use all or one of: {', '.join(np.unique(self.splits))}."
            )
        return chosen


def load_inkset(path: Path) -> InkSet:
    """Read an .npz file of ink; raises InputError where it is none."""
    return load_inkset_with(path, ())[0]


def load_inkset_with(path: Path, names: Iterable[str]) -> tuple[InkSet, dict[str, np.ndarray]]:
    """The same, and the arrays of any shape (...) called ``names`` beside it, as far as the file has them: read at once, since
    another program may replace the file meanwhile. Raises InputError."""
    arrays = load_arrays(path, (*_KEYS, "split", *names), "a set of ink")
    missing = [key for key in _KEYS if key not in arrays]
    if missing:
        raise InputError(f"{path} is no set of ink: it has no {', '.join(missing)}.")
    points, stroke_lengths, counts, labels, writers = (arrays[key] for key in _KEYS)
    splits = arrays.get("split", np.full(labels.shape, "all"))
    kinds = (
        points.ndim == 2 and points.shape[1] == 2 and _numbers(points) and _lengths(stroke_lengths) and _lengths(counts)
    )
    words = all(texts.dtype.kind == "U" for texts in (labels, writers, splits))
    sizes = labels.ndim == 1 and labels.shape == counts.shape == writers.shape == splits.shape
    if not (
        kinds and words and sizes and _add_up(stroke_lengths, len(points)) and _add_up(counts, len(stroke_lengths))
    ):
        raise InputError(f"{path} is damaged: its numbers of samples, strokes and points do not agree.")
    beside = {name: arrays[name] for name in names if name in arrays}
    return _inkset(points, stroke_lengths, counts, labels, writers, splits), beside


def inkset_of(inks: Sequence[Ink], labels: Sequence[str], writers: Sequence[str], split: str) -> InkSet:
    """Inks as a set, as if they had been saved and loaded."""
    arrays = packed(inks, labels, writers)
    points, stroke_lengths, counts, texts, names = (arrays[key] for key in _KEYS)
    return _inkset(points, stroke_lengths, counts, texts, names, np.full(len(inks), split))


def _inkset(
    points: np.ndarray,
    stroke_lengths: np.ndarray,
    counts: np.ndarray,
    labels: np.ndarray,
    writers: np.ndarray,
    splits: np.ndarray,
) -> InkSet:
    stroke_ends, sample_ends = np.cumsum(stroke_lengths, dtype=np.int64), np.cumsum(counts, dtype=np.int64)
    return InkSet(points, stroke_ends, sample_ends, labels, writers, splits)


def ink_of(inkset: InkSet, sample: int) -> Ink:
    """One sample as ink."""
    return untimed(inkset.strokes(sample))


def untimed(strokes: Iterable[np.ndarray]) -> Ink:
    """Strokes (n, 2) as ink, their points without times."""
    return Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes))


FINE = 8  # units of a saved set for one pixel of the ink
_LARGEST = 32_000  # units: as many as int16 holds, or nearly so


def packed(inks: Sequence[Ink], labels: Sequence[str], writers: Sequence[str]) -> dict[str, np.ndarray]:
    """Inks as the arrays of such a file, each from its own corner and, where it is very large, smaller."""
    strokes = [stroke for ink in inks for stroke in _units(ink)]
    return {
        "pts": np.concatenate([np.empty((0, 2), np.int16), *strokes]),
        "stroke_len": np.array([len(stroke) for stroke in strokes], np.int32),
        "n_strokes": np.array([len(ink.strokes) for ink in inks], np.int32),
        "label": np.array(labels, str),
        "writer": np.array(writers, str),
    }


def _units(ink: Ink) -> list[np.ndarray]:
    left, top, right, bottom = ink.bounds
    scale = min(FINE, _LARGEST / max(right - left, bottom - top, 1.0))
    return [np.round((stroke[:, :2] - (left, top)) * scale).astype(np.int16) for stroke in ink.strokes]


def _numbers(values: np.ndarray) -> bool:
    return bool(np.issubdtype(values.dtype, np.number))


def _add_up(lengths: np.ndarray, total: int) -> bool:
    """Are these the lengths of parts of so many? None is empty."""
    return bool((lengths <= total).all()) and int(lengths.sum(dtype=np.int64)) == total


def _lengths(values: np.ndarray) -> bool:
    return values.ndim == 1 and bool(np.issubdtype(values.dtype, np.integer)) and bool((values >= 0).all())
