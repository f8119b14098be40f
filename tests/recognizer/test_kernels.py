"""Compiled loops, as far as they are other than their functions."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
from recognizer.kernels import kernel, tell_of_compiling

@kernel
def double(x):
    return 2 * x

tell_of_compiling(lambda sentence: print(sentence.split()[0]))
print(double(21), double(0.5))
"""


def test_who_waits_for_the_compiler_is_told_once_and_never_where_the_cache_has_all(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)

    def said() -> list[str]:
        command = [sys.executable, str(program)]
        root = str(Path(__file__).parents[2])
        environment = {"PYTHONPATH": root, "HOME": str(tmp_path)}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return run.stdout.split()

    assert said() == ["Compiling", "42", "1.0"]
    assert said() == ["42", "1.0"]
