"""Compiled loops: decorators that import numba and compile (or load from its cache) at the first call, not at
import."""

import os
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from recognizer.platform import is_bundle

# Sums may be reordered so that they vectorise. Infinities keep their meaning; kernels never make a NaN (inf - inf).
FAST_MATH = {"reassoc", "contract", "nsz", "nnan"}


# What machine code that comes along in a bundle is made for, and what a processor of that kind can do: all that torch is fast on.
_PORTABLE = "x86-64-v3"
_NEEDED = ("avx2", "bmi2", "f16c", "fma", "lzcnt", "movbe")

_COMPILING = "Compiling the graph engine for this machine, which takes half a minute once."
_waiting: list[Callable[[str], object]] = []


def tell_of_compiling(tell: Callable[[str], object]) -> None:
    """Call ``tell`` once with a sentence, when the first kernel has to be compiled because no cache has it."""
    _waiting.append(tell)


@cache
def _njit() -> Any:
    """numba's compiler, which is listened to."""
    if is_bundle():
        _be_portable()
    from numba import njit
    from numba.core.event import Listener, register

    class Compiling(Listener):
        def on_start(self, event: object) -> None:
            while _waiting:
                _waiting.pop()(_COMPILING)

        def on_end(self, event: object) -> None:
            pass

    register("numba:compile", Compiling())
    return njit


def _be_portable() -> None:
    """Let numba make, and take from its cache, machine code for any processor that can do what this one can. Before its import."""
    from llvmlite.binding import get_host_cpu_features

    features = get_host_cpu_features()
    if all(features.get(name) for name in _NEEDED):
        os.environ.update(NUMBA_CPU_NAME=_PORTABLE, NUMBA_CPU_FEATURES="")


class Kernel:
    """A function of arrays and numbers that numba compiles when it is first called; kernels may call kernels.

    Importing numba takes longer than importing all the rest, hence the delay. Machine code is kept in numba's cache,
    beside the source or, where that is read only, in the user's cache folder. The interpreter lock is released while a kernel runs.
    """

    def __init__(self, function: Callable[..., Any], *, allocates: bool = True, is_inlined: bool = False) -> None:
        self.function, self.allocates, self.is_inlined = function, allocates, is_inlined
        self.__doc__ = function.__doc__

    @cached_property
    def compiled(self) -> Any:
        """The function as machine code, made at the first call."""
        return _njit()(
            cache=not self.is_inlined,
            nogil=True,
            error_model="numpy",
            fastmath=FAST_MATH,
            forceinline=self.is_inlined,
            _nrt=self.allocates,
        )(self.function)

    @property
    def _numba_type_(self) -> Any:
        """What makes numba see the compiled function when another kernel names this one."""
        return self.compiled._numba_type_

    def __call__(self, *arguments: Any) -> Any:
        return self.compiled(*arguments)


def kernel(function: Callable[..., Any]) -> Kernel:
    """Decorator: see `Kernel`."""
    return Kernel(function)


def in_place(function: Callable[..., Any]) -> Kernel:
    """Decorator: a kernel that makes no arrays, only fills those it is given. None of them is counted as referred to then, which
    in tight loops that hand them on would take most of the time."""
    return Kernel(function, allocates=False)


def inlined(function: Callable[..., Any]) -> Kernel:
    """Decorator: a part of an `in_place` kernel, compiled into it, so that a long loop can be told in short functions."""
    return Kernel(function, allocates=False, is_inlined=True)
