"""The wheel: what pip installs is the whole program, and runs away from the repository."""

import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
MOST = 20e6  # bytes of a wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (found,) = folder.iterdir()
    return found


def test_no_common_name_lies_at_the_top(wheel: Path) -> None:
    with ZipFile(wheel) as files:
        tops = {name.partition("/")[0] for name in files.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"inklattice", "recognizer"}
    assert wheel.stat().st_size < MOST


def test_the_command_works_without_a_checkout(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as files:
        files.extractall(tmp_path / "site")
    packages = [str(tmp_path / "site"), sysconfig.get_path("purelib")]

    def run(code: str, *arguments: str) -> str:
        # -I and -S: neither the folder that we stand in nor an installation that is already there.
        begin = f"import sys; sys.path += {packages!r}; sys.argv[1:] = {[*arguments]!r}; "
        command = [sys.executable, "-I", "-S", "-c", begin + code]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    sample = tmp_path / "site" / "inklattice" / "resources" / "samples" / "amount-1250.00.png"
    start = "from inklattice import run; sys.exit(run())"
    assert "1250.00" in run(start, "read", str(sample)).split()
    assert run(start, "--version").startswith("Inklattice ")
