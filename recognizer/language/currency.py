"""Which currency an amount of money says: of a text, and as a graph for what may be one."""

import re
from functools import cache

from recognizer.gtn import Graph, graph_of
from recognizer.language.money import CURRENCIES, character_of

SIGNS = tuple(CURRENCIES)  # sign k is written as label k + 1
_LONGEST_FIRST = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))


def currency_in(text: str) -> str | None:
    """The ISO code of the first currency that a text says; None where it says none, or one of several."""
    found = re.search(_LONGEST_FIRST, "".join(map(character_of, text)))
    return CURRENCIES[found[0]] if found else None


@cache
def currency_transducer(classes: tuple[str, ...]) -> Graph:
    """From what a recogniser of ``classes`` reads of an amount to the first of SIGNS in it: one label, or none where there is none.

    A node for each beginning of a sign, and one for when a sign is said, where all else is passed over. A character may be read
    several times in a row, as in frames; the last class is no character.
    """
    beginnings = ["", *dict.fromkeys(sign[:k] for sign in SIGNS for k in range(1, len(sign)))]
    said = len(beginnings)
    arcs = [(said, said, label, 0) for label in range(1, len(classes) + 1)]
    for node, beginning in enumerate(beginnings):
        arcs.append((node, node, len(classes), 0))
        for label, character in enumerate(classes[:-1], 1):
            ends = [(beginning + character)[k:] for k in range(len(beginning) + 2)]
            longest = next(end for end in ends if end in SIGNS or end in beginnings)
            if beginning.endswith(character):
                arcs.append((node, node, label, 0))
            elif longest in SIGNS:
                arcs.append((node, said, label, SIGNS.index(longest) + 1))
            else:
                arcs.append((node, beginnings.index(longest), label, 0))
    source, target, read, written = zip(*arcs, strict=True)
    return graph_of(source, target, read, output=written, final=range(said + 1))
