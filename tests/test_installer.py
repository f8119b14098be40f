"""The bundle in one file, with a program that only says where it is."""

import os
import shutil
import subprocess
import sys
import tarfile
from configparser import ConfigParser
from pathlib import Path

import pytest

INSTALLER = Path(__file__).parents[1] / "resources" / "installer.sh"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("xz") is None, reason="a shell script that needs xz"
)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Twice as long as a pipe, and binary."""
    program = tmp_path / "built" / "Inklattice"
    program.mkdir(parents=True)
    (program / "Inklattice").write_text('#!/bin/sh\nreadlink -f "$0"\n')
    (program / "Inklattice").chmod(0o755)
    (program / "exit 0").write_bytes(os.urandom(150_000) + b"\nexit 0\n")
    with tarfile.open(tmp_path / "built.tar.xz", "w:xz") as archive:
        archive.add(program, "Inklattice")
    file = tmp_path / "Inklattice.sh"
    file.write_bytes(INSTALLER.read_bytes() + (tmp_path / "built.tar.xz").read_bytes())
    return file


def install(file: Path, home: Path, *folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(["sh", file, *folder], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", [[], ["somewhere else"]])
def test_it_is_there_as_a_command_and_in_the_menu_and_installing_again_replaces_it(
    tmp_path: Path, packed: Path, folder: list[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    where = [tmp_path / name for name in folder]
    program = (where[0] if where else home / ".local" / "opt") / "Inklattice"
    for _first_and_again in range(2):
        run = install(packed, home, *where)
        assert run.returncode == 0, run.stderr
        assert [path.name for path in program.parent.iterdir()] == ["Inklattice"]
        said = subprocess.run([home / ".local" / "bin" / "inklattice"], capture_output=True, text=True, check=True)
        assert said.stdout.strip() == str(program / "Inklattice")
        (program / "old").touch()
    entry = ConfigParser(interpolation=None)
    entry.read(home / ".local" / "share" / "applications" / "inklattice.desktop")
    assert entry["Desktop Entry"]["Exec"] == f'"{program / "Inklattice"}" %F'


def test_what_is_no_inklattice_stays(tmp_path: Path, packed: Path) -> None:
    (tmp_path / "Inklattice").mkdir()
    (tmp_path / "Inklattice" / "mine").touch()
    run = install(packed, tmp_path, tmp_path)
    assert run.returncode == 1
    assert "choose another folder" in run.stderr
    assert (tmp_path / "Inklattice" / "mine").exists()
    broken = tmp_path / "broken.sh"
    broken.write_bytes(packed.read_bytes()[:-5000])
    assert install(broken, tmp_path, tmp_path / "b").returncode != 0
    assert not list((tmp_path / "b").iterdir())
