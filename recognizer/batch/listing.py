"""What a batch is to read, as a stream: millions of names never stand in memory at once."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from recognizer.errors import InputError
from recognizer.files import READABLE

STDIN, LIST = "-", "@"  # a list on the standard input, and what a list in a file begins with
_LONGEST = 100_000  # characters of a line of a list: a name has no more
_TOGETHER = 256  # names of a list that are looked at at once
_THREADS = 16
_STAMPS = ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime", "updated")  # as stores call them


@dataclass(frozen=True)
class Source:
    """A file and its state; another size or stamp (its time, or what a store calls its ETag) means that it was replaced."""

    file: str  # absolute, or with the protocol of its store
    size: int
    stamp: str


def sources_of(names: Iterable[str]) -> Iterator[Source]:
    """All files that are named: by themselves, by folders (those that can be read, at any depth), by globs, by lists ("@" before
    the list's name, or "-" for the standard input), and by URLs of whatever stores fsspec knows.

    A name that nothing bears is a source too: that it cannot be opened is told with all others. Raises InputError for a list
    that cannot be read, or a store that is not known or lets nobody in.
    """
    for name in names:
        try:
            yield from _meant(name)
        except (InputError, OSError):
            raise
        except Exception as error:  # each store has kinds of its own, as for a key that is missing or wrong
            raise InputError(f"{name} cannot be listed: {error}.") from error


def _meant(name: str) -> Iterator[Source]:
    if name == STDIN:
        yield from _listed(sys.stdin)
    elif name.startswith(LIST):
        yield from _in_list(Path(name.removeprefix(LIST)))
    else:
        yield from _named(name)


def batches(sources: Iterable[Source], size: int) -> Iterator[list[Source]]:
    """So many at a time."""
    rest = iter(sources)
    while batch := list(islice(rest, size)):
        yield batch


def is_remote(name: str) -> bool:
    """Is this a URL, and no file of this machine?"""
    return "://" in name


def _in_list(path: Path) -> Iterator[Source]:
    try:
        with path.open(encoding="utf-8", errors="backslashreplace") as lines:
            yield from _listed(lines)
    except OSError as error:
        raise InputError(f"The list {path} cannot be read: {error.strerror}.") from error


def _listed(lines: TextIO) -> Iterator[Source]:
    """Each line is a name; stores are asked about many at once, since each answer takes its time."""
    names = (stripped for line in _names(lines) if (stripped := line.rstrip("\r\n")))
    with ThreadPoolExecutor(_THREADS) as threads:
        while some := list(islice(names, _TOGETHER)):
            found = threads.map(_one, some) if any(map(is_remote, some)) else map(_one, some)
            yield from chain.from_iterable([each] if isinstance(each, Source) else _named(each) for each in found)


def _names(lines: TextIO) -> Iterator[str]:
    """The lines of a list. Raises InputError where one is no name: a device has no lines at all."""
    while line := lines.readline(_LONGEST):
        if len(line) == _LONGEST:
            raise InputError("This is no list of files: a line of it is longer than any name.")
        yield line


def _one(name: str) -> Source | str:
    """The file of this name; the name itself where it is a folder or a glob."""
    if not is_remote(name):
        return name if os.path.isdir(name) or _is_glob(name) else _local(name)
    store, path = _store(name)
    try:
        info = store.info(path)
    except OSError:
        return name if glob.has_magic(path) else Source(name, 0, "")
    return name if info.get("type") == "directory" else _remote(name, info)


def _named(name: str) -> Iterator[Source]:
    if is_remote(name):
        yield from _in_store(name)
    elif _is_glob(name):
        yield from (_local(found) for found in glob.iglob(name, recursive=True) if not os.path.isdir(found))
    elif os.path.isdir(name):
        yield from _in_folder(os.path.abspath(name))
    else:
        yield _local(name)


def _is_glob(name: str) -> bool:
    return glob.has_magic(name) and not os.path.lexists(name)


def _local(name: str) -> Source:
    path = os.path.abspath(name)
    file = path.encode(
        "utf-8", "backslashreplace"
    ).decode()  # a name that is no text cannot stand in results: it is told as absent
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return Source(file, 0, "")
    return Source(file, status.st_size, str(status.st_mtime_ns))


def _in_folder(folder: str) -> Iterator[Source]:
    """As the file system lists them: sorting would need all of them."""
    try:
        entries = os.scandir(folder)
    except OSError:  # that it cannot be opened is told as of a file
        yield Source(folder, 0, "")
        return
    with entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):  # a link may lead round in a circle
                yield from _in_folder(entry.path)
            elif os.path.splitext(entry.name)[1].lower() in READABLE and not entry.is_dir():
                yield _local(entry.path)


def _store(name: str) -> tuple[Any, str]:
    """The store of a URL, and what the store itself calls it."""
    import fsspec

    try:
        store, path = fsspec.url_to_fs(name, use_listings_cache=False)
    except (ValueError, ImportError) as error:
        raise InputError(f"{name} names a store that cannot be used here: {error}.") from error
    return store, path


def _in_store(name: str) -> Iterator[Source]:
    store, path = _store(name)
    whole = partial(_url, name.rstrip("/"), path)
    if glob.has_magic(path):
        for found, info in store.glob(path, detail=True).items():
            yield _remote(whole(found), info)
    elif store.isdir(path):
        for _folder, _folders, files in store.walk(path, detail=True):
            for info in files.values():
                if os.path.splitext(info["name"])[1].lower() in READABLE:
                    yield _remote(whole(info["name"]), info)
    else:
        one = _one(name)
        yield one if isinstance(one, Source) else Source(name, 0, "")


def _url(name: str, path: str, found: str) -> str:
    """What a store has found below ``path``, with the protocol and host of ``name``."""
    return name.removesuffix(path) + found


def _remote(file: str, info: dict[str, Any]) -> Source:
    stamp = next((str(info[name]) for name in _STAMPS if info.get(name)), "")
    return Source(file, int(info.get("size") or 0), stamp.strip('"'))
