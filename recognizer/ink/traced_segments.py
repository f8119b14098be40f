"""The segments of a line that was traced on a picture: cut as pen ink is, and where strokes meet, since it is not known that a pen was
lifted there; painted without the pen's ways and with how thick the strokes are."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from recognizer.ink import amap, tracing
from recognizer.ink.amap import Trajectory
from recognizer.ink.normalise import BASE, CORE, NormalisedInk, normalise
from recognizer.ink.tracing import Tracing, placed_pixels
from recognizer.ink.word_amap import amap_paths
from recognizer.ink.word_cuts import Pieces, cut_line
from recognizer.ink.word_segments import WordSegments, segments_of
from recognizer.segments import Edit

CHANNELS = tracing.CHANNELS + 1  # of the picture of a segment, the last one the ink around it
_CORE = BASE - CORE  # rows
_THICKEST = 0.25 * _CORE  # width of a stroke that fills its channel [columns]
# Strokes meet that come so near, and one meets itself that does so after such a way [columns]. It leads on from left to right there if
# of stretches so long before and after the middles are so far apart [columns].
_MEET, _AGAIN = 0.03 * _CORE, 0.4 * _CORE
_STRETCH, _ASIDE = 0.5 * _CORE, 0.2 * _CORE


def segment_tracing(traced: Tracing, edits: Sequence[Edit] = (), size: float = 1.0) -> WordSegments:
    """The segments of a line, as `segment_text` gives those of pen ink. Raises NothingToRead and InputError as it does."""
    line = normalise(traced.ink, size)
    return segments_of(cut_tracing(line, traced.covered), line, traced.ink, edits)


def cut_tracing(line: NormalisedInk, covered: np.ndarray) -> Pieces:
    """The pieces of a normalised line whose pen ``covered`` these pixels (n, 2); each sample paints tracing.CHANNELS."""
    paths = amap_paths(line)
    tree = cKDTree(np.concatenate([path.position for path in paths]))
    thick = np.split(_thickness(tree, line, covered), np.cumsum([len(path.position) for path in paths])[:-1])
    painted = [replace(p, paint=np.column_stack([p.paint, t])) for p, t in zip(paths, thick, strict=True)]
    return cut_line(tuple(painted), _met(tree, paths))


def _thickness(tree: cKDTree, line: NormalisedInk, covered: np.ndarray) -> np.ndarray:
    """(N,) float32: what each sample paints of the area of the pixels that it is the nearest one to."""
    placed, area = placed_pixels(line, covered)
    share = np.bincount(tree.query(placed)[1], area / _THICKEST, tree.n)
    return np.minimum(share, amap.SPACING).astype(np.float32)


def _met(tree: cKDTree, paths: Sequence[Trajectory]) -> dict[int, list[int]]:
    """By the number of the path, samples at which it meets another one or itself, and where it leads on from left to right."""
    owner = np.repeat(np.arange(len(paths)), [len(path.position) for path in paths])
    starts = np.searchsorted(owner, np.arange(len(paths)))
    one, other = tree.query_pairs(_MEET, output_type="ndarray").T
    elsewhere = (owner[one] != owner[other]) | (np.abs(one - other) > _AGAIN / amap.SPACING)
    reach = int(_STRETCH / amap.SPACING)
    found: dict[int, list[int]] = {}
    for sample in np.unique(np.concatenate([one[elsewhere], other[elsewhere]])).tolist():
        number = int(owner[sample])
        x, at = paths[number].position[:, 0], sample - int(starts[number])
        before, after = x[max(at - reach, 0) : at], x[at : at + reach]
        if len(before) and abs(before.mean() - after.mean()) > _ASIDE:
            found.setdefault(number, []).append(at)
    return found
