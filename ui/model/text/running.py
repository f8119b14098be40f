"""Lines of a page as one: they run on, and a word that a hyphen parts at the end of a line is whole again."""

from functools import reduce


def running(text: str) -> str:
    """The lines of ``text`` joined."""
    return reduce(_joined, text.splitlines(), "")


def _joined(above: str, below: str) -> str:
    above, below = above.rstrip(), below.lstrip()
    parted = above[-1:] == "-" and above[-2:-1].isalpha()
    if parted and below[:1].islower():
        return above[:-1] + below
    parts_of_name = parted and below[:1].isalpha()  # Jean-Paul
    return above + below if parts_of_name or not above else f"{above} {below}"


def first_line(text: str) -> str:
    """The beginning of a text, which says that it goes on."""
    first = text.partition("\n")[0]
    return first if first == text else f"{first}\u2026"
