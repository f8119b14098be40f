"""The page about the engine says what is true: its example runs, learns to read, and is as short as it says."""

import re
from pathlib import Path

import pytest

import recognizer.gtn as gtn

pytest.importorskip("torch")
PAGE = Path(gtn.__file__).with_name("README.md")


def test_the_reader_of_two_digits_learns_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 45
    names: dict = {}
    exec(compile(code, "README.md", "exec"), names)
    assert capsys.readouterr().out.split()[0] == "42"
    right = 0
    for _ in range(50):
        text = names["rng"].integers(0, 10, 2)
        (best,) = gtn.best_sequences(names["interpretations"]([names["write"](text)]), 1)[0]
        right += best.labels == tuple(text + 1)
    assert right >= 45


def test_names_in_the_page_exist() -> None:
    table = PAGE.read_text().split("## What there is")[1].split("## How it is made")[0]
    for name in re.findall(r"`(\w+)`", table):
        assert hasattr(gtn, name) or name == "repr", name
