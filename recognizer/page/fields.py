"""Where on a cheque an amount may stand (1998 paper, section X-B): rectangles around words, with what speaks for each."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.kernels import kernel
from recognizer.page.field import find_field
from recognizer.page.layout import LETTER, Layout, around
from recognizer.page.page import Page

# Lengths in px of a sheet, whose width is 800.
_SPECK = 6  # pixels: less is dirt, or a point
_LOW, _HIGH = 7, 72  # rows of the writing of a field
_GAP = 0.9  # heights between characters of one word
_WIDE_GAP = 3.2  # heights between words of one field
_MOST_WORDS = 3  # in a field
_CENTS_GAP = 0.4  # heights of dollars before cents that stand apart
_POINT = 0.35  # heights of the field that a point is high at most
_FLAT = 2.5  # heights of its own that a line is wide at least
_CENTS_WIDTH = 2.4  # heights that cents are wide at most
_LOWEST_CENTS = 0.25  # heights that they are high at least
_RAISED = 0.25  # heights by which the foot of raised cents is above that of the dollars
_FEWEST_WORDS, _FEWEST_LINES = 6, 4  # of a document
_LARGE = 400  # px: an amount alone that high is no ragged scan that falls into many words
_LONGEST = 9.0  # heights that a field is wide at most: of 100 made-up amounts that are read right the longest has 6.7
_WIDEST = 0.45  # share of the sheet's width that a field is wide at most

# The usual place, height and shape of an amount on a cheque, from which the features tell the distance.
_RIGHT, _DOWN, _HEIGHT, _ASPECT = 0.9, 0.42, 24.0, 1.4

FEATURES = (
    "height",  # log of it by the usual one
    "height off",  # how far that is from 0
    "aspect",  # log of width by height, beyond the usual one
    "aspect off",
    "right",  # of its right end, across the sheet beyond the usual one, in tenths
    "right off",
    "down",  # of its middle, down the sheet beyond the usual one, in tenths
    "down off",
    "paper before",  # to the next ink on the left, in heights, 3 at most
    "paper after",  # to the right
    "rule below",  # share of its width over a printed rule
    "box",  # share of its width below a rule as well
    "characters",  # patches as high as half the field, per height of width
    "uneven",  # standard deviation of their heights, in heights: print is even
    "dark",  # share of the rectangle that is ink
    "words",  # beyond one
    "gap",  # the widest between its characters, in heights
    "cents apart",  # 1 where cents are taken from it that stand on their own after a gap
    "cents raised",  # 1 where they stand higher, perhaps over a line or over a hundred
)


@dataclass(frozen=True)
class Fields:
    """F candidates: ``boxes`` (F, 4) float32 on the sheet, ``features`` (F, len(FEATURES)) float32, and the ``parts`` of each: the
    numbers of the patches of the amount, or of dollars and of cents that stand apart."""

    boxes: np.ndarray
    features: np.ndarray
    parts: tuple[tuple[np.ndarray, ...], ...]

    def __len__(self) -> int:
        return len(self.boxes)

    def chosen(self, index: np.ndarray) -> "Fields":
        """Some of them, in the order given."""
        return Fields(self.boxes[index], self.features[index], tuple(self.parts[i] for i in index))


def find_fields(layout: Layout) -> Fields:
    """The candidates of a sheet: each word, and each run of words that stand on one line not far apart; once more where cents may
    stand on their own at its end. Raises NothingToRead where there is none."""
    words = _words(layout)
    boxes, features, parts = [], [], []
    for run in _runs(words):
        patches = np.concatenate([words[w].patches for w in run])
        box = around(layout.boxes[patches - 1])
        high, wide = box[3] - box[1], box[2] - box[0]
        if not (_LOW <= high <= _HIGH and wide <= min(_LONGEST * high, _WIDEST * layout.patches.shape[1])):
            continue
        seen = _features(box, patches, len(run), layout)
        split = _split_cents(patches, layout)
        for part, apart, raised in [((patches,), 0.0, 0.0), *([split] if split else [])]:
            boxes.append(box)
            parts.append(part)
            features.append((*seen, apart, raised))
    if not boxes:
        raise NothingToRead("There is no writing here that could be an amount.")
    return Fields(np.array(boxes, np.float32), np.array(features, np.float32), tuple(parts))


def given_field(layout: Layout, box: np.ndarray) -> Fields:
    """The field whose ink is that in a rectangle (4,) of the sheet; once more where cents may stand on their own at its end.

    Raises NothingToRead where there is no ink in it.
    """
    left, top, right, foot = np.clip(np.round(box), 0, None).astype(int)
    inside = np.bincount(layout.patches[top:foot, left:right].ravel(), minlength=len(layout.boxes) + 1)[1:]
    patches = 1 + np.flatnonzero((inside > 0.5 * layout.sizes) & (layout.sizes >= _SPECK))
    if not len(patches) or np.ptp(around(layout.boxes[patches - 1])[[1, 3]]) < _LOW:
        raise NothingToRead("There is no writing in this rectangle that could be an amount.")
    box = around(layout.boxes[patches - 1])
    seen = _features(box, patches, 1, layout)
    split = _split_cents(patches, layout)
    parts = [((patches,), 0.0, 0.0), *([split] if split else [])]
    features = [(*seen, apart, raised) for _, apart, raised in parts]
    return Fields(
        np.tile(box, (len(parts), 1)).astype(np.float32), np.array(features, np.float32), tuple(p for p, *_ in parts)
    )


@dataclass(frozen=True)
class _Word:
    patches: np.ndarray  # numbers
    box: np.ndarray  # (4,)


def _words(layout: Layout) -> list[_Word]:
    """Patches that stand close together on one line, as words, from left to right."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    left, top, right, foot = layout.boxes.T
    kept = np.flatnonzero(
        (layout.sizes >= _SPECK) & (foot - top <= _HIGH) & (right - left <= _WIDEST * layout.patches.shape[1])
    )
    if not len(kept):
        return []
    left, top, right, foot = layout.boxes[kept].T
    high = foot - top
    taller = np.maximum(high[:, None], high)
    gap = np.maximum(left[:, None], left) - np.minimum(right[:, None], right)
    shared = np.minimum(foot[:, None], foot) - np.maximum(top[:, None], top)
    near = (gap <= _GAP * np.clip(taller, _LOW, 40)) & (shared >= 0.5 * np.minimum(high[:, None], high)) & (shared >= 1)
    rows, columns = np.nonzero(near)
    links = coo_matrix((np.ones(len(rows), bool), (rows, columns)), (len(kept), len(kept)))
    _, word = connected_components(links, directed=False)
    found = [kept[word == w] + 1 for w in range(word.max() + 1)]
    words = [_Word(patches, around(layout.boxes[patches - 1])) for patches in found]
    return sorted((w for w in words if w.box[3] - w.box[1] >= _LOW), key=lambda w: int(w.box[0]))


