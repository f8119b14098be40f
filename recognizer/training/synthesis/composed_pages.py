"""Pages of ink that nobody wrote: lines of words set as people set them, and beside them what is no writing.

Lengths are in core heights of the writing. Words are level: their base line is y = 0, y goes down, their core height is 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from recognizer.boxes import around
from recognizer.ink import Ink
from recognizer.ink.arc_length import arc_lengths, points_at
from recognizer.ink.lines import fit_lines

LevelWord = Sequence[np.ndarray]  # the strokes (n, 2) of a word
KINDS = (
    "tilt",
    "bend",
    "indents",
    "columns",
    "margin",
    "boxes",
    "arrows",
    "underlines",
    "crossed",
    "sketch",
    "bullets",
)
ASIDE = -1  # the line of what is no writing
_TILT = 15.0  # degrees, at most
_STEP = 0.3  # between points of what is drawn


@dataclass(frozen=True)
class ComposedPage:
    """Strokes in the order of writing, and the line that each belongs to, in the order of reading."""

    ink: Ink
    lines: np.ndarray  # (n,) int: 0, 1, ... or ASIDE
    kinds: tuple[str, ...]

    @property
    def expected(self) -> list[list[int]]:
        """The strokes of each line, as `recognizer.ink.layout` has them."""
        return [np.flatnonzero(self.lines == line).tolist() for line in range(self.lines.max() + 1)]


def level_word(strokes: Sequence[np.ndarray]) -> LevelWord:
    """A word as pages are composed of them, from its strokes (n, 2 or more) in any unit."""
    points = [stroke[:, :2].astype(np.float64) for stroke in strokes]
    lines = fit_lines(points)
    height, left = lines.height.mean(), min(stroke[:, 0].min() for stroke in points)
    return [np.stack([s[:, 0] - left, s[:, 1] - lines.base_at(s[:, 0])], 1) / height for s in points]


def compose(
    words: Iterator[LevelWord], generator: np.random.Generator, kinds: Sequence[str], count: int, pitch: float = 3.6
) -> ComposedPage:
    """A page of ``count`` lines, ``pitch`` core heights apart, with faults of these kinds."""
    sheet = _Sheet(words, generator, tuple(kinds), pitch)
    columns = 2 if "columns" in kinds else 1
    wide = float(generator.uniform(14, 24 if columns == 2 else 40))
    for column in range(columns):
        sheet.write(count // columns + (column < count % columns), column * (wide + generator.uniform(6, 9)), wide)
    return sheet.finished()


@dataclass
class _Word:
    line: int
    strokes: list[np.ndarray]
    starts: bool  # a line

    @property
    def box(self) -> np.ndarray:
        points = np.concatenate(self.strokes)
        return np.concatenate([points.min(axis=0), points.max(axis=0)])


@dataclass
class _Sheet:
    """What is on a page so far: words, which come to their places at last, and what is drawn beside them."""

    words: Iterator[LevelWord]
    generator: np.random.Generator
    kinds: tuple[str, ...]
    pitch: float
    written: list[_Word] = field(default_factory=list)
    count: int = 0  # lines

    def write(self, count: int, left: float, wide: float) -> None:
        """A column of lines."""
        draw = self.generator
        climbs = np.cumsum(draw.normal(0, 0.004, count)) + draw.normal(0, 0.01)
        sags = np.full(count, draw.normal(0, 0.02)) + draw.normal(0, 0.004, count)
        for line in range(count):
            indent = float(draw.choice([0, 2, 5])) if "indents" in self.kinds else 0.0
            last = left + wide * (draw.uniform(0.4, 0.8) if draw.random() < 0.2 else 1)
            x, starts = left + max(indent + draw.normal(0, 0.3), 0), True
            while starts or x < last:
                word = [stroke + np.array([x, 0]) for stroke in next(self.words)]
                x = max(float(stroke[:, 0].max()) for stroke in word)
                if x > left + wide and not starts:
                    break
                if "bend" in self.kinds:
                    word = [_bent(stroke, left, wide, climbs[line], sags[line]) for stroke in word]
                self.written.append(
                    _Word(self.count, [stroke + np.array([0, line * self.pitch]) for stroke in word], starts)
                )
                x += float(np.exp(draw.uniform(*np.log((0.9, 2.2)))))
                starts = False
            self.count += 1

    def finished(self) -> ComposedPage:
        """All strokes, those drawn beside a word after it or at the end, and all of it turned."""
        after: dict[int, list[np.ndarray]] = {}
        for kind in self.kinds:
            for place, strokes in getattr(self, f"_{kind}", list)():
                after.setdefault(place, []).extend(strokes)
        strokes, lines = list(after.get(-1, [])), [ASIDE] * len(after.get(-1, []))
        for number, word in enumerate(self.written):
            strokes += word.strokes
            lines += [word.line] * len(word.strokes)
            strokes += after.get(number, [])
            lines += [ASIDE] * len(after.get(number, []))
        late = after.get(len(self.written), [])
        turn = np.radians(self.generator.uniform(-_TILT, _TILT)) if "tilt" in self.kinds else 0.0
        size = np.exp(self.generator.uniform(np.log(5), np.log(50)))
        matrix = size * np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        placed = [np.pad(stroke @ matrix, ((0, 0), (0, 1))) for stroke in [*strokes, *late]]
        known = sorted({line for line in lines if line != ASIDE})  # a line may have been crossed out
        numbers = [known.index(line) if line != ASIDE else ASIDE for line in lines] + [ASIDE] * len(late)
        return ComposedPage(Ink(tuple(placed)), np.array(numbers), self.kinds)

    @property
    def _box(self) -> np.ndarray:
        return around(np.array([word.box for word in self.written]))

    def _some(self, share: float) -> list[int]:
        """Numbers of some words, at least one."""
        chosen = np.flatnonzero(self.generator.random(len(self.written)) < share)
        return chosen.tolist() or [int(self.generator.integers(len(self.written)))]

    def _when(self, number: int) -> int:
        return number if self.generator.random() < 0.6 else len(self.written)

    def _margin(self) -> Iterator[tuple[int, list[np.ndarray]]]:
        left, top, right, foot = self._box
        x = left - self.generator.uniform(0.6, 2)
        yield self._end(), [self._line((x, top - self.generator.uniform(0, 3)), (x, foot + 1))]
        if self.generator.random() < 0.3:
            x = right + self.generator.uniform(0.6, 2)
            yield self._end(), [self._line((x, top - 1), (x, foot))]
        if self.generator.random() < 0.3:
            yield self._end(), [self._line((left - 1, foot + 1), (right + 1, foot + 1.2))]

    def _end(self) -> int:
        return -1 if self.generator.random() < 0.5 else len(self.written)

    def _boxes(self) -> Iterator[tuple[int, list[np.ndarray]]]:
        if self.generator.random() < 0.4:
            yield self._end(), self._rectangle(self._box + self.generator.uniform(0.8, 2) * np.array([-1, -1, 1, 1]))
            return
        for number in self._some(0.05):
            word = self.written[number]
            yield self._when(number), self._rectangle(word.box + np.array([-0.35, -0.3, 0.35, 0.3]))

    def _arrows(self) -> Iterator[tuple[int, list[np.ndarray]]]:
        left, top, right, foot = self._box
        for _ in range(self.generator.integers(1, 3)):
            away = self.generator.uniform(2, 5)
            x = left - away if self.generator.random() < 0.5 else right + away
            start = np.array([x, self.generator.uniform(top, foot)])
            long = self.generator.uniform(4, 10)
            turn = self.generator.choice([np.pi / 2, -np.pi / 2, 0 if x > right else np.pi])
            turn += self.generator.normal(0, 0.15)
            end = start + long * np.array([np.cos(turn), np.sin(turn)])
            shaft = self._line(start, end, self.generator.normal(0, 0.1))
            wings = [end - 1.1 * np.array([np.cos(turn + a), np.sin(turn + a)]) for a in (-0.5, 0.5)]
            head = np.concatenate([self._line(wings[0], end), self._line(end, wings[1])])
            yield self._end(), [np.concatenate([shaft, head])] if self.generator.random() < 0.3 else [shaft, head]

    def _underlines(self) -> Iterator[tuple[int, list[np.ndarray]]]:
        for number in self._some(0.1):
            left, _, right, _ = self.written[number].box
            strokes = []
            for below in (0.5, 0.85)[: self.generator.integers(1, 3)]:
                y = below + self._base(number)
                strokes.append(self._line((left - 0.2, y), (right + 0.2, y + self.generator.normal(0, 0.1))))
            if len(strokes) == 1 and self.generator.random() < 0.3:
                strokes[0][:, 1] += 0.15 * np.sin(strokes[0][:, 0] * 5)
            yield self._when(number), strokes

    def _base(self, number: int) -> float:
        """About where the base line of a word is: most of its ink lies in the core above."""
        y = np.concatenate(self.written[number].strokes)[:, 1]
        return float(np.median(y)) + 0.5

    def _crossed(self) -> Iterator[tuple[int, list[np.ndarray]]]:
        for number in self._some(0.06):
            word = self.written[number]
            left, _, right, _ = word.box
            if right - left < 2:
                continue
            word.line = ASIDE
            y = self._base(number) - 0.5
            how = self.generator.integers(4)
            if how == 0:
                x = np.arange(left - 0.2, right + 0.4, 0.35)
                zigzag = np.stack([x, y + 0.7 * (-1.0) ** np.arange(len(x))], 1)
                strokes = [np.concatenate([self._line(a, b) for a, b in pairwise(zigzag)])]
            elif how == 1:
                high, low = (left - 0.2, y - 1), (right + 0.2, y + 1)
                strokes = [self._line(high, low), self._line((high[0], low[1]), (low[0], high[1]))]
            else:
                ys = (y,) if how == 2 else (y - 0.2, y + 0.2)
                strokes = [self._line((left - 0.3, y), (right + 0.3, y)) for y in ys]
            yield self._when(number), strokes

    def _sketch(self) -> Iterator[tuple[int, list[np.ndarray]]]:
        left, top, right, foot = self._box
        size = self.generator.uniform(5, 12)
        beside = self.generator.random() < 0.5
        corner = (right + 2.5, self.generator.uniform(top, max(foot - size, top))) if beside else (left + 3, foot + 2.5)
        drawing = [_house, _face, _spiral, _graph, _flower][self.generator.integers(5)]()
        strokes = [_densely(stroke * size + corner) for stroke in drawing]
        yield self._end(), [self._wobbled(stroke) for stroke in strokes]

    def _bullets(self) -> Iterator[tuple[int, list[np.ndarray]]]:
        how = self.generator.integers(4)
        turn = np.linspace(0, 2 * np.pi, 20)
        circle = np.stack([np.cos(turn), np.sin(turn)], 1)
        for number in (n for n, word in enumerate(self.written) if word.starts):
            centre = np.array([self.written[number].box[0] - 1.6, self._base(number) - 0.5])
            if how == 0:
                strokes = [circle * 0.12 + centre]
            elif how == 1:
                strokes = [circle * 0.35 + centre]
            elif how == 2:
                strokes = [self._line(centre - np.array([0.5, 0]), centre + np.array([0.5, 0]))]
            else:
                strokes = [self._line(centre - 0.4 * d, centre + 0.4 * d) for d in np.array([[1, 1], [1, -1]])]
            yield number - 1, strokes

    def _line(self, start: object, end: object, sag: float = 0.0) -> np.ndarray:
        """Points of a line by hand."""
        a, b = np.asarray(start, float), np.asarray(end, float)
        share = np.linspace(0, 1, max(int(np.hypot(*(b - a)) / _STEP), 2))[:, None]
        across = np.array([a[1] - b[1], b[0] - a[0]])
        return self._wobbled(a + share * (b - a) + sag * 4 * share * (1 - share) * across)

    def _wobbled(self, points: np.ndarray) -> np.ndarray:
        at = np.arange(len(points))[:, None] * _STEP
        phases, lengths = self.generator.uniform(0, 2 * np.pi, 2), self.generator.uniform(4, 12, 2)
        return points + 0.05 * np.sin(2 * np.pi * at / lengths + phases)

    def _rectangle(self, box: np.ndarray) -> list[np.ndarray]:
        left, top, right, foot = box
        corners = np.array([[left, top], [right, top], [right, foot], [left, foot], [left, top]])
        sides = [self._line(a, b) for a, b in pairwise(corners)]
        return sides if self.generator.random() < 0.5 else [np.concatenate(sides)]


def _bent(points: np.ndarray, left: float, wide: float, climb: float, sag: float) -> np.ndarray:
    across = (points[:, 0] - left) / wide - 0.5
    return points + np.stack([np.zeros(len(points)), wide * (climb * across + sag * 4 * across**2)], 1)


def _densely(corners: np.ndarray) -> np.ndarray:
    far = arc_lengths(corners)
    return points_at(np.linspace(0, far[-1], max(int(far[-1] / _STEP), 2)), far, corners)


def _circle(x: float, y: float, radius: float) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 40)
    return np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], 1)


def _house() -> list[np.ndarray]:
    walls = np.array([[0, 0.4], [0, 1], [1, 1], [1, 0.4], [0, 0.4]])
    return [walls, np.array([[0, 0.4], [0.5, 0], [1, 0.4]]), np.array([[0.4, 1], [0.4, 0.7], [0.6, 0.7], [0.6, 1]])]


def _face() -> list[np.ndarray]:
    mouth = _circle(0.5, 0.55, 0.25)[2:19]
    return [_circle(0.5, 0.5, 0.5), _circle(0.35, 0.4, 0.06), _circle(0.65, 0.4, 0.06), mouth]


def _spiral() -> list[np.ndarray]:
    turn = np.linspace(0, 8 * np.pi, 200)
    return [0.5 + np.stack([np.cos(turn), np.sin(turn)], 1) * turn[:, None] / (16 * np.pi)]


def _graph() -> list[np.ndarray]:
    x = np.linspace(0, 1, 9)
    curve = np.stack([x, 0.5 + 0.3 * np.sin(7 * x)], 1)
    return [np.array([[0, 0], [0, 1]]), np.array([[0, 1], [1, 1]]), curve]


def _flower() -> list[np.ndarray]:
    petals = [_circle(0.5 + 0.2 * np.cos(a), 0.3 + 0.2 * np.sin(a), 0.13) for a in np.arange(5) * 2 * np.pi / 5]
    return [_circle(0.5, 0.3, 0.08), *petals, np.array([[0.5, 0.5], [0.48, 0.8], [0.5, 1]])]
