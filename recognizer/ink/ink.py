"""Ink: what a pen wrote, as strokes of points in pixels and seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError, NothingToRead

MAX_STROKES = 20_000  # some pages of writing; beyond that it is no handwriting
MAX_POINTS = 200_000  # a quarter of an hour of a pen at 200 points a second
MAX_COORDINATE = 1e6  # [px]; float32 still tells a sixteenth of a pixel there
MAX_SECONDS = 86_400.0  # a day; float32 still tells hundredths of a second there


@dataclass(frozen=True, eq=False)
class Ink:
    """Strokes in the order of writing; each from pen down to pen up.

    Built from anything that numpy takes as arrays of these shapes; the arrays are copied, made float32 and read-only.
    An ink without strokes is sound (an empty canvas), a stroke without points is not.
    Raises InputError for wrong shapes, for numbers that are not finite, and beyond the limits above.
    """

    strokes: tuple[np.ndarray, ...]  # each (n, 3) float32: x right [px], y down [px], t [s]
    pressures: tuple[np.ndarray, ...] | None = None  # each (n,) float32 in 0..1; None: unknown

    def __post_init__(self) -> None:
        if len(self.strokes) > MAX_STROKES:
            raise InputError(f"The ink has {len(self.strokes):,} strokes; at most {MAX_STROKES:,} can be read at once.")
        strokes = tuple(_frozen(stroke, f"Stroke {i + 1}") for i, stroke in enumerate(self.strokes))
        for i, stroke in enumerate(strokes):
            _check_stroke(stroke, i + 1)
        points = sum(map(len, strokes))
        if points > MAX_POINTS:
            raise InputError(f"The ink has {points:,} points; at most {MAX_POINTS:,} can be read at once.")
        object.__setattr__(self, "strokes", strokes)
        if self.pressures is not None:
            object.__setattr__(self, "pressures", _checked_pressures(self.pressures, strokes))

    @property
    def points(self) -> np.ndarray:
        """All points of all strokes, (P, 3) float32."""
        return np.concatenate(self.strokes) if self.strokes else np.empty((0, 3), np.float32)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom [px] of the pen's path. Raises NothingToRead where there is no stroke."""
        if not self.strokes:
            raise NothingToRead("There is no ink: write something first.")
        points = self.points
        left, top = points[:, :2].min(axis=0).tolist()
        right, bottom = points[:, :2].max(axis=0).tolist()
        return left, top, right, bottom

    def translated(self, dx: float, dy: float) -> "Ink":
        """The same ink moved right by dx and down by dy [px]."""
        return Ink(tuple(stroke + np.array([dx, dy, 0], np.float32) for stroke in self.strokes), self.pressures)

    def scaled(self, factor: float) -> "Ink":
        """The same ink with x and y multiplied by the factor; times stay."""
        return Ink(tuple(stroke * np.array([factor, factor, 1], np.float32) for stroke in self.strokes), self.pressures)


def _frozen(values: object, name: str) -> np.ndarray:
    try:
        with np.errstate(over="ignore"):  # what is too large for float32 becomes inf, which is then refused
            array = np.array(values, np.float32)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} of the ink is no array of numbers.") from error
    array.flags.writeable = False
    return array


def _check_stroke(stroke: np.ndarray, number: int) -> None:
    if stroke.ndim != 2 or stroke.shape[1] != 3 or not len(stroke):
        raise InputError(f"Stroke {number} of the ink has shape {stroke.shape}; it must be (points, 3), points >= 1.")
    if not np.isfinite(stroke).all():
        raise InputError(f"Stroke {number} of the ink holds numbers that are not finite.")
    if np.abs(stroke[:, :2]).max() > MAX_COORDINATE:
        raise InputError(f"Stroke {number} of the ink goes beyond {MAX_COORDINATE:,.0f} px; scale the ink down.")
    if np.abs(stroke[:, 2]).max() > MAX_SECONDS:
        raise InputError(
            f"Stroke {number} of the ink has times beyond {MAX_SECONDS:,.0f} s; count them from the first point."
        )


def _checked_pressures(pressures: Sequence[object], strokes: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    if len(pressures) != len(strokes):
        raise InputError(f"The ink has {len(strokes)} strokes but pressures for {len(pressures)}.")
    checked = tuple(_frozen(values, f"Pressure of stroke {i + 1}") for i, values in enumerate(pressures))
    for i, (pressure, stroke) in enumerate(zip(checked, strokes, strict=True)):
        if pressure.shape != stroke.shape[:1]:
            raise InputError(f"Stroke {i + 1} of the ink has {len(stroke)} points but {pressure.shape} pressures.")
        if not ((pressure >= 0) & (pressure <= 1)).all():
            raise InputError(f"Stroke {i + 1} of the ink has pressures outside 0..1.")
    return checked
