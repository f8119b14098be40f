"""Which letters are taken for which: from texts as they were read and as they were meant."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from recognizer.language.distance import edit_distance

# Letters and digits of which displacement reads the largest shares wrong, without language: of 1,500 words of validation writers,
# those that are there 25 times.
OFTEN_CONFUSED = "SMCvzIxkrTEwu1cmUqis"
LONGEST = 6  # letters of a word that is asked for


def confusions(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often each meant letter was read as another, or as none (""), in ``pairs`` of read and meant."""
    found: Counter[tuple[str, str]] = Counter()
    for read, meant in pairs:
        found.update(pair for pair in aligned(read, meant) if pair[0] and pair[0] != pair[1])
    return found


def aligned(read: str, meant: str) -> list[tuple[str, str]]:
    """Each meant letter with what was read for it, by the fewest edits; "" where there is nothing on one side."""
    pairs: list[tuple[str, str]] = []
    i, j = len(read), len(meant)
    cost = [[edit_distance(read[:a], meant[:b]) for b in range(j + 1)] for a in range(i + 1)]
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + (read[i - 1] != meant[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((meant[j], read[i]))
        elif j and cost[i][j] == cost[i][j - 1] + 1:
            j -= 1
            pairs.append((meant[j], ""))
        else:
            i -= 1
            pairs.append(("", read[i]))
    return pairs[::-1]


def letters_to_practise(pairs: Iterable[tuple[str, str]], doubtful: Iterable[str], count: int) -> list[str]:
    """Letters and digits: those that were read wrong, the most often wrong first; those that are ``doubtful``; and those that are
    often confused in everybody's hand."""
    wrong: Counter[str] = Counter()
    for (meant, _), times in confusions(pairs).items():
        wrong[meant] += times
    own = [letter for letter, _ in wrong.most_common()]
    wished = dict.fromkeys(
        letter for letter in [*own, *doubtful, *OFTEN_CONFUSED] if letter.isascii() and letter.isalnum()
    )
    return list(wished)[:count]


def word_with(letter: str, words: Sequence[str], generator: np.random.Generator) -> str:
    """A short word to write that holds the letter: one of ``words``, or a number for a digit."""
    if letter.isdigit():
        digits = generator.integers(0, 10, 3)
        return "".join(map(str, digits[:2])) + letter + str(digits[2])
    shapes = [word.capitalize() if letter.isupper() else word for word in words if 2 <= len(word) <= LONGEST]
    fitting = [word for word in shapes if letter in word]
    return str(generator.choice(fitting)) if fitting else letter
