"""What is drawn over, under and before words, and what hangs on drawings: no writing for where it is. Lengths in core heights."""

import numpy as np

from recognizer.ink.page_marks import in_touch, straightness, touches
from recognizer.ink.page_places import Places
from recognizer.ink.pen_path import PenPath

# Of bars: least length of an underline, longest bar of a letter, how far below the middle of the line they are; share of its width
# that writing must stand on, and that may hang under it at most. In columns, ink is close that is so far above or below.
_UNDERLINE, _LONGEST, _LOWEST, _HIGHEST, _LOW_BAR = 1.5, 9.0, 0.5, 2.0, 0.2
_STOOD_ON, _HUNG_UNDER = 0.45, 0.35
_COLUMN, _CLEAR, _CLOSE = 0.4, 0.1, 2.5
# Longest stem, how far it goes above and below, how close letters are.
_STEM, _ABOVE, _BELOW, _CLOSE_BY = 7.0, 3.4, 2.6, 0.5
# Of what strikes words out: least width, distance from the middle of the line, and how often it comes upon them.
_WIDE, _CENTRAL, _TOUCHES = 1.5, 0.4, 3
_SCRIBBLE, _OFTEN, _LEAST_OFTEN = 3.5, 2.0, 5  # of a scribble: length for its width, and touches for it
_STRAIGHT, _DENSE = 0.9, 0.75  # of a straight one: share of its length that it gains, crossings for its length
_STEEP, _THROUGH = 0.9, 0.5  # unless it is so steep: the lesser of the ink above and below it, as a share of the other
# Of words: gap between them; share of one that is struck out; what may stand out on either side of what strikes it.
_BETWEEN, _STRUCK, _BEYOND = 0.5, 0.85, 0.3
_SKETCH = 16.0  # largest drawing that others may be part of
_TIP, _HEAD = 0.5, 3.5  # an arrow's head is so near to the shaft's end, and so large at most
_BULLET, _BEFORE, _DOT = 0.95, 0.6, 0.5  # largest bullet, least gap between it and its line, largest dot
_CENTRED, _WORD = 0.5, 1.5  # bullets are so near to the middle of the line, and stand before words of that width
# Bullets differ so little, on an average of points of theirs; where they may be letters, that share of the lines begins with one.
_POINTS, _ALIKE, _MOST = 12, 0.22, 0.5


def underlines(places: Places) -> np.ndarray:
    """(n,) bool: bars that writing stands on, and nothing of its line hangs under."""
    path, found = places.path, np.zeros(len(places.line), bool)
    bar = np.flatnonzero(places.bars & (path.length > _UNDERLINE))
    for stroke, off in zip(bar.tolist(), places.offs(bar), strict=True):
        near = np.flatnonzero((off > _LOWEST) & (off < _HIGHEST)).tolist()
        found[stroke] = any(
            above > _STOOD_ON and below < _HUNG_UNDER
            for above, below in (ink_beside(places, stroke, line) for line in near)
        )
    return found


def of_letters(places: Places, drawings: np.ndarray) -> np.ndarray:
    """(n,) bool: those of the drawings that are long bars of a t or a T, lying on a line, or stems of tall letters, standing in it."""
    path, boxes, found = places.path, places.path.boxes, np.zeros(len(places.line), bool)
    low, steep = places.bars, boxes[:, 3] - boxes[:, 1] > boxes[:, 2] - boxes[:, 0]
    few = np.flatnonzero(drawings & ((low & (path.length < _LONGEST)) | (steep & (path.length < _STEM))))
    for stroke, off in zip(few.tolist(), places.offs(few), strict=True):
        if low[stroke]:
            near = np.flatnonzero((off < -_LOW_BAR) & (off > -_HIGHEST)).tolist()
            found[stroke] = any(ink_beside(places, stroke, line)[1] > _STOOD_ON for line in near)
        else:
            high = (boxes[stroke, 3] - boxes[stroke, 1]) / 2
            near = np.flatnonzero((high - off < _ABOVE) & (high + off < _BELOW)).tolist()
            found[stroke] = any(_stands_in(places, stroke, line) for line in near)
    return found


def _stands_in(places: Places, stroke: int, line: int) -> bool:
    """Are there letters of a line close beside a stroke?"""
    boxes, letters = places.path.boxes, places.letters[line]
    if places.path.length[letters].sum() < _STEM:  # the head of an arrow
        return False
    others = boxes[letters]
    gap = np.maximum(others[:, 0] - boxes[stroke, 2], boxes[stroke, 0] - others[:, 2])
    return bool(gap.min(initial=np.inf) < _CLOSE_BY)


