"""Lines as people write them without ruling: words of one writer on a base line that climbs and bends, growing and leaning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.ink.lines import fit_lines
from recognizer.language.alphabet import labels_of
from recognizer.training.data.inksets import InkSet, inkset_of, untimed

# Standard deviations. A line of one word may be turned further than one of several, which a sheet's edge guides.
_TURN, _TURN_OF_WORD = 4.0, 7.0  # degrees
_SAG, _GROWTH, _LEAN, _LEANING = 0.012, 0.25, 0.2, 0.1  # widths of the line, log, dx / dy at the middle and its change
_WAVE, _LENGTHS = 0.12, (8.0, 30.0)  # of the base line: amplitude and wave length [core heights]
_SIZE, _LIFT, _STRETCH = 0.08, 0.06, 0.12  # of each word: log, core heights, log; the stretch is the line's
_GAPS = (0.8, 2.2)  # between words [core heights], drawn evenly in the logarithm
UNIT = 12.0  # px of a core height in a set of lines


@dataclass(frozen=True)
class _Wander:
    """How one line wanders; lengths in core heights."""

    turn: float  # radians
    sag: float
    growth: float
    lean: float
    leaning: float
    wave: float
    length: float
    phase: float
    stretch: float

    def placed(self, points: np.ndarray, width: float) -> np.ndarray:
        """Points (n, 2) of a level line of such a ``width``, y = 0 its base line, where they come to."""
        across = points[:, 0] / width - 0.5
        size = np.exp(self.growth * across)
        y = points[:, 1] * size
        x = width * (np.expm1(self.growth * across) / self.growth if abs(self.growth) > 1e-3 else across)
        x = np.exp(self.stretch) * x - (self.lean + self.leaning * across) * y
        y = y + self.sag * width * 4 * across**2
        y = y + self.wave * np.sin(2 * np.pi * points[:, 0] / self.length + self.phase)
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        return np.stack([cos * x - sin * y, sin * x + cos * y], 1)


def wandering_lines(inkset: InkSet, split: str, count: int, longest: int) -> InkSet:
    """``count`` lines, each of one word (``longest`` 1) or 2 to ``longest`` words of one writer, out of those of ``split`` whose
    texts are of the alphabet; writers count by the root of how much they wrote."""
    generator = np.random.default_rng([count, longest])
    by_writer: dict[str, list[int]] = {}
    for sample in inkset.of_split(split):
        if labels_of(str(inkset.labels[sample])) is not None:
            by_writer.setdefault(str(inkset.writers[sample]), []).append(int(sample))
    groups = {writer: group for writer, group in by_writer.items() if len(group) >= longest}
    shares = np.sqrt([len(group) for group in groups.values()])
    inks, texts, writers = [], [], [str(w) for w in generator.choice(list(groups), count, p=shares / shares.sum())]
    for writer in writers:
        words = 1 if longest == 1 else int(generator.integers(2, longest + 1))
        chosen = generator.choice(groups[writer], words, replace=False).tolist()
        line = wandering_line([inkset.strokes(word) for word in chosen], generator)
        inks.append(untimed(UNIT * stroke for stroke in line))
        texts.append(" ".join(str(inkset.labels[word]) for word in chosen))
    return inkset_of(inks, texts, writers, split)


def wandering_line(words: Sequence[Sequence[np.ndarray]], generator: np.random.Generator) -> list[np.ndarray]:
    """The strokes (n, 2) float32 of one line made of ``words``, each the strokes of a word by the same writer, y down.

    Words keep their sizes, about; the unit of the line is the core height of its words.
    """
    strokes: list[np.ndarray] = []
    reach = 0.0
    fitted = [fit_lines([stroke.astype(np.float64) for stroke in word]) for word in words]
    unit = float(np.median([lines.height.mean() for lines in fitted]))
    for word, lines in zip(words, fitted, strict=True):
        size = np.exp(generator.normal(0, _SIZE)) / unit
        lift = generator.normal(0, _LIFT)
        level = [
            np.stack([size * stroke[:, 0], size * (stroke[:, 1] - lines.base_at(stroke[:, 0])) + lift], 1)
            for stroke in word
        ]
        left = min(float(stroke[:, 0].min()) for stroke in level)
        gap = np.exp(generator.uniform(*np.log(_GAPS))) if strokes else 0.0
        strokes += [stroke + np.array([reach + gap - left, 0.0]) for stroke in level]
        reach = max(float(stroke[:, 0].max()) for stroke in strokes)
    drawn = _drawn(generator, alone=len(words) == 1)
    return [drawn.placed(stroke, max(reach, 1.0)).astype(np.float32) for stroke in strokes]


def _drawn(generator: np.random.Generator, alone: bool) -> _Wander:
    deviations = [np.radians(_TURN_OF_WORD if alone else _TURN), _SAG, _GROWTH, _LEAN, _LEANING, _WAVE]
    turn, sag, growth, lean, leaning, wave = generator.normal(0, deviations).tolist()
    return _Wander(
        turn,
        sag,
        growth,
        lean,
        leaning,
        wave,
        float(generator.uniform(*_LENGTHS)),
        float(generator.uniform(0, 2 * np.pi)),
        float(generator.normal(0, _STRETCH)),
    )
