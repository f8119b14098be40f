"""Text for other programs: plain, or as Markdown, which shows it as it is."""

import re
from pathlib import Path

from recognizer.errors import InputError
from recognizer.files import write_file
from ui.language import tr
from ui.model.text.running import running

TEXT, MARKDOWN = ".txt", ".md"
PARTED = "\n\n"  # of pages
_MEANS = re.compile(r"([\\`*_{}\[\]<>#|~])|^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)  # something in Markdown


def write_text(path: Path, text: str, joined: bool) -> None:
    """Write lines of writing, or those of each page ``joined`` to a paragraph, as what the file's ending says. Pages are parted by
    an empty line. Raises OSError, InputError."""
    if path.suffix.lower() not in (TEXT, MARKDOWN):
        raise InputError(
            tr("Text is saved as {text} or {markdown}, not as {name}.", text=TEXT, markdown=MARKDOWN, name=path.name)
        )
    pages = [[running(page)] if joined else page.splitlines() for page in text.split(PARTED)]
    if path.suffix.lower() == MARKDOWN:
        pages = [[*(f"{escaped(line)}\\" for line in lines[:-1]), *map(escaped, lines[-1:])] for lines in pages]
    write_file(path, (PARTED.join("\n".join(lines) for lines in pages) + "\n").encode())


def escaped(line: str) -> str:
    """A line that Markdown shows as it is."""
    return _MEANS.sub(lambda found: f"\\{found[1]}" if found[1] else _listed(found[2], found[3]), line)


def _listed(before: str, mark: str) -> str:
    """What would begin a list."""
    return f"{before}{mark[:-1]}\\{mark[-1]}"
