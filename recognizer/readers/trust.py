"""From which confidence on readings are trusted: what was measured of a model, as its file holds it (1998 paper, section III-D)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

CERTAIN = 1.0
MOST_SAMPLES = 1_000_000
JOINED = "joined "  # before the names of what the card of a model of text says of both systems together


@dataclass(frozen=True)
class Point:
    """What accepting from a confidence on came to; shares of all samples."""

    confidence: float
    wrong: float  # accepted and wrong: at most this
    accepted: float | None = None  # None: it was not stored


@dataclass(frozen=True)
class Trust:
    """Points of the curve, by rising share of wrong ones."""

    points: tuple[Point, ...]

    @property
    def whole(self) -> bool:
        """Is it known how many are accepted?"""
        return all(point.accepted is not None for point in self.points)

    @property
    def samples(self) -> int | None:
        """How many were measured, as the shares of accepted ones tell: the fewest that all of them can be of; None: not stored."""
        shares = [point.accepted for point in self.points if point.accepted]
        return (
            lcm(*(Fraction(share).limit_denominator(MOST_SAMPLES).denominator for share in shares)) if shares else None
        )

    def at(self, max_error: float) -> Point:
        """Where most are accepted with at most this share wrong; with none that small, only certainty is accepted."""
        allowed = [point for point in self.points if point.wrong <= max_error]
        return min(
            allowed, key=lambda point: point.confidence, default=Point(CERTAIN, 0.0, 0.0 if self.whole else None)
        )


def trust_in(card: Mapping[str, Any], name: str = "") -> Trust:
    """That of a model by its card: its curve, or where it stores none its thresholds. ``name`` is before both names."""
    if f"{name}curve" in card:
        curve = [Point(confidence, wrong, accepted) for confidence, accepted, wrong in card[f"{name}curve"]]
        return Trust(tuple(sorted(curve, key=lambda point: -point.confidence)))
    stored = card.get(f"{name}thresholds", {})
    points = [Point(float(confidence), float(rate)) for rate, confidence in stored.items()]
    return Trust(tuple(sorted(points, key=lambda point: point.wrong)))


def trust_in_both(card: Mapping[str, Any]) -> Trust:
    """The same of both systems that read amounts together, by the card of the displacement model."""
    return trust_in(card.get("joined", {}))
