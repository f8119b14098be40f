"""Kernels compiled ahead of time, as a bundle has them in place of numba; recognizer/ahead.py makes the library."""

import re
import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

AVX2, ANY_PROCESSOR = "kernels_avx2", "kernels_any"
# Flags of arrays, as numpy numbers them.
_IN_C_ORDER, _IN_FORTRAN_ORDER = 0x001, 0x002
_ALIGNED, _WRITEABLE = 0x100, 0x400
_FLAGS = _IN_C_ORDER | _IN_FORTRAN_ORDER | _ALIGNED | _WRITEABLE


@cache
def library() -> ModuleType:
    """The one for this processor. Raises ImportError where none came along."""
    from numpy._core._multiarray_umath import __cpu_features__  # type: ignore[import-not-found]

    return import_module(AVX2 if __cpu_features__.get("X86_V3") else ANY_PROCESSOR)


class CompiledKernel:
    """A kernel as the functions that ``library`` has of it, one for each kind of arguments: ``name(float32[2C], int64)``.

    For arguments that none of them suits it is ``function``, in Python, which is slow, and warned of once.
    """

    def __init__(self, name: str, function: Callable[..., Any], library: ModuleType) -> None:
        self._name, self._function, self._library = name, function, library
        self._known: dict[tuple[Any, ...], Callable[..., Any]] = {}

    def __call__(self, *arguments: Any) -> Any:
        kinds = tuple(map(_kind, arguments))
        compiled = self._known.get(kinds)
        if compiled is None:
            compiled = self._known[kinds] = self._compiled_for(kinds)
        return compiled(*arguments)

    def _compiled_for(self, kinds: tuple[Any, ...]) -> Callable[..., Any]:
        name = f"{self._name}({', '.join(map(_written, kinds))})"
        if not hasattr(self._library, name):
            wanted = re.compile(re.escape(self._name) + rf"\({', '.join(map(_suited, kinds))}\)")
            if not (suited := list(filter(wanted.fullmatch, dir(self._library)))):
                warnings.warn(f"Not compiled ahead, and slow: {name}", stacklevel=3)
                return self._function
            name = suited[0]
        compiled: Callable[..., Any] = getattr(self._library, name)
        return compiled


def array_name(dtype: object, dimensions: int, order: str, *, is_writeable: bool, is_aligned: bool) -> str:
    """How the names of functions write an array: ``float32[2C]``, orders being C, F(ortran) and A(ny)."""
    return f"{dtype}[{dimensions}{order}]{'' if is_writeable else ' read only'}{'' if is_aligned else ' unaligned'}"


def _kind(value: Any) -> Any:
    """What of an argument chooses the function: its type, and of an array dimensions and place in memory as well."""
    if isinstance(value, np.ndarray):
        return value.dtype, value.ndim, value.flags.num & _FLAGS
    return tuple(map(_kind, value)) if isinstance(value, tuple) else type(value)


def _written(kind: Any) -> str:
    match kind:
        case np.dtype() as dtype, int(dimensions), int(flags):
            order = "C" if flags & _IN_C_ORDER else "F" if flags & _IN_FORTRAN_ORDER else "A"
            writeable, aligned = bool(flags & _WRITEABLE), bool(flags & _ALIGNED)
            return array_name(dtype, dimensions, order, is_writeable=writeable, is_aligned=aligned)
        case tuple():
            return f"({', '.join(map(_written, kind))})"
        case _ if issubclass(kind, bool | int | float | np.generic):
            return np.dtype(kind).name
    return str(kind.__name__)


def _suited(kind: Any) -> str:
    """A pattern of all that arguments of a kind may be handed to: an array of one row is in either order, and in any."""
    match kind:
        case np.dtype() as dtype, int(dimensions), int(flags):
            orders = "A" + "C" * bool(flags & _IN_C_ORDER) + "F" * bool(flags & _IN_FORTRAN_ORDER)
            read_only, unaligned = "?" * bool(flags & _WRITEABLE), "?" * bool(flags & _ALIGNED)
            return rf"{dtype}\[{dimensions}[{orders}]\]( read only){read_only}( unaligned){unaligned}"
        case tuple():
            return rf"\({', '.join(map(_suited, kind))}\)"
    return re.escape(_written(kind))
