"""When each stroke was written, with long pauses cut short; and what was there at a moment."""

from dataclasses import dataclass, replace

from ui.model.ink.document import Stroke

LONGEST_PAUSE = 1.0  # s: nobody wants to watch anybody think
PAUSE = 0.3  # s: where the clocks of neighbouring strokes do not agree, as of ink from two files


@dataclass(frozen=True)
class Timeline:
    """The strokes of an ink with the moment at which each begins [s]."""

    strokes: tuple[Stroke, ...]
    starts: tuple[float, ...]
    seconds: float  # of all of it

    def at(self, moment: float) -> tuple[tuple[Stroke, ...], Stroke | None]:
        """The strokes that are finished at a moment, and the one that is being written."""
        import numpy as np

        finished = []
        for stroke, start in zip(self.strokes, self.starts, strict=True):
            if start + _duration(stroke) <= moment:
                finished.append(stroke)
                continue
            if start > moment:
                break
            times = stroke.points[:, 2] - stroke.points[0, 2]
            count = max(int(np.searchsorted(times, moment - start, side="right")), 1)
            pressures = None if stroke.pressures is None else stroke.pressures[:count]
            return tuple(finished), replace(stroke, points=stroke.points[:count], pressures=pressures)
        return tuple(finished), None


def timeline_of(strokes: tuple[Stroke, ...]) -> Timeline:
    """Strokes in the order of writing, each as fast as it was."""
    starts: list[float] = []
    now = 0.0
    for index, stroke in enumerate(strokes):
        if index:
            pause = float(stroke.points[0, 2]) - float(strokes[index - 1].points[-1, 2])
            now += min(pause, LONGEST_PAUSE) if pause >= 0 else PAUSE
        starts.append(now)
        now += _duration(stroke)
    return Timeline(strokes, tuple(starts), now)


def _duration(stroke: Stroke) -> float:
    return float(stroke.points[-1, 2] - stroke.points[0, 2])
