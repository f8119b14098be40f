"""Words and how likely they are: the lexicon that comes with the program, a user's, or any list of words in a file."""

import gzip
import math
import zlib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from recognizer.errors import InputError
from recognizer.files import check_file
from recognizer.language.alphabet import is_word
from recognizer.platform import resource

MAX_BYTES = 50_000_000  # of a list of words, unpacked
MAX_WORDS = 500_000
MAX_BEGINNINGS = 1_000_000  # of all words, shared ones once: each is a node of a trie and takes a kilobyte
MAX_LETTERS = 100  # of a word
OWN = 7.0  # penalty of a user's own word [nats]: that of the hundred commonest


@cache  # the lexicon and the n-gram ask for it
def english() -> Mapping[str, float]:
    """The lexicon that comes with the program: 40,000 English words in lower case, each with its penalty [nats]."""
    return read_lexicon(resource("lexicon/english.tsv.gz"))


def read_lexicon(path: Path) -> dict[str, float]:
    """The words of a text file (.gz or plain UTF-8), one a line, each with its penalty [nats] after a tab; words without
    one cost nothing, since who lists words wants them read. Raises InputError, naming the line, where the file is no list of
    words."""
    words: dict[str, float] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        word, _, penalty = line.partition("\t")
        word = word.strip()
        if not word:
            continue
        if len(word) > MAX_LETTERS or not is_word(word):
            raise InputError(
                f"{path}, line {number}: {word[:40]!r} is no word; give one word a line, in at most {MAX_LETTERS} ASCII characters."
            )
        if penalty:
            words[word] = _penalty(penalty, path, number)
        else:
            words.setdefault(word, 0.0)
        if len(words) > MAX_WORDS:
            raise InputError(f"{path} has more than {MAX_WORDS:,} words.")
    if not words:
        raise InputError(f"{path} holds no words; give one a line.")
    if _is_too_large(words):
        raise InputError(f"{path} has words of more than {MAX_BEGINNINGS:,} different beginnings: leave out rare ones.")
    return words


def _is_too_large(words: Collection[str]) -> bool:
    """Would their trie take gigabytes?"""
    if sum(map(len, words)) <= MAX_BEGINNINGS:
        return False
    import numpy as np

    ordered = np.array(sorted(words), np.bytes_)
    table = ordered.view(np.uint8).reshape(len(ordered), -1)
    shared = np.argmax(table[1:] != table[:-1], axis=1)  # letters that each has in common with the one before it
    return sum(map(len, words)) - int(shared.sum()) > MAX_BEGINNINGS


def with_own(lexicon: Mapping[str, float], words: Iterable[str]) -> dict[str, float]:
    """The lexicon and a user's own words, which are as likely as the commonest. Raises InputError where they are too many together."""
    both = {**lexicon, **{word: min(OWN, lexicon.get(word, OWN)) for word in words}}
    if len(both) > len(lexicon) and _is_too_large(both):
        raise InputError(
            f"Your own words and those of the lexicon have more than {MAX_BEGINNINGS:,} different beginnings: leave out rare ones."
        )
    return both


def _penalty(text: str, path: Path, number: int) -> float:
    try:
        penalty = float(text)
    except ValueError:
        penalty = math.nan
    if not 0 <= penalty < math.inf:
        raise InputError(
            f"{path}, line {number}: {text[:40]!r} is no penalty; give a number of at least 0 after the tab."
        )
    return penalty


def _text(path: Path) -> str:
    check_file(path, MAX_BYTES)
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"The lexicon {path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"The lexicon {path} is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"The lexicon {path} is no text in UTF-8.") from error
