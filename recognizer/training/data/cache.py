"""What is computed once from the data and kept in a file beside the model."""

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from recognizer.errors import InputError
from recognizer.files import replacing


def cached(cache: Path, make: Callable[[], Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The arrays in the file ``cache`` (.npz), which are made where it is not there yet; another process may make them
    meanwhile. Arrays are of any shape (...). Raises InputError where the file is damaged, OSError."""
    if not cache.exists():
        arrays = make()
        with replacing(cache) as file:
            np.savez(file, allow_pickle=False, **arrays)
    try:
        with np.load(cache, allow_pickle=False) as kept:
            return dict(kept)
    except (ValueError, EOFError, BadZipFile, zlib.error) as error:
        raise InputError(f"{cache} cannot be read ({error}): delete it, and it is made anew.") from error
