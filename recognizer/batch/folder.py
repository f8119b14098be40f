"""The folder of a batch: one program at a time works on it, and what its results were made with does not change."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recognizer.batch.columns import CONTRACT, FORMATS
from recognizer.batch.settings import Settings
from recognizer.errors import InputError
from recognizer.files import make_folder, write_file

MANIFEST = "manifest.json"
_LOCK = "batch.lock"
_ANYWHERE = ("read", "page_seconds", "page_memory")  # settings that change no answer


def is_batch(folder: Path) -> bool:
    """Does this folder hold the results of a batch?"""
    return (folder / MANIFEST).is_file()


def load_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of a batch says. Raises InputError where there is none that can be read."""
    if not is_batch(folder):
        raise InputError(f"{folder} holds no batch: name what is to be read.")
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{folder / MANIFEST} is damaged ({error}): take another folder.") from error
    if not isinstance(manifest, dict) or manifest.get("contract") != CONTRACT or manifest.get("format") not in FORMATS:
        raise InputError(f"{folder} holds results of another version of the program: take another folder.")
    return manifest


def settle(folder: Path, settings: Settings, form: str) -> None:
    """Write the manifest of a new batch, or see that this is the batch that the folder holds. Raises InputError, OSError."""
    chosen = {name: value for name, value in asdict(settings).items() if name not in _ANYWHERE}
    manifest = {"contract": CONTRACT, "format": form} | chosen
    if not is_batch(folder):
        if any(folder.glob("part-*")):
            raise InputError(f"{folder} holds parts without a manifest: take another folder.")
        write_file(folder / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
        return
    found = load_manifest(folder)
    other = [f"{name} {found.get(name)}, not {value}" for name, value in manifest.items() if found.get(name) != value]
    if other:
        raise InputError(f"{folder} holds results with {'; '.join(other)}: take another folder, or the same settings.")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other programs from working on a folder, which is made where there is none, and clear away what a killed one left
    unfinished. Raises InputError, OSError."""
    from filelock import FileLock, Timeout

    make_folder(folder)
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(f"Another batch works on {folder}: wait for it, or take another folder.") from None
    try:
        for unfinished in folder.glob(".*.unfinished"):
            unfinished.unlink()
        yield
    finally:
        lock.release()