def ink_beside(places: Places, stroke: int, line: int) -> tuple[float, float]:
    """Over which share of a stroke's width there is ink of a line close above it, and close below."""
    path = places.path
    own = path.at[path.first[stroke] : path.first[stroke + 1]]
    left = own[:, 0].min()
    column = ((own[:, 0] - left) / _COLUMN).astype(int)
    count = column.max() + 1
    y = np.bincount(column, own[:, 1], count) / np.maximum(np.bincount(column, minlength=count), 1)
    boxes, others = path.boxes, places.letters[line]
    reaching = (boxes[others, 2] >= left) & (boxes[others, 0] < left + count * _COLUMN) & (others != stroke)
    at = np.concatenate([path.at[path.first[k] : path.first[k + 1]] for k in others[reaching]] or [path.at[:0]])
    at = at[(at[:, 0] >= left) & (at[:, 0] < left + count * _COLUMN)]
    column = ((at[:, 0] - left) / _COLUMN).astype(int)
    above = y[column] - at[:, 1]
    shares = [np.bincount(column[(off > _CLEAR) & (off < _CLOSE)], minlength=count) > 0 for off in (above, -above)]
    return float(shares[0].mean()), float(shares[1].mean())


def struck(places: Places) -> np.ndarray:
    """(n,) bool: strokes that strike whole words out, and what they strike out."""
    path, boxes, found = places.path, places.path.boxes, np.zeros(len(places.line), bool)
    wide = boxes[:, 2] - boxes[:, 0]
    straight = straightness(path) > _STRAIGHT
    scribble = (path.length > _SCRIBBLE * wide) & (
        touches(path, places.line >= 0) >= np.maximum(_OFTEN * wide, _LEAST_OFTEN)
    )
    strikes = np.flatnonzero((straight | scribble) & (wide >= _WIDE))
    numbers = np.arange(len(wide))
    for stroke, off in zip(strikes.tolist(), places.offs(strikes), strict=True):
        line = int(np.abs(off).argmin()) if len(off) else -1
        if line < 0 or abs(off[line]) > _CENTRAL:
            continue
        before = np.flatnonzero((places.line == line) & (numbers < stroke) & ~np.isin(numbers, strikes))
        under = _whole_words(boxes, before, boxes[stroke, 0] - _BEYOND, boxes[stroke, 2] + _BEYOND)
        if not len(under):
            continue
        again = found[under].all()  # the second line through the same words
        if again or not straight[stroke] or _crosses(places, stroke, line, under):
            found[under] = True
            found[stroke] = True
    return found


def _crosses(places: Places, stroke: int, line: int, words: np.ndarray) -> bool:
    """Does a straight stroke go through words and not, as the bar of a t may, along them?"""
    path = places.path
    start, end = path.at[path.first[stroke]], path.at[path.first[stroke + 1] - 1]
    long = path.length[stroke]
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    chosen = np.isin(path.stroke, words)
    way = path.at[chosen] - start
    at, off = way @ along, way @ np.array([-along[1], along[0]])
    crossing = (off[1:] > 0) != (off[:-1] > 0)
    crossing &= (path.stroke[chosen][1:] == path.stroke[chosen][:-1]) & (at[1:] > 0) & (at[1:] < long)
    steep = abs(end[1] - start[1]) > _STEEP
    beside = ink_beside(places, stroke, line)
    often = crossing.sum() >= max(_TOUCHES, _DENSE * long)
    return bool(often and (steep or min(beside) > _THROUGH * max(beside)))


def _whole_words(boxes: np.ndarray, strokes: np.ndarray, left: float, right: float) -> np.ndarray:
    """Those of the strokes of a line that make up words which lie, all but a little, between left and right."""
    order = strokes[np.argsort(boxes[strokes, 0], kind="stable")]
    if not len(order):
        return order
    reach = np.maximum.accumulate(boxes[order, 2])
    words = np.split(order, np.flatnonzero(boxes[order[1:], 0] - reach[:-1] > _BETWEEN) + 1)
    found = []
    for word in words:
        start, end = boxes[word, 0].min(), boxes[word, 2].max()
        if min(end, right) - max(start, left) > _STRUCK * (end - start):
            found.append(word)
    return np.concatenate(found) if found else order[:0]


