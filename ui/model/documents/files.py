"""Which files a queue is made of, and by what each is known."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from recognizer.batch.folder import is_batch
from recognizer.batch.review import refused_files
from recognizer.files import READABLE


def files_in(paths: Iterable[Path], check: Callable[[], None] = lambda: None) -> list[Path]:
    """The files among ``paths`` as they are, and of folders those that can be read, by name, their folders' too; of
    the folder of a batch those that it refused.

    ``check`` is called between files; what it raises stops the search.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _files_of(path):
            check()
            found[file.absolute()] = None
    return list(found)


def _files_of(path: Path) -> Iterable[Path]:
    if is_batch(path):
        return refused_files(path)
    return _readable_in(path) if path.is_dir() else [path]


def digest_of(file: Path | bytes) -> str:
    """By which one knows what a file holds, whatever it is called (SHA-256); empty where it cannot be looked into."""
    if isinstance(file, bytes):  # what would be in one
        return hashlib.sha256(file).hexdigest()
    with suppress(OSError, ValueError):
        if file.is_file():  # reading a pipe may never end
            with file.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
    return ""


def _readable_in(folder: Path) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name.lower()))
    except OSError:  # reading it as a file will tell, and the others are not kept from being read
        yield folder
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():  # a link may lead round in a circle
            yield from _readable_in(path)
        elif path.suffix.lower() in READABLE:
            yield path
