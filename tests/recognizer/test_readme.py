"""`import recognizer` offers five names, which cost nothing until they are used; the page about them says what is true."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import recognizer

PAGE = Path(recognizer.__file__).with_name("README.md")
HEAVY = ("numpy", "torch", "numba", "scipy", "PIL")


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAGE.parents[1])
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 20
    assert found.failed == 0


def test_there_are_five_names_and_the_page_uses_them_all() -> None:
    assert len(recognizer.__all__) == 5
    assert set(recognizer.__all__) <= set(dir(recognizer))
    for name in recognizer.__all__:
        assert f"recognizer.{name}" in PAGE.read_text() or f"`{name}`" in PAGE.read_text()
        assert getattr(recognizer, name).__doc__
    with pytest.raises(AttributeError, match="reed"):
        recognizer.reed  # noqa: B018


@pytest.mark.parametrize(
    "code", ["import recognizer", "from recognizer import load_reader", "from recognizer import read"]
)
def test_nothing_heavy_is_imported_before_it_is_used(code: str) -> None:
    tell = f"{code}; import sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True, cwd=PAGE.parents[1])
    assert done.stdout.strip() == "[]"
