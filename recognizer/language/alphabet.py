"""The characters that text is made of, and their labels in graphs: printable ASCII, 1 to 94, then what parts words and lines."""

FIRST, LAST = "!", "~"
COUNT = ord(LAST) - ord(FIRST) + 1
CHARACTERS = tuple(chr(ord(FIRST) + k) for k in range(COUNT))
SPACE, NEWLINE = COUNT + 1, COUNT + 2
BLANK = COUNT + 3  # the label of frames that show no character
SYMBOLS = ("", *CHARACTERS, " ", "\n", "")  # the text of each label
_LABELS = bytes(code - ord(FIRST) + 1 if ord(FIRST) <= code <= ord(LAST) else 0 for code in range(256))  # by code


def label_of(character: str) -> int | None:
    """1 to 94, None where the alphabet has no such character."""
    label = ord(character) - ord(FIRST) + 1
    return label if 1 <= label <= COUNT else None


def labels_of(text: str) -> list[int] | None:
    """The labels of a text, None where it is empty or holds something that is not in the alphabet."""
    labels = list(text.encode("ascii").translate(_LABELS)) if text.isascii() else []
    return labels if labels and 0 not in labels else None


def is_word(text: str) -> bool:
    """Has each of its characters a label? The quick way to ask `labels_of`, for lists of words."""
    return text.isascii() and text.isprintable() and " " not in text and text != ""
