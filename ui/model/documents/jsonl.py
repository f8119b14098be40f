"""Files of JSON lines that only grow: a crash costs the line that was being written and no other."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from recognizer.files import make_folder

LONGEST = 10_000_000  # characters of a line that is looked at


def append_lines(path: Path, entries: Iterable[dict[str, Any]], private: bool = True) -> None:
    """Add entries, each on a line of its own, and see them on the disk. A ``private`` file is its user's alone, and so is its
    folder. Raises OSError."""
    make_folder(path.parent, private)
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600 if private else 0o666), "a+b") as file:
        if file.tell() and not _ends_a_line(file):
            file.write(b"\n")  # after half a line, which is lost, the next one begins anew
        file.write("".join(json.dumps(entry) + "\n" for entry in entries).encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_a_line(file: Any) -> bool:
    file.seek(-1, os.SEEK_END)
    return bool(file.read(1) == b"\n")


def read_lines(path: Path) -> Iterator[Any]:
    """The entries of a file, from first to last, None for a line that is none. An absent file has none. Raises OSError."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        while line := file.readline(LONGEST):
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None
