"""Compiled loops: a decorator that imports numba and compiles (or loads from its cache) at the first call, not at
import."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

# Sums may be reordered so that they vectorise. Infinities keep their meaning; kernels never make a NaN (inf - inf).
FAST_MATH = {"reassoc", "contract", "nsz", "nnan"}


class Kernel:
    """A function of arrays and numbers that numba compiles when it is first called; kernels may call kernels.

    Importing numba takes longer than importing all the rest, hence the delay. Machine code is kept in numba's cache,
    beside the source or, where that is read only, in the user's cache folder. The interpreter lock is released while a kernel runs.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    @cached_property
    def compiled(self) -> Any:
        from numba import njit

        return njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST_MATH)(self.function)

    @property
    def _numba_type_(self) -> Any:
        """What makes numba see the compiled function when another kernel names this one."""
        return self.compiled._numba_type_

    def __call__(self, *arguments: Any) -> Any:
        return self.compiled(*arguments)


def kernel(function: Callable[..., Any]) -> Kernel:
    """Decorator: see `Kernel`."""
    return Kernel(function)