def length_of_words(page: Page) -> float:
    """How long all words on the sheet of a page are together [its widths]. Raises NothingToRead where there are none."""
    return sum(float(word.box[2] - word.box[0]) for word in _words(page.layout)) / page.layout.patches.shape[1]


def _runs(words: list[_Word]) -> list[list[int]]:
    """Indices of words that may be a field together: neighbours on one line."""
    runs = [[w] for w in range(len(words))]
    nexts = _next_words(np.array([word.box for word in words], int).reshape(-1, 4)).tolist()
    for w in range(len(words)):
        run = [w]
        while len(run) < _MOST_WORDS and (after := nexts[run[-1]]) >= 0:
            run = [*run, after]
            runs.append(run)
    return runs


@kernel
def _next_words(boxes: np.ndarray) -> np.ndarray:
    """For each word of these boxes (n, 4) the nearest one to the right on the same line, -1 where none is near."""
    found = np.full(len(boxes), -1)
    for index in range(len(boxes)):
        left, top, right, foot = boxes[index]
        nearest = np.inf
        for other in range(len(boxes)):
            start, upper, _, lower = boxes[other]
            gap, shared = start - right, min(foot, lower) - max(top, upper)
            on_line = shared >= 0.5 * min(foot - top, lower - upper)
            high, low = max(foot - top, lower - upper), min(foot - top, lower - upper, 40)
            if start > left and on_line and -0.5 * high <= gap <= min(_WIDE_GAP * low, nearest):
                found[index], nearest = other, gap
    return found


