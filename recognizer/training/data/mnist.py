"""MNIST from its IDX files."""

import gzip
import math
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.errors import InputError

VALIDATION = 5_000  # the last of the 60,000 training digits; the 10,000 test digits are for reporting, once


@dataclass(frozen=True)
class Digits:
    """``images`` (n, 28, 28) uint8, 255 = ink, and their ``classes`` (n,) int64."""

    images: np.ndarray
    classes: np.ndarray


def read_idx(path: Path) -> np.ndarray:
    """An IDX file of unsigned bytes, gzipped or not, as an array of its own shape (n, ...); raises InputError."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as stream:
            data = stream.read()
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    if len(data) < 4 or data[:3] != b"\0\0\x08":
        raise InputError(f"{path} is no IDX file of bytes.")
    start = 4 + 4 * data[3]
    if len(data) < start:
        raise InputError(f"{path} is cut off within its header.")
    shape = struct.unpack(f">{data[3]}I", data[4:start])
    if len(data) - start != math.prod(shape):
        raise InputError(
            f"{path} is cut off: its header promises {math.prod(shape)} bytes and {len(data) - start} are there."
        )
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape).copy()  # writable, as torch wants it


def load_digits(folder: Path, split: str, validation: int = VALIDATION) -> Digits:
    """The digits of ``split``: train (the first 55,000), val (the next 5,000, those for ``validation``), test (the other file's
    10,000), all (60,000). Raises InputError where a file is missing or damaged, or there is no such split."""
    name = "t10k" if split == "test" else "train"
    images, classes = (read_idx(_find(folder, f"{name}-{kind}-ubyte")) for kind in ("images-idx3", "labels-idx1"))
    if images.shape[1:] != (28, 28) or len(images) != len(classes):
        raise InputError(
            f"{folder}: {len(images)} images of {images.shape[1:]} and {len(classes)} labels are no MNIST set."
        )
    boundary = max(len(images) - validation, 0)
    chosen = {"train": slice(None, boundary), "val": slice(boundary, None), "test": slice(None), "all": slice(None)}
    if split not in chosen:
        raise InputError(f"There is no split '{split}' of MNIST; use train, val, test or all.")
    return Digits(images[chosen[split]], classes[chosen[split]].astype(np.int64))


def _find(folder: Path, stem: str) -> Path:
    for path in (folder / f"{stem}.gz", folder / stem):
        if path.exists():
            return path
    raise InputError(f"{folder} holds no {stem} (.gz or plain).")
