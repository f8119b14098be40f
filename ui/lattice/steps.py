"""The steps of a walk over the lattice."""

from enum import Enum


class Step(Enum):
    """Where to go from an arc."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    START = "start"
    END = "end"
