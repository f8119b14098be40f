"""The one place where files from users are opened: every way in which that fails is a sentence."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from recognizer.errors import InputError

Source = str | os.PathLike[str] | bytes  # a file's name, or what would be in it (from the clipboard, from a drop)

_HEAD = 256  # bytes that tell XML from everything else


def read_source(source: Source, limit: int, what: str) -> tuple[bytes, str]:
    """The bytes of a file, or the bytes given, and what to call them in messages: the file's name, or "The <what>".

    Raises InputError where there is no such file, it may not be read, is no ordinary file, is empty, or has more
    than ``limit`` bytes.
    """
    if isinstance(source, bytes):
        name, data = f"The {what}", source
    else:
        name = _name(source)
        data = _read(source, name, limit)
    if not data:
        raise InputError(f"{name} is empty: there is nothing in it.")
    if len(data) > limit:
        raise _too_large(name, len(data), limit)
    return data, name


def is_ink(source: Source) -> bool:
    """Does this begin as XML does? Ink is XML; whatever else can be read is a picture. What cannot be opened is none."""
    head = source[:_HEAD] if isinstance(source, bytes) else b""
    if not isinstance(source, bytes) and os.path.isfile(source):  # peeking into a pipe would take from it
        with suppress(OSError), open(source, "rb") as file:
            head = file.read(_HEAD)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _name(path: str | os.PathLike[str]) -> str:
    """The last part of the path, free of what cannot be printed."""
    text = os.fspath(path)
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in Path(text).name or text)
    return printable or "A file without a name"


def _read(path: str | os.PathLike[str], name: str, limit: int) -> bytes:
    try:
        _check_status(os.stat(path), name, limit)
        with open(path, "rb") as file:
            return file.read(limit + 1)
    except InputError:
        raise
    except FileNotFoundError:
        raise InputError(f"{name} does not exist: check its name and folder.") from None
    except PermissionError:
        raise InputError(f"{name} may not be read: ask its owner for permission, or for a copy.") from None
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # a name with a null character, or one that the file system cannot write
        raise InputError(f"{name} is no name of a file: choose another.") from error


def _check_status(status: os.stat_result, name: str, limit: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{name} is a folder: choose a file in it.")
    if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device may never end
        raise InputError(f"{name} is no ordinary file: save it as one first.")
    if status.st_size > limit:
        raise _too_large(name, status.st_size, limit)


def _too_large(name: str, size: int, limit: int) -> InputError:
    return InputError(f"{name} has {size / 1e6:,.0f} MB; at most {limit / 1e6:,.0f} MB can be read.")
