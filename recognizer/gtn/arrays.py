"""The arrays that graphs are made of, as kernels take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import torch

EPSILON = 0  # the label of an arc that reads or writes nothing

Array: TypeAlias = np.ndarray
Penalties: TypeAlias = "np.ndarray | torch.Tensor"
INT32, FLOAT32 = np.dtype(np.int32), np.dtype(np.float32)


def plain(values: Array | Sequence[float], dtype: np.dtype) -> Array:
    """The values (n,) as an array that kernels take: C-contiguous, writable, of this type."""
    if isinstance(values, np.ndarray) and values.dtype is dtype and values.flags.carray:
        return values
    array: Array = np.ascontiguousarray(values, dtype=dtype)
    return array if array.flags.writeable else array.copy()


def numbers(penalty: Penalties) -> Array:
    """The numbers of a tensor (shared memory) or array of any shape (...), as float32 for kernels."""
    if not isinstance(penalty, np.ndarray):
        penalty = penalty.detach().cpu().numpy()
    return plain(penalty, FLOAT32)
