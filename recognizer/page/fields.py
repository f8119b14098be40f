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
    left, top, right, foot = layout.boxes.T
    kept = np.flatnonzero(
        (layout.sizes >= _SPECK) & (foot - top <= _HIGH) & (right - left <= _WIDEST * layout.patches.shape[1])
    )
    if not len(kept):
        return []
    word = _linked(layout.boxes[kept])
    found = [kept[word == w] + 1 for w in range(word.max() + 1)]
    words = [_Word(patches, around(layout.boxes[patches - 1])) for patches in found]
    return sorted((w for w in words if w.box[3] - w.box[1] >= _LOW), key=lambda w: int(w.box[0]))


@kernel
def _linked(boxes: np.ndarray) -> np.ndarray:
    """The number, from 0, of the word that each of the patches with these boxes (n, 4) belongs to, in the order of their first patches."""
    word = np.arange(len(boxes))
    for index in range(len(boxes)):
        left, top, right, foot = boxes[index]
        for other in range(index):
            begin, upper, end, lower = boxes[other]
            gap, shared = max(left, begin) - min(right, end), min(foot, lower) - max(top, upper)
            high, low = max(foot - top, lower - upper), min(foot - top, lower - upper)
            if gap <= _GAP * min(max(high, _LOW), 40) and shared >= max(0.5 * low, 1):
                one, another = word[index], word[other]
                if one != another:
                    word[word == max(one, another)] = min(one, another)
    return np.searchsorted(np.unique(word), word)


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
    left, top, right, foot = box.tolist()
    high, wide = foot - top, right - left
    before, after, below, above, tall, uneven, gap = _seen(box, patches, layout.boxes, layout.rules)
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
        tall * high / wide,
        uneven,
        float(layout.sizes[patches - 1].sum()) / (high * wide),
        words - 1.0,
        gap,
    )


@kernel
def _seen(box: np.ndarray, patches: np.ndarray, boxes: np.ndarray, rules: np.ndarray) -> tuple[float, ...]:
    """Of a field with these patches of all ``boxes`` (n, 4): columns of paper to the left and to the right, the shares of its width with
    rules below and above, how many patches are at least half as high as it, the standard deviation of their heights and the widest gap
    between them [its height]."""
    left, top, right, foot = box
    high = foot - top
    before, after = _paper_beside(box, boxes, rules.shape[1])
    below = _ruled(rules, left, right, foot - high // 4, foot + high)
    above = _ruled(rules, left, right, top - high, top + high // 4)
    own = boxes[patches - 1]
    own = own[own[:, 3] - own[:, 1] >= 0.5 * high]
    uneven = np.std((own[:, 3] - own[:, 1]) / high) if len(own) else 0.0
    gap, reach = 0.0, 0
    for number, index in enumerate(np.argsort(own[:, 0], kind="mergesort")):
        if number:
            gap = max(gap, (own[index, 0] - reach) / high)
        reach = max(reach, own[index, 2])
    return before, after, below, above, float(len(own)), uneven, gap


@kernel
def _paper_beside(box: np.ndarray, boxes: np.ndarray, columns: int) -> tuple[float, float]:
    """Columns of paper between a field and the next of all ``boxes`` of ink (n, 4) on its line, to the left and to the right."""
    left, top, right, foot = box
    end, start = 0, columns
    for other in range(len(boxes)):
        begin, upper, stop, lower = boxes[other]
        if lower - upper >= 0.35 * (foot - top) and min(lower, foot) - max(upper, top) >= 0.3 * (foot - top):
            if stop <= left:
                end = max(end, stop)
            if begin >= right:
                start = min(start, begin)
    return float(left - end), float(start - right)


@kernel
def _ruled(rules: np.ndarray, left: int, right: int, top: int, foot: int) -> float:
    """Share of the columns ``left`` .. ``right`` - 1 that have a rule in the rows ``top`` .. ``foot`` - 1."""
    ruled = 0
    for column in range(left, right):
        for row in range(max(0, top), min(foot, len(rules))):
            if rules[row, column]:
                ruled += 1
                break
    return ruled / (right - left)


def _split_cents(patches: np.ndarray, layout: Layout) -> tuple[tuple[np.ndarray, np.ndarray], float, float] | None:
    """Patches of dollars and of cents, whether these stand apart, and whether raised; None where no cents can be told apart."""
    dollars, cents, apart, raised = _cents(patches, layout.boxes)
    return ((dollars, cents), apart, raised) if apart or raised else None


@kernel
def _cents(patches: np.ndarray, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """See `_split_cents`; ``boxes`` (n, 4) of all patches. Points are of neither: the link between dollars and cents stands for the one
    between them."""
    own = boxes[patches - 1]
    high = own[:, 3].max() - own[:, 1].min()
    flat = own[:, 2] - own[:, 0] >= _FLAT * (own[:, 3] - own[:, 1])
    patches = patches[(own[:, 3] - own[:, 1] > _POINT * high) | flat]
    patches = patches[np.argsort(boxes[patches - 1, 0], kind="mergesort")]
    own = boxes[patches - 1]
    best, widest = 0, _CENTS_GAP
    for k in range(1, len(own)):
        before, after = own[:k], own[k:]
        top, foot, upper, lower = before[:, 1].min(), before[:, 3].max(), after[:, 1].min(), after[:, 3].max()
        high = foot - top
        if high < _LOW or after[:, 2].max() - after[:, 0].min() > _CENTS_WIDTH * high:
            continue
        raised = _raised(after, top, foot)
        if raised.any() and after[:, 3][raised].max() - upper >= _LOWEST_CENTS * high:
            return patches[:k], patches[k:][raised], 0.0, 1.0
        gap = (after[0, 0] - before[:, 2].max()) / high
        if gap >= widest and abs(lower - foot) <= 0.35 * high and lower - upper >= 0.5 * high:
            best, widest = k, gap
    return patches[:best], patches[best:], 1.0 if best else 0.0, 0.0


@kernel
def _raised(boxes: np.ndarray, top: int, foot: int) -> np.ndarray:
    """Which patches (n,) bool are cents above the ``foot`` of dollars, over a line where there is one; none if it cannot be."""
    high = foot - top
    flat = boxes[:, 2] - boxes[:, 0] >= _FLAT * (boxes[:, 3] - boxes[:, 1])
    lines = boxes[flat & (boxes[:, 1] >= top + 0.3 * high)]
    floor = lines[:, 3].min() if len(lines) else boxes[:, 3].max()
    lowest = foot + 0.2 * high if len(lines) else foot - _RAISED * high
    return (boxes[:, 3] <= floor) & ~flat & (floor <= lowest)


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
