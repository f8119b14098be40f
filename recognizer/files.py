"""The one place where files are opened and written: every way in which opening fails is a sentence, and what is written is there
whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from recognizer.errors import InputError

INK_ENDINGS = frozenset({".inkml"})
PAGE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".heic", ".heif", ".bmp", ".pdf"})
READABLE = INK_ENDINGS | PAGE_ENDINGS  # how files end, in small letters, that are read where a folder is named

Source = str | os.PathLike[str] | bytes  # a file's name, or what would be in it (from the clipboard, from a drop)

_HEAD = 256  # bytes that tell XML from everything else
_OURS, _EVERYBODY_S = 0o600, 0o666  # modes of new files: the program's own, and the user's, less what the umask takes


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
    """Does this begin as XML does, UTF-16 too, or a message that holds some? Ink is XML; whatever else can be read is a picture.
    What cannot be opened is none."""
    head = source[:_HEAD] if isinstance(source, bytes) else b""
    if not isinstance(source, bytes) and os.path.isfile(source):  # peeking into a pipe would take from it
        with suppress(OSError), open(source, "rb") as file:
            head = file.read(_HEAD)
    text = (
        head.replace(b"\0", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .lstrip()
    )
    return text.startswith((b"<", b"--")) or text[:13].lower() in (b"mime-version:", b"content-type:")


def _name(path: str | os.PathLike[str]) -> str:
    """The last part of the path, free of what cannot be printed."""
    text = os.fspath(path)
    return printable(Path(text).name or text) or "A file without a name"


def printable(text: str) -> str:
    """Text of a stranger's on one line, without what would do something to a terminal or to the direction of other text."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def check_file(path: str | os.PathLike[str], limit: int) -> None:
    """Raises InputError where there is no such file, it may not be read, is no ordinary file, or has more than ``limit`` bytes. It is
    called by its whole path, as it need not be one that somebody has named."""
    _read(path, printable(os.fspath(path)), limit, most=0)


def _read(path: str | os.PathLike[str], name: str, limit: int, most: int | None = None) -> bytes:
    """All bytes of a file, or so many of them."""
    try:
        status = os.stat(path)
        _check_status(status, name, limit)
        with open(path, "rb") as file:
            return file.read(status.st_size + 1 if most is None else most)  # room for ``limit`` takes longer to make
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


def write_file(path: Path, data: bytes, private: bool = False) -> None:
    """Put ``data`` into a file, whole or not at all, as `replacing` does. Raises InputError, OSError."""
    with replacing(path, private) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, private: bool = False) -> Iterator[BinaryIO]:
    """A stream whose data take the place of a file when all of them are on the disk; until then, and where anything fails, the
    old file stays as it was.

    Links are followed, and the mode of the old file is kept; a new one is its user's alone where it is ``private``, as what the
    program keeps for itself. Folders that are missing are made. Raises InputError where the old file is write-protected or no
    file, OSError.
    """
    target = Path(os.path.realpath(path))
    mode = _mode_to_be(target, private)
    make_folder(target.parent, private)
    helper = unfinished(target)
    try:
        descriptor = os.open(helper, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _OURS)
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(helper, mode)
        os.replace(helper, target)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
    finally:
        with suppress(OSError):
            helper.unlink()  # it is there only where something has failed
    settle(target.parent)


def unfinished(target: Path) -> Path:
    """The name, in the same folder, of what will take the place of a file: one where nobody can have put a link."""
    return target.with_name(f".{os.urandom(8).hex()}.unfinished")


def check_writable(path: Path) -> None:
    """Raises InputError where `write_file` could put nothing there, so that nobody waits for what cannot be kept."""
    target = Path(os.path.realpath(path))
    folder = next(above for above in target.parents if above.exists())
    if not folder.is_dir():
        raise InputError(f"{printable(str(folder))} is no folder: choose another name.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(f"{printable(str(folder))} may not be written to: choose another folder.")
    _mode_to_be(target, private=False)


def make_folder(folder: Path, private: bool = False) -> None:
    """Make a folder that is not there, with those above it; a ``private`` one is nobody else's. Raises OSError."""
    if private:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        with suppress(OSError):  # where it is not ours
            folder.chmod(0o700)
    else:
        folder.mkdir(parents=True, exist_ok=True)


def make_private(path: Path) -> None:
    """Let a file that something else writes be there, its user's alone from the first byte on. Raises OSError."""
    make_folder(path.parent, private=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OURS))
    path.chmod(_OURS)


def set_aside(path: Path, ending: str) -> Path:
    """Put a file beside itself under a name that is free, which begins as its own does; the new name. Raises OSError."""
    number = 1
    while (aside := path.with_name(f"{path.name}{ending}{number if number > 1 else ''}")).exists():
        number += 1
    os.replace(path, aside)
    return aside


def _mode_to_be(target: Path, private: bool) -> int:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return _OURS if private else _EVERYBODY_S & ~_UMASK
    if stat.S_ISDIR(mode):
        raise InputError(f"{_name(target)} is a folder: choose another name.")
    if not stat.S_ISREG(mode):
        raise InputError(f"{_name(target)} is no ordinary file: choose another name.")
    if not mode & 0o222:
        raise InputError(f"{_name(target)} is write-protected: choose another name, or allow it to be written.")
    return _OURS if private else stat.S_IMODE(mode)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_UMASK = _umask()  # it can be asked for only by setting it, which no thread must be writing at


def settle(folder: Path) -> None:
    """New names in it survive a power cut too, where the system knows how to promise that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
