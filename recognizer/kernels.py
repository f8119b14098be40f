"""Compiled loops: decorators that import numba and compile (or load from its cache) at the first call, not at
import."""

from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from recognizer.platform import is_bundle

# Sums may be reordered so that they vectorise. Infinities keep their meaning; kernels never make a NaN (inf - inf).
FAST_MATH = {"reassoc", "contract", "nsz", "nnan"}

MADE: list["Kernel"] = []  # all kernels of the modules that were imported

_COMPILING = "Compiling the graph engine for this machine, which takes half a minute once."
_waiting: list[Callable[[str], object]] = []


def tell_of_compiling(tell: Callable[[str], object]) -> None:
    """Call ``tell`` once with a sentence, when the first kernel has to be compiled because no cache has it."""
    _waiting.append(tell)


@cache
def _njit() -> Any:
    """numba's compiler, which is listened to."""
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


class Kernel:
    """A function of arrays and numbers that numba compiles when it is first called; kernels may call kernels.

    Importing numba takes longer than importing all the rest, hence the delay. Machine code is kept in numba's cache,
    beside the source or, where that is read only, in the user's cache folder. The interpreter lock is released while a kernel runs.
    In a bundle all kernels were compiled ahead of time (`recognizer.kernel_library`), and there is no numba.
    """

    def __init__(self, function: Callable[..., Any], *, allocates: bool = True, is_inlined: bool = False) -> None:
        self.function, self.allocates, self.is_inlined = function, allocates, is_inlined
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.__doc__ = function.__doc__
        MADE.append(self)

    @cached_property
    def compiled(self) -> Any:
        """The function as machine code, made at the first call."""
        if is_bundle():
            from recognizer.kernel_library import CompiledKernel, library

            return CompiledKernel(self.name, self.function, library())
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