def hangers(places: Places, aside: np.ndarray) -> np.ndarray:
    """(n,) bool: heads of arrows, and sides of boxes that are no longer than letters."""
    path, boxes, found = places.path, places.path.boxes, np.zeros(len(places.line), bool)
    straight = straightness(path)
    drawings = np.flatnonzero(aside)
    tips = np.concatenate([path.at[path.first[drawings]], path.at[path.first[drawings + 1] - 1]])
    if not len(tips):
        return found
    size = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    near = np.hypot(*(centre[:, None] - tips[None]).transpose(2, 0, 1)).min(1) < _HEAD
    for stroke in np.flatnonzero(~aside & near & (size < _HEAD) & (path.length > 0.5)):
        points = path.at[path.first[stroke] : path.first[stroke + 1]]
        far = np.hypot(*(points[:, None] - tips[None]).transpose(2, 0, 1)).min(1)
        middle = far[len(far) // 4 : len(far) - len(far) // 4]
        ends = max(far[0], far[-1])
        halves = [np.hypot(*(points[b] - points[a])) for a, b in ((0, len(points) // 2), (len(points) // 2, -1))]
        hook = sum(halves) > 0.85 * path.length[stroke] and middle.min() < _TIP
        side = straight[stroke] > 0.9 and (
            ends < _TIP or (min(far[0], far[-1]) < _TIP and len(drawings) and path.length[stroke] < 2)
        )
        found[stroke] = hook or side
    return found


def sketched(places: Places, drawings: np.ndarray) -> np.ndarray:
    """(n,) bool: what looks like lines of writing but hangs together with drawings no larger than a sketch."""
    size = places.path.boxes[:, 2:] - places.path.boxes[:, :2]
    together = in_touch(places.path, drawings & (size.max(axis=1) < _SKETCH))
    apart = np.bincount(places.line + 1, ~together, places.count + 1)
    found: np.ndarray = (places.line >= 0) & (apart == 0)[places.line + 1]
    return found


def bullets(places: Places, aside: np.ndarray) -> np.ndarray:
    """(n,) bool: small signs before lines that begin alike: two such lines for dots and dashes, most for what may be letters."""
    path, found = places.path, np.zeros(len(places.line), bool)
    bar = places.bars
    signs: list[np.ndarray] = []
    lines = 0
    for line in range(places.count):
        members = np.flatnonzero((places.line == line) & ~aside)
        lines += len(members) > 1
        sign = _first(path.boxes, members)
        size = np.ptp(path.boxes[sign].reshape(-1, 2), axis=0) if len(sign) else np.zeros(2)
        if len(sign) and size.max() < _BULLET + bar[sign[0]] and abs(places.off(sign, line).mean()) < _CENTRED:
            signs.append(sign)
    looks = np.array([_look(path, sign) for sign in signs]).reshape(len(signs), _POINTS, 2)
    for sign, look in zip(signs, looks, strict=True):
        size = np.ptp(path.boxes[sign].reshape(-1, 2), axis=0)
        plain = len(sign) == 1 and (size.max() < _DOT or bar[sign[0]])
        alike = (np.abs(looks - look).mean(axis=(1, 2)) < _ALIKE).sum()
        found[sign] = alike >= (2 if plain else max(3, _MOST * lines))
    return found


def _look(path: PenPath, sign: np.ndarray) -> np.ndarray:
    """(_POINTS, 2) points of strokes about their middle."""
    at = np.concatenate([path.at[path.first[k] : path.first[k + 1]] for k in np.sort(sign)])
    at = at[np.linspace(0, len(at) - 1, _POINTS).round().astype(int)]
    return at - (at.min(axis=0) + at.max(axis=0)) / 2


def _first(boxes: np.ndarray, members: np.ndarray) -> np.ndarray:
    """The strokes before the first gap of a line, if there is one and longer words follow it than single letters."""
    order = members[np.argsort(boxes[members, 0], kind="stable")]
    reach = np.maximum.accumulate(boxes[order, 2])
    after = np.flatnonzero(boxes[order[1:], 0] - reach[:-1] > _BEFORE) + 1
    wide = np.append(reach[after[1:] - 1], reach[-1:]) - boxes[order[after], 0] if len(after) else np.zeros(1)
    return order[: after[0]] if np.median(wide) > _WORD else order[:0]
