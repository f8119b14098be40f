"""What is computed once from the data and kept in a file beside the model."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from recognizer.files import replacing


def cached(cache: Path, make: Callable[[], Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The arrays in the file ``cache`` (.npz), which are made where it is not there yet; another process may make them meanwhile."""
    if not cache.exists():
        arrays = make()
        with replacing(cache) as file:
            np.savez(file, allow_pickle=False, **arrays)
    with np.load(cache, allow_pickle=False) as kept:
        return dict(kept)
