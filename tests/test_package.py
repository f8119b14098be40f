"""The wheel: what pip installs is the whole program, and runs in a fresh environment, away from the repository."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from ui.help.manual import PAGES

ROOT = Path(__file__).parents[1]
MOST = 20e6  # bytes of a wheel
LOADED = "import sys; before = set(sys.modules); import {}; print(*(set(sys.modules) - before))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (found,) = folder.iterdir()
    return found


class Installed:
    """The wheel in an environment of its own, which finds the packages that it needs in ours."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self._folder = folder
        venv.create(folder / "venv", with_pip=False, symlinks=os.name != "nt")
        self.scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self.site = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
        pip = [sys.executable, "-m", "pip", "--python", str(self.scripts / "python"), "install", "--no-index"]
        subprocess.run([*pip, "--quiet", "--no-deps", wheel], check=True, capture_output=True)
        (self.site / "ours.pth").write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))

    def run(self, program: str, *arguments: str) -> str:
        """What a program of the environment says, with next to no environment and in an empty folder."""
        known = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        home = self._folder / "home"
        home.mkdir(exist_ok=True)
        environment = known | {"HOME": str(home), "XDG_DATA_HOME": str(home)}
        command = [str(self.scripts / program), *arguments]
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"), wheel)


def test_no_common_name_lies_at_the_top(wheel: Path) -> None:
    with ZipFile(wheel) as files:
        tops = {name.partition("/")[0] for name in files.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"inklattice", "recognizer"}
    assert wheel.stat().st_size < MOST


def test_the_command_reads_in_a_fresh_environment(installed: Installed) -> None:
    assert installed.run("inklattice", "--version").startswith("Inklattice ")
    sample = installed.site / "inklattice" / "resources" / "samples" / "amount-1250.00.png"
    assert "1250.00" in installed.run("inklattice", "read", str(sample)).split()


def test_nothing_of_the_checkout_is_used(installed: Installed) -> None:
    file, *paths = installed.run(
        "python", "-c", "import recognizer, sys; print(recognizer.__file__, *sys.path, sep='\\n')"
    ).split("\n")
    assert Path(file).is_relative_to(installed.site)
    assert str(ROOT) not in paths


def test_the_manual_comes_along(installed: Installed) -> None:
    door = "import sys, inklattice; sys.path.insert(0, inklattice.__path__[0]); "
    said = installed.run(
        "python", "-c", f"{door} from ui.help.manual import manual; print(*[page.name for page in manual()])"
    )
    assert said.split() == list(PAGES)


@pytest.mark.parametrize(("module", "most"), [("recognizer", 0.3), ("recognizer.gtn", 1.7)])
def test_imports_cost_next_to_nothing(installed: Installed, module: str, most: float) -> None:
    """Modules that are loaded, measured by those of numpy, which graphs need: nothing else that was installed is."""
    said, numpy = (set(installed.run("python", "-c", LOADED.format(name)).split()) for name in (module, "numpy"))
    assert {name.partition(".")[0] for name in said - numpy} <= {"recognizer", *sys.stdlib_module_names}
    assert len(said) < most * len(numpy)
