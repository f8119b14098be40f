"""What readers of amounts answer beside a text: its value and its currency."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recognizer.gtn import EPSILON, Graph
from recognizer.language.amount import same_value, value_of
from recognizer.language.money import COUNTRIES, CURRENCIES

_LONGEST_FIRST = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))


@dataclass(frozen=True)
class Money:
    """What amounts mean that a recogniser of ``classes`` reads, the last of which is no character, in a country (None: any)."""

    classes: tuple[str, ...]
    country: str | None = None

    @cached_property
    def same(self) -> Callable[[tuple[int, ...]], tuple[tuple[int, ...], ...]]:
        """From the labels of a text to those of all texts of its value."""
        return same_value(self.classes)

    def value(self, text: str) -> str:
        """The value of a text, with two digits after the point."""
        return value_of(text)

    def currency(self, best_path: Graph) -> str | None:
        """The ISO code of the currency that the path reads, or else that of the country; None where nobody knows."""
        read = best_path.label[best_path.label != EPSILON]
        changes = np.flatnonzero(np.diff(read, prepend=0))  # a character may be read in several frames
        letters = [label - 1 for label in read[changes].tolist() if label < len(self.classes)]
        found = re.search(_LONGEST_FIRST, "".join(self.classes[k] for k in letters))
        return CURRENCIES[found[0]] if found else COUNTRIES[self.country].currency if self.country else None