def _features(box: np.ndarray, patches: np.ndarray, words: int, layout: Layout) -> tuple[float, ...]:
    """As FEATURES names them."""
    rows, columns = layout.patches.shape
    left, top, right, foot = (int(side) for side in box)
    high, wide = foot - top, right - left
    before, after = _paper_beside(box, layout)
    below, above = (
        _ruled(layout.rules, left, right, reach)
        for reach in ((foot - high // 4, foot + high), (top - high, top + high // 4))
    )
    heights = (layout.boxes[patches - 1, 3] - layout.boxes[patches - 1, 1]) / high
    tall = heights[heights >= 0.5]
    starts, ends = _in_order(layout.boxes[patches[heights >= 0.5] - 1])
    gaps = (starts[1:] - ends[:-1]) / high
    height, aspect = float(np.log(high / _HEIGHT)), float(np.log(wide / high)) - _ASPECT
    aside, down = 10 * (right / columns - _RIGHT), 10 * ((top + foot) / 2 / rows - _DOWN)
    return (
        height,
        abs(height),
        aspect,
        abs(aspect),
        aside,
        abs(aside),
        down,
        abs(down),
        min(before / high, 3.0),
        min(after / high, 3.0),
        below,
        min(above, below),
        len(tall) * high / wide,
        float(tall.std()) if len(tall) else 0.0,
        float(layout.sizes[patches - 1].sum()) / (high * wide),
        words - 1.0,
        float(gaps.max(initial=0.0)),
    )


def _in_order(boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Left ends of boxes from left to right, and how far the boxes up to each reach."""
    boxes = boxes[np.argsort(boxes[:, 0], kind="stable")]
    return boxes[:, 0], np.maximum.accumulate(boxes[:, 2])


def _split_cents(patches: np.ndarray, layout: Layout) -> tuple[tuple[np.ndarray, np.ndarray], float, float] | None:
    """Patches of dollars and of cents, whether these stand apart, and whether raised; None where no cents can be told apart.

    Points are of neither: the link between dollars and cents stands for the one between them.
    """
    boxes = layout.boxes[patches - 1]
    points = boxes[:, 3] - boxes[:, 1] <= _POINT * np.ptp(boxes[:, [1, 3]])
    flat = boxes[:, 2] - boxes[:, 0] >= _FLAT * (boxes[:, 3] - boxes[:, 1])
    patches = patches[~points | flat]
    patches = patches[np.argsort(layout.boxes[patches - 1, 0], kind="stable")]
    boxes = layout.boxes[patches - 1]
    starts, ends = (side.tolist() for side in _in_order(boxes))
    best, widest = None, _CENTS_GAP
    before, after = _around_first(boxes), _around_first(boxes[::-1])[::-1]
    for k, ((_, top, _, foot), (left, upper, right, lower)) in enumerate(zip(before, after[1:], strict=False), 1):
        high = foot - top
        if high < _LOW or right - left > _CENTS_WIDTH * high:
            continue
        cents = _raised(boxes[k:], top, foot)
        if cents.any() and boxes[k:, 3][cents].max() - upper >= _LOWEST_CENTS * high:
            return (patches[:k], patches[k:][cents]), 0.0, 1.0
        gap = (starts[k] - ends[k - 1]) / high
        level = abs(lower - foot) <= 0.35 * high and lower - upper >= 0.5 * high
        if gap >= widest and level:
            best, widest = ((patches[:k], patches[k:]), 1.0, 0.0), gap
    return best


def _around_first(boxes: np.ndarray) -> list[list[int]]:
    """For each of the boxes (n, 4) the sides of the box around it and those before it."""
    return np.hstack([np.minimum.accumulate(boxes[:, :2]), np.maximum.accumulate(boxes[:, 2:])]).tolist()


def _raised(boxes: np.ndarray, top: int, foot: int) -> np.ndarray:
    """Which patches (n,) bool are cents above the ``foot`` of dollars, over a line where there is one; none if it cannot be."""
    high = foot - top
    flat = boxes[:, 2] - boxes[:, 0] >= _FLAT * (boxes[:, 3] - boxes[:, 1])
    lines = boxes[flat & (boxes[:, 1] >= top + 0.3 * high)]
    floor = lines[:, 3].min() if len(lines) else boxes[:, 3].max()
    lowest = foot + 0.2 * high if len(lines) else foot - _RAISED * high
    return (boxes[:, 3] <= floor) & ~flat & (floor <= lowest)


def _paper_beside(box: np.ndarray, layout: Layout) -> tuple[int, int]:
    """Columns of paper between a field and the next ink on its line, to the left and to the right."""
    left, top, right, foot = box
    tall = layout.boxes[:, 3] - layout.boxes[:, 1] >= 0.35 * (foot - top)
    shared = np.minimum(layout.boxes[:, 3], foot) - np.maximum(layout.boxes[:, 1], top)
    beside = tall & (shared >= 0.3 * (foot - top))
    ends, starts = layout.boxes[beside, 2], layout.boxes[beside, 0]
    before = left - ends[ends <= left].max(initial=0)
    after = starts[starts >= right].min(initial=layout.patches.shape[1]) - right
    return int(before), int(after)


def _ruled(rules: np.ndarray, left: int, right: int, reach: tuple[int, int]) -> float:
    """Share of the columns ``left`` .. ``right`` - 1 that have a rule in the rows of ``reach``."""
    band = rules[max(0, reach[0]) : max(0, reach[1]), left:right]
    return float(band.any(0).mean()) if band.size else 0.0


def shows_cheque(page: Page) -> bool:
    """Does a page show a whole document rather than one amount: words on several lines, all small beside it?"""
    try:
        words = _words(page.layout)
    except InputError:
        return False
    middles = np.sort([(word.box[1] + word.box[3]) / 2 for word in words])
    lines = 1 + int((np.diff(middles) > LETTER / 2).sum())
    if len(words) < _FEWEST_WORDS or lines < _FEWEST_LINES:
        return False
    if len(words) >= 2 * _FEWEST_WORDS and len(page.grey) >= _LARGE:  # whatever frame around it makes one line of all
        return True
    try:
        find_field(page.sheet.grey)
    except InputError:  # no single line of writing
        return True
    return False
