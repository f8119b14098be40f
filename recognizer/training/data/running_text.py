"""Running text as a person would write it by hand, cut into the tokens of the word n-gram: words, marks, numbers."""

import gzip
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path

from recognizer.errors import InputError

_PLAIN = {  # quotes, dashes and dots of typesetters, and what nobody sees
    **dict.fromkeys((0x2018, 0x2019), "'"),
    **dict.fromkeys((0x201C, 0x201D), '"'),
    0x2014: " - ",
    0x2013: "-",
    0x2026: "...",
    **dict.fromkeys((0xAD, 0x2060, 0x200B), ""),
}
# "do n't", "it 's": split by a tokeniser.
_TAIL = re.compile(r"(?<=[A-Za-z]) (?=(?:n't|'(?:s|re|ve|ll|d|m|S|RE|VE|LL|D|M))\b)")
_MARK = re.compile(r"""(?<=(.))([.,;:!?)\]"'(\[-])(?=(.))""")
_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|[0-9](?:[0-9.,:/]*[0-9])?|[\"'(\[.,;:!?)\]-]")


def paragraphs(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The name of each text file (.txt.gz) of a folder, in order, and its paragraphs. Raises InputError where there are none."""
    files = sorted(folder.glob("*.txt.gz"))
    if not files:
        raise InputError(f"{folder} holds no texts; expected files that end in .txt.gz, a paragraph a line.")
    for file in files:
        try:
            with gzip.open(file, "rt", encoding="utf-8") as stream:
                yield file.name, stream.read().splitlines()
        except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
            raise InputError(f"The text {file} cannot be read: {error}.") from error


def tokens_of(paragraph: str) -> list[str]:
    """Words with their apostrophes, marks one by one, numbers; what else there is is left out."""
    plain = paragraph.translate(_PLAIN)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _TOKEN.findall(_TAIL.sub("", plain.replace("``", '"').replace("''", '"')))


def standing_of(paragraph: str) -> Iterator[tuple[str, str]]:
    """Each mark between two characters, and where it stands: before or after what it touches, between two letters, or alone.

    Nothing of what a tokeniser has taken apart, which has spaces before its commas.
    """
    plain = paragraph.translate(_PLAIN)
    if " ," in plain or " ." in plain:
        return
    for left, mark, right in _MARK.findall(plain):
        if left.isspace():
            yield mark, "alone" if right.isspace() else "before"
        elif left.isalpha() and right.isalpha():
            yield mark, "between"
        elif not (left.isdigit() and right.isalnum()):
            yield mark, "after" if right.isspace() or not right.isalnum() else "before"
