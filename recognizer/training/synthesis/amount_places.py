"""Where the characters of an amount stand, and how high: signs, letters, and cents that are smaller and raised."""

import re
from dataclasses import dataclass

import numpy as np

from recognizer.language.money import LETTERS, RAISED, character_of

# Tops and feet as shares of the height of the digits, measured up from the base line. Signs keep their own shape within that
# height, dashes excepted.
_PLACES = {
    ".": (0.12, -0.02),
    "·": (0.56, 0.42),
    ",": (0.18, -0.22),
    "'": (1.12, 0.82),
    "-": (0.52, 0.42),
    "=": (0.6, 0.3),
    "*": (0.8, 0.3),
    "$": (1.15, -0.12),
    "£": (1.02, -0.03),
    "#": (1.0, 0.0),
} | {letter: (1.0 if letter in "bdfhkl" else 0.62, -0.32 if letter in "gpy" else 0.0) for letter in LETTERS}
_LOW = re.compile(r"[0-9xXnN][0-9xXoO]/100")  # cents over a hundred, all beside each other


@dataclass(frozen=True)
class Cents:
    """How somebody writes cents, in heights of a digit."""

    raised: float  # height of raised ones
    lift: float  # of their feet above the base line
    low: float  # height of those beside a hundred, and of the hundred
    low_lift: float
    slash: float  # by how much a slash is taller than a digit at either end

    @staticmethod
    def draw(generator: np.random.Generator) -> "Cents":
        """One of the ways in which people raise cents."""
        raised = generator.uniform(0.38, 0.72)
        plain = generator.random() < 0.4
        low = 1.0 if plain else generator.uniform(0.55, 1.0)
        return Cents(
            raised=raised,
            lift=max(0.22, generator.uniform(0.9, 1.12) - raised),
            low=low,
            low_lift=0.0 if plain else generator.uniform(0.0, 1.1 - low),
            slash=generator.uniform(-0.04, 0.2),
        )

    def places(self, text: str) -> list[tuple[float, float]]:
        """Top and foot of each character of ``text``."""
        low = {index for match in _LOW.finditer(text) for index in range(*match.span())}
        return [self._place(character, index in low) for index, character in enumerate(text)]

    def _place(self, character: str, low: bool) -> tuple[float, float]:
        if character in RAISED:
            return self.lift + self.raised, self.lift
        if character_of(character) != character and character_of(character).isdigit():  # at the foot
            return 0.8 * self.raised - 0.12, -0.12
        places = _PLACES | {"/": (1 + self.slash, -self.slash)}
        top, foot = places.get(character, (1.0, 0.0))
        return (self.low_lift + self.low * top, self.low_lift + self.low * foot) if low else (top, foot)


def cents_apart(text: str) -> list[int]:
    """The raised cents of ``text`` that stand beside no slash: below them there may be a line."""
    raised = [index for index, character in enumerate(text) if character in RAISED]
    return [] if "/" in text or not raised else raised
