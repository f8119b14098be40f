"""Importing the engine is quick and brings neither torch nor numba; numbers never need torch."""

import subprocess
import sys


def modules_after(code: str) -> str:
    tell = "; import sys; print([m for m in ('torch', 'numba', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + tell], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_brings_nothing_heavy() -> None:
    assert modules_after("import recognizer.gtn") == "[]"


def test_numbers_do_without_torch() -> None:
    assert modules_after("from recognizer import gtn; gtn.compile_kernels()").startswith("['numba'")
