"""What is computed once from the data and kept in a file beside the model."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np


def cached(cache: Path, make: Callable[[], Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The arrays in the file ``cache`` (.npz), which are made where it is not there yet; another process may make them meanwhile."""
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        arrays = make()
        partial = cache.with_name(f"partial-{os.getpid()}-{cache.name}")
        np.savez(partial, allow_pickle=False, **arrays)
        os.replace(partial, cache)
    with np.load(cache, allow_pickle=False) as kept:
        return dict(kept)
