"""What `make bundle` has made, elsewhere: without this folder, its Python or a network. Not part of `make test`, which builds no bundle."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.heic import HEIC

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "build" / "dist" / "Inklattice"
NO_NETWORK = ("unshare", "--net", "--map-root-user")
MOST_BYTES = 640e6  # 345 of them are torch's library


class Bundle:
    """A copy of the bundle in a folder of its own, with an empty home."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.home.mkdir()
        self.folder = folder / "elsewhere" / BUILT.name
        shutil.copytree(BUILT, self.folder, symlinks=True)
        alone = (
            subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False) if shutil.which("unshare") else None
        )
        self._before = NO_NETWORK if alone is not None and alone.returncode == 0 else ()

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the bundle's program with next to no environment. Nothing in it may have to do without machine code."""
        environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin"} | variables
        if sys.platform == "win32":
            environment |= {"SYSTEMROOT": os.environ["SYSTEMROOT"], "USERPROFILE": str(self.home)}
        run = subprocess.run(
            [*self._before, str(self.folder / "Inklattice"), *arguments],
            cwd=self.home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert "Not compiled ahead" not in run.stderr, run.stderr
        return run


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bundle]:
    folder = tmp_path_factory.mktemp("bundle")
    yield Bundle(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("lacking", ["", "X86_V3"])
def test_it_reads_the_samples_with_machine_code_that_came_along(bundle: Bundle, lacking: str) -> None:
    """Older processors have some of their own."""
    run = bundle.run("--self-test", NPY_DISABLE_CPU_FEATURES=lacking)
    print(run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("kind", ["tif", "pdf", "jpg", "webp", "bmp"])
def test_it_opens_every_kind_of_picture(bundle: Bundle, kind: str) -> None:
    from PIL import Image

    with Image.open(ROOT / "resources" / "samples" / "amount-1250.00.png") as sample:
        sample.convert("L").save(bundle.home / f"amount.{kind}", dpi=(200, 200), resolution=200, quality=95)
    run = bundle.run("read", "--as", "amount", "--json", f"amount.{kind}")
    assert json.loads(run.stdout)["text"] == "1250.00", run.stdout + run.stderr


def test_it_opens_pictures_of_telephones(bundle: Bundle) -> None:
    """On which there is nothing to read."""
    (bundle.home / "a.heic").write_bytes(HEIC)
    run = bundle.run("read", "--as", "text", "--json", "a.heic")
    assert "error" not in json.loads(run.stdout), run.stdout + run.stderr


def test_it_reads_text_on_a_page(bundle: Bundle) -> None:
    """To look for lines takes parts of libraries that nothing else does."""
    sample = ROOT / "resources" / "samples" / "amount-1250.00.png"
    run = bundle.run("read", "--as", "text", "--json", str(sample))
    assert json.loads(run.stdout)["text"], run.stdout + run.stderr


def test_it_reads_a_folder_and_says_what_batches_need(bundle: Bundle) -> None:
    pages = sorted((ROOT / "resources" / "samples").glob("*.png"))
    run = bundle.run("read", "--as", "amount", "--json", *map(str, pages))
    assert [f"amount-{json.loads(line)['text']}" for line in run.stdout.splitlines()] == [page.stem for page in pages]
    run = bundle.run("batch", str(pages[0].parent), "--out", "out")
    assert run.returncode == 1
    assert run.stderr.endswith("pip install 'inklattice[batch]'.\n")


def test_it_draws_a_lattice(bundle: Bundle) -> None:
    sample = ROOT / "resources" / "samples" / "number-1998.inkml"
    run = bundle.run("lattice", str(sample), "--out", "lattice.svg")
    assert run.returncode == 0, run.stdout + run.stderr
    assert (bundle.home / "lattice.svg").read_bytes().startswith((b"<?xml", b"<svg"))


@pytest.mark.parametrize(
    ("figure", "most"), [("START", 2.0), ("READY", 20.0)]
)  # s; the bars are 0.3 and 2.5 on a quiet machine
def test_the_window_opens_and_gets_ready(bundle: Bundle, figure: str, most: float) -> None:
    variables = {f"INKLATTICE_TIME_{figure}": "1", "QT_QPA_PLATFORM": "offscreen"}
    runs = [bundle.run(**variables) for _ in range(3)]
    assert runs[-1].stdout, runs[-1].stderr
    print(f"{figure.lower()} after {min(float(run.stdout) for run in runs):.2f} s")
    assert min(float(run.stdout) for run in runs) < most


def test_it_holds_what_the_program_needs_and_what_the_law_wants(bundle: Bundle) -> None:
    inside = bundle.folder / "_internal"
    for folder in ("models", "lexicon", "icons", "samples", "study", "languages", "licences"):
        there = {file.name for file in (ROOT / "resources" / folder).iterdir()}
        assert {file.name for file in (inside / "resources" / folder).iterdir()} == there
    for page in (*(ROOT / "docs").glob("*.md"), ROOT / "recognizer" / "README.md"):
        assert (inside / page.relative_to(ROOT)).read_text() == page.read_text()
    assert (inside / "LICENSE").exists()
    assert list(inside.rglob("qtbase_de.qm"))
    for package in ("torch", "pyside6_essentials", "numpy", "scipy", "numba", "pillow", "pypdfium2", "safetensors"):
        assert list(inside.glob(f"{package}-*.dist-info/METADATA")) + list(
            inside.glob(f"{package.capitalize()}-*.dist-info/METADATA")
        ), package


def test_it_is_no_larger_than_it_must_be(bundle: Bundle) -> None:
    files = [file for file in bundle.folder.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files)
    print(f"{size / 1e6:.0f} MB in {len(files)} files")
    assert size < MOST_BYTES
    assert not [file for file in files if "test_api" in file.name or "/sympy/" in file.as_posix()]
