"""The jobs of continuous integration, as far as they can be checked without the machines that run them."""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
JOBS = ROOT / ".github" / "workflows" / "bundles.yml"


@pytest.fixture(scope="module")
def commands() -> list[str]:
    job: dict[str, Any] = yaml.safe_load(JOBS.read_text(encoding="utf-8"))["jobs"]["bundle"]
    return [line for step in job["steps"] for line in step.get("run", "").splitlines()]


def test_what_the_jobs_install_is_what_is_pinned(commands: list[str]) -> None:
    pinned = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-dev.txt"))
    found = [each for line in commands for each in re.findall(r"\b[\w-]+==[\w.]+", line)]
    assert len(found) >= 2
    assert not [each for each in found if f"{each}\n" not in pinned]


def test_the_jobs_name_files_and_modules_that_are_there(commands: list[str]) -> None:
    files = [word for line in commands for word in line.split() if word.endswith((".txt", ".spec", ".py"))]
    assert {"requirements.txt", "build.spec"} <= set(files)
    assert all((ROOT / file).is_file() for file in files)
    modules = [name for line in commands for name in re.findall(r"python -m (\w+)", line)]
    assert "PyInstaller" in modules
    assert all(map(find_spec, modules))


def test_the_jobs_build_as_everybody_does(commands: list[str]) -> None:
    """By the recipe of `make bundle`, into the folder that its tests look in."""
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    (built,) = (line.partition("-m PyInstaller ")[2] for line in commands if "PyInstaller" in line)
    assert f"pyinstaller {built}" in make
    assert any(line.startswith("build/dist/Inklattice/Inklattice --self-test") for line in commands)
