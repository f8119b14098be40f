"""What holds for the whole tree."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _requirements(name: str) -> list[str]:
    lines = (ROOT / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-batch.txt", "requirements-study.txt", "requirements-dev.txt"]
)
def test_every_requirement_is_pinned(name: str) -> None:
    assert all(re.fullmatch(r"[\w-]+==[\w.]+", line) for line in _requirements(name))


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("requirements.txt", "dependencies.md"),
        ("requirements-study.txt", "dependencies.md"),
        ("requirements-batch.txt", "batch.md"),
    ],
)
def test_the_manual_says_why_each_dependency_is_there(name: str, page: str) -> None:
    direct = (ROOT / name).read_text().split("# What those need")[0]
    text = (ROOT / "docs" / page).read_text()
    packages = re.findall(r"^([\w-]+)==", direct, re.MULTILINE)
    assert packages
    assert not [package for package in packages if package not in text]


def test_qt_gives_back_what_it_borrows() -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None on every call that returns nothing, and dies of it."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        thing.setObjectName("name")
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_no_tracked_file_names_a_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    found = subprocess.run(
        ["git", "grep", "-nIE", r"(^|[^A-Za-z0-9_.])/(work|tmp|root|home)/", "--", ":!tests/test_house.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


def test_files_are_written_in_one_place() -> None:
    """Whole or not at all: recognizer/files.py. What only grows is opened for appending, and is its user's alone."""
    writes = re.compile(
        r"""\.write_text|\.write_bytes|save_file\(|\bopen\([^)]*["'][wx]b?["']|(savez\w*|savefig|torch\.save)\([^)]*path"""
    )
    files = [path for room in ("recognizer", "ui") for path in (ROOT / room).rglob("*.py")]
    found = {path.relative_to(ROOT).as_posix() for path in files if writes.search(path.read_text(encoding="utf-8"))}
    assert found == {"recognizer/files.py"}
