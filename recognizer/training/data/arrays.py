"""Arrays from .npz files of strangers: what a file claims is held against limits before anything is allocated."""

import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import numpy as np

from recognizer.errors import InputError
from recognizer.files import check_file

MAX_FILE_BYTES = 1_000_000_000
MAX_BYTES = 500_000_000  # of the arrays that are asked for: all words of UNIPEN take a fifth
KINDS = "biufU"  # of numpy's types: truths, numbers and text


def load_arrays(path: Path, names: Iterable[str], what: str) -> dict[str, np.ndarray]:
    """Those arrays of a file, of any shape (...), that are called so, as far as it has them;
    they hold numbers or text. Raises InputError, which says that
    the file is no ``what``."""
    check_file(path, MAX_FILE_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.getinfo(f"{name}.npy") for name in names if f"{name}.npy" in archive.NameToInfo}
            if sum(member.file_size for member in members.values()) > MAX_BYTES:
                raise InputError(f"{path} holds arrays of more than {MAX_BYTES / 1e6:,.0f} MB: split it.")
            return {name: _array(archive, member) for name, member in members.items()}
    except InputError:
        raise
    except Exception as error:  # numpy's parser of headers raises whatever Python's does
        reason = str(error).partition("\n")[0].rstrip(".") or type(error).__name__
        raise InputError(f"{path} cannot be read as {what} (.npz): {reason[:120]}.") from error


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> np.ndarray:
    with archive.open(member) as stream:
        shape, fortran, kind = _header(stream)
        size = kind.itemsize * int(np.prod([int(length) for length in shape], dtype=object))
        if kind.kind not in KINDS or min(shape, default=0) < 0 or not 0 <= size <= member.file_size:
            raise ValueError(f"{member.filename} claims {kind} of {shape}, which it does not hold")
        data = stream.read(size)
    if len(data) < size:
        raise ValueError(f"{member.filename} is cut off")
    if kind.kind == "U" and not _is_text(np.frombuffer(data, f"{kind.str[0]}u4")):
        raise ValueError(f"{member.filename} holds text that is none")
    values = np.frombuffer(data, kind) if kind.itemsize else np.zeros(0, kind)
    return values.reshape(shape, order="F" if fortran else "C")


def _is_text(codes: np.ndarray) -> bool:
    """Are these the codes (...) of characters, and no halves of any?"""
    return not bool(((codes > sys.maxunicode) | ((codes >= 0xD800) & (codes < 0xE000))).any())


def _header(stream: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype]:
    """Shape, whether columns come first, and type of the elements."""
    from numpy.lib import format as npy

    version = npy.read_magic(stream)
    read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
    if read is None:
        raise ValueError(f"it is of version {version} of the format")
    return read(stream)
