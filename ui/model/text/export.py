"""Text for other programs: plain, or as Markdown, which shows it as it is."""

import re
from pathlib import Path

from recognizer.errors import InputError
from recognizer.files import write_file
from ui.language import tr
from ui.model.text.running import running

TEXT, MARKDOWN = ".txt", ".md"
_MEANS = re.compile(r"([\\`*_{}\[\]<>#|~])|^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)  # something in Markdown


def write_text(path: Path, text: str, joined: bool) -> None:
    """Write lines of writing, or all ``joined`` to one paragraph, as what the file's ending says. Raises OSError, InputError."""
    if path.suffix.lower() not in (TEXT, MARKDOWN):
        raise InputError(
            tr("Text is saved as {text} or {markdown}, not as {name}.", text=TEXT, markdown=MARKDOWN, name=path.name)
        )
    lines = [running(text)] if joined else text.splitlines()
    if path.suffix.lower() == MARKDOWN:
        lines = [*(f"{escaped(line)}\\" for line in lines[:-1]), *map(escaped, lines[-1:])]
    write_file(path, ("\n".join(lines) + "\n").encode())


def escaped(line: str) -> str:
    """A line that Markdown shows as it is."""
    return _MEANS.sub(lambda found: f"\\{found[1]}" if found[1] else _listed(found[2], found[3]), line)


def _listed(before: str, mark: str) -> str:
    """What would begin a list."""
    return f"{before}{mark[:-1]}\\{mark[-1]}"
