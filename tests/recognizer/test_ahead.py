"""Kernels of a library do what numba's do, to the last bit, and need no numba."""

import os
import re
import shutil
import subprocess
import sys
import warnings
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from recognizer.ahead import ANY_PROCESSOR, PROCESSORS
from recognizer.kernel_library import CompiledKernel
from tests.recognizer.ahead_cases import LIBRARY, build_and_compare, doubled, row_by_row

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="there is no compiler of C")


def run(program: str, **variables: str) -> str:
    """What it says, in a Python of its own."""
    command = [sys.executable, "-W", "error::UserWarning", "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the library, and in which kernels it differs from what numba makes for the same processor."""
    folder = tmp_path_factory.mktemp("library")
    program = f"from pathlib import Path; from {build_and_compare.__module__} import *; build_and_compare(Path({str(folder)!r}))"
    return folder, run(program, NUMBA_CPU_NAME=PROCESSORS[ANY_PROCESSOR], NUMBA_CPU_FEATURES="")


@pytest.fixture
def library(built: tuple[Path, str]) -> ModuleType:
    (file,) = built[0].iterdir()
    spec = spec_from_file_location(LIBRARY, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_they_are_numbas_to_the_last_bit(built: tuple[Path, str]) -> None:
    assert built[1] == ""


def test_what_a_kernel_refuses_is_refused_likewise(library: ModuleType) -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        CompiledKernel(doubled.name, doubled.function, library)(-1)


def test_other_arguments_are_worked_on_slowly_and_that_is_said_once(library: ModuleType) -> None:
    function = CompiledKernel(doubled.name, doubled.function, library)
    with pytest.warns(UserWarning, match=r"doubled\(uint8\)") as said:
        assert [function(np.uint8(number)) for number in (4, 5)] == [8, 10]
    assert len(said) == 1


def test_an_array_that_lies_in_two_orders_goes_where_either_is_wanted(library: ModuleType) -> None:
    function = CompiledKernel(row_by_row.name, row_by_row.function, library)
    with warnings.catch_warnings(action="error"):
        assert [function(np.ones(shape)) for shape in ((1, 5), (5, 1), (0, 3))] == [5, 5, 0]
    with pytest.warns(UserWarning, match=re.escape("row_by_row(float64[2C])")):
        assert function(np.ones((2, 5))) == 10


def test_they_need_no_numba(built: tuple[Path, str]) -> None:
    program = f"""
import sys
sys.modules["numba"] = sys.modules["llvmlite"] = None
import {LIBRARY}
from recognizer.kernel_library import CompiledKernel
print(CompiledKernel({doubled.name!r}, None, {LIBRARY})(21))
"""
    assert run(program, PYTHONPATH=str(built[0])) == "42\n"
