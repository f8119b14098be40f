"""A disk of which one call fails: the n-th that has to do with a folder, and perhaps all after it."""

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CALLS = ("open", "fsync", "replace", "rename", "mkdir", "chmod", "unlink", "stat", "scandir", "listdir")


class Disk:
    """Counts the calls on files of a folder from 1; the one of that ``number`` fails, and where it is ``broken`` all after it."""

    def __init__(self, folder: Path, number: int, error: int, broken: bool) -> None:
        self._folder, self._number, self._error, self._broken = str(folder), number, error, broken
        self.calls = 0

    @property
    def failed(self) -> bool:
        """Did any call fail?"""
        return self.calls >= self._number

    def call(self, file: Any) -> None:
        """One more call, on a path or a descriptor. Raises OSError where it fails."""
        if isinstance(file, int):
            file = _READLINK(f"/proc/self/fd/{file}")
        path = os.fsdecode(file)
        if path.startswith(self._folder):
            self.calls += 1
            if self.calls == self._number or (self._broken and self.failed):
                raise OSError(self._error, os.strerror(self._error), path)


_READLINK = os.readlink


class _File(io.FileIO):
    """A file of such a disk. Of what it fails to write it may have written a part."""

    disk: Disk

    def readinto(self, buffer: Any) -> int | None:
        self.disk.call(self.name)
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self.disk.call(self.name)
        return super().readall()

    def write(self, data: Any) -> int | None:
        try:
            self.disk.call(self.name)
        except OSError:
            super().write(memoryview(data)[: len(data) // 2])
            raise
        return super().write(data)


@contextmanager
def failing(disk: Disk) -> Iterator[None]:
    """Whatever this process does with files meanwhile, it does on such a disk."""
    kind = type("_FileOfDisk", (_File,), {"disk": disk})

    def opened(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        disk.call(file)
        raw = kind(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        if buffering == 0:
            return raw
        both = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
        stream = both(raw)
        return stream if "b" in mode else io.TextIOWrapper(stream, encoding, errors, newline)

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, _counted(getattr(os, name), disk))
        for module in (builtins, io):
            patch.setattr(module, "open", opened)
        yield


def _counted(function: Callable[..., Any], disk: Disk) -> Callable[..., Any]:
    def call(path: Any = ".", *arguments: Any, **named: Any) -> Any:
        disk.call(path)
        return function(path, *arguments, **named)

    return call
