"""Kernels of all sorts, what they are called with, and a library of them."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from recognizer.ahead import ANY_PROCESSOR, PROCESSORS, build_library
from recognizer.gtn.numeric import exp32
from recognizer.gtn.sort import topological_numbers
from recognizer.kernel_library import CompiledKernel
from recognizer.kernels import Kernel, in_place, inlined, kernel

LIBRARY = "kernels_of_a_test"


class Line(NamedTuple):
    slope: float
    start: np.ndarray


@kernel
def drawn(x: np.ndarray, line: Line) -> tuple[np.ndarray, float]:
    y = np.empty(x.shape, np.float32)
    total = 0.0
    for i in range(len(x)):
        y[i] = exp32(x[i] * np.float32(line.slope)) + line.start[0]
        total += x[i] * y[i]
    return y, total


@inlined
def weighed(image: np.ndarray, row: int) -> float:
    total = 0.0
    for column in range(image.shape[1]):
        total += image[row, column] * image[row, column]
    return total


@in_place
def fill(image: np.ndarray, sums: np.ndarray, any_ink: bool) -> None:
    for row in range(len(image)):
        sums[row] = weighed(image, row) if any_ink else 0.0


@kernel
def row_by_row(image: np.ndarray) -> float:
    total = 0.0
    for row in range(len(image)):
        for column in range(image.shape[1]):
            total += image[row, column]
    return total


@kernel
def doubled(count: int) -> int:
    if count < 0:
        raise ValueError("less than nothing")
    return 2 * count


def cases() -> list[tuple[Kernel, tuple[Any, ...]]]:
    """Of all kinds: orders in memory, read-only arrays, named tuples, numbers of Python and of numpy."""
    draw = np.random.default_rng(0)
    image, x, order = draw.normal(size=(30, 50)), draw.normal(size=99).astype(np.float32), np.arange(9, dtype=np.int32)
    fixed = image.copy()
    fixed.flags.writeable = False
    line = Line(0.3, np.array([0.25], np.float32))
    return [
        *((drawn, (each, line)) for each in (x, x[::3], x[:0])),
        *((fill, (each, np.zeros(30), True)) for each in (image, np.asfortranarray(image), image[:, ::2], fixed)),
        (row_by_row, (np.asfortranarray(image),)),
        (topological_numbers, (order[:-1], order[1:], np.array([0, 9], np.int32))),
        *((doubled, (number,)) for number in (21, np.int32(21))),
    ]


def bits(function: Callable[..., Any], arguments: tuple[Any, ...]) -> list[tuple[type, bytes]]:
    """All that comes out: what is returned, and what became of the arguments."""
    result = function(*arguments)
    return [(type(part), np.asarray(part).tobytes()) for part in _parts((result, arguments))]


def _parts(value: Any) -> list[Any]:
    return [part for each in value for part in _parts(each)] if isinstance(value, tuple) else [value]


def build_and_compare(folder: Path) -> None:
    """Make the library in ``folder``, and print the name of each kernel that it has otherwise than numba."""
    by_numba = [bits(each, arguments) for each, arguments in cases()]
    kernels = {each.name: each for each, _arguments in cases()}.values()
    build_library(LIBRARY, kernels, PROCESSORS[ANY_PROCESSOR], folder)
    sys.path.insert(0, str(folder))
    library = import_module(LIBRARY)
    for (each, arguments), expected in zip(cases(), by_numba, strict=True):
        if bits(CompiledKernel(each.name, each.function, library), arguments) != expected:
            print(each.name)
