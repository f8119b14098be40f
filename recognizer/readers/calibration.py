"""Confidence that is right as often as it says: how often readings as sure as this one were right when that was measured."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Calibration:
    """A rising function of confidence, straight between its knots and from them to (0, 0) and (1, 1)."""

    # (confidence, share of right answers), rising; none: nothing was measured.
    knots: tuple[tuple[float, float], ...] = ()

    def of(self, confidence: float) -> float:
        """The share of right answers among readings of this confidence."""
        places, shares = np.array([(0.0, 0.0), *self.knots, (1.0, 1.0)]).T
        return float(np.interp(confidence, places, shares))


UNCALIBRATED = Calibration(())  # confidence is taken at its word
