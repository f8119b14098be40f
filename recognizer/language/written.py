"""The value of an amount that is there as text: typed by a person, or drawn to be written."""

import re
from functools import cache

from recognizer.gtn import Graph, best_sequences, chain, compose
from recognizer.language.amount import amount_grammar, value_of, written_symbols
from recognizer.language.money import CHARACTERS, character_of

_CLASSES = (*CHARACTERS, "blank")


def value_written(text: str) -> str | None:
    """The value that readers would take ``text`` for, with two digits after the point; None where it is no amount."""
    text = re.sub(r"(?<=\d)\s+(?=\d/100\s*$)", "0", text)  # a gap tells 12 3/100 from 123/100
    characters = [character_of(each) for each in "".join(text.split())]
    if not characters or not set(CHARACTERS).issuperset(characters):
        return None
    found = best_sequences(compose(chain([CHARACTERS.index(each) + 1 for each in characters]), _grammar()), 1)[0]
    symbols = written_symbols(_CLASSES)
    return value_of("".join(symbols[label] for label in found[0].labels)) if found else None


@cache
def _grammar() -> Graph:
    return amount_grammar(_CLASSES)
