"""Pages of Markdown in the language that is spoken: headings, heads of tables, names of pictures and paragraphs; rows and lists stay."""

import re
from collections.abc import Callable

HEADING, PICTURE = re.compile(r"(#+ )(.*)"), re.compile(r"(!\[)(.*)(\]\(.*\))")
ITEMS = ("* ", "- ")


def translated_page(markdown: str, tell: Callable[[str], str]) -> str:
    """A page whose words for people are what ``tell`` makes of them."""
    return "\n\n".join(_block(block, tell) for block in markdown.split("\n\n"))


def _block(block: str, tell: Callable[[str], str]) -> str:
    words = block.strip("\n")
    heading, picture = HEADING.fullmatch(words), PICTURE.fullmatch(words)
    if heading:
        return heading[1] + tell(heading[2])
    if picture:
        return picture[1] + tell(picture[2]) + picture[3]
    if words.startswith("|"):
        head, *rows = words.split("\n")
        return "\n".join(["|".join(_cell(cell, tell) for cell in head.split("|")), *rows])
    if words.startswith(ITEMS) or not words:
        return block
    return tell(" ".join(words.split("\n")))


def _cell(cell: str, tell: Callable[[str], str]) -> str:
    return f" {tell(cell.strip())} " if cell.strip() else cell
