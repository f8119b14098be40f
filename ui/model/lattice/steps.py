"""What is pointed at in a lattice, and the steps of a walk over it; without numpy, so that the window starts fast."""

from enum import Enum
from typing import NamedTuple


class StageArc(NamedTuple):
    """One arc of one stage."""

    stage: int
    arc: int


class Step(Enum):
    """Where to go from an arc."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    START = "start"
    END = "end"
