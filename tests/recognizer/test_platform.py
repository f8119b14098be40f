"""Where files lie: training in a checkout changes the checkout, and in an installation the user's own folder, which is read first."""

import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from recognizer import platform
from recognizer.platform import data_folder, model_beside, model_file, own_folder, resource, resources_folder


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The resources of an installation, and a home that is empty."""
    came = tmp_path / "site-packages" / "inklattice" / "resources"
    (came / "models").mkdir(parents=True)
    (came / "models" / "amount.safetensors").touch()
    monkeypatch.setattr(platform, "resources_folder", lambda: came)
    monkeypatch.setattr(platform.sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return came


def test_a_checkout_is_trained_in_place() -> None:
    assert own_folder() == resources_folder()


def test_a_checkout_may_be_called_as_the_package_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = tmp_path / "inklattice"
    (checkout / "resources").mkdir(parents=True)
    (checkout / "pyproject.toml").touch()
    monkeypatch.setattr(platform, "resources_folder", lambda: checkout / "resources")
    assert own_folder() == checkout / "resources"


def test_what_a_user_has_trained_goes_before_what_came(installed: Path, tmp_path: Path) -> None:
    assert tmp_path / "home" in own_folder().parents
    assert model_file("amount") == resource("models/amount.safetensors") == installed / "models" / "amount.safetensors"
    own = own_folder() / "models" / "amount.safetensors"
    own.parent.mkdir(parents=True)
    own.touch()
    assert model_file("amount") == own
    assert model_file("field").parent == installed / "models", "of which there is none of the user's"


def test_models_that_are_used_together_are_looked_for_together(installed: Path, tmp_path: Path) -> None:
    assert model_beside("amount", tmp_path) == model_file("amount")
    (tmp_path / "amount.safetensors").touch()
    assert model_beside("amount", tmp_path) == tmp_path / "amount.safetensors"


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_a_user_has_one_folder_everywhere(system: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(platform.sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert tmp_path in data_folder().parents


def test_it_is_the_folder_that_the_window_keeps_things_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from PySide6.QtCore import QCoreApplication, QStandardPaths

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    names = QCoreApplication.organizationName(), QCoreApplication.applicationName()
    QCoreApplication.setOrganizationName("Inklattice")
    QCoreApplication.setApplicationName("Inklattice")
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    QCoreApplication.setOrganizationName(names[0])
    QCoreApplication.setApplicationName(names[1])
    assert Path(found) == data_folder()


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries give back what is freed by themselves")
def test_memory_that_is_free_in_pieces_is_given_back() -> None:
    process = psutil.Process()
    blocks = [bytearray(b"x" * 3000) for _ in range(40_000)]
    kept = blocks[::1000]
    del blocks
    before = process.memory_info().rss
    platform.give_back_memory()
    assert process.memory_info().rss < before - 60e6
    assert len(kept) == 40


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries have other ways")
def test_threads_share_their_memory(tmp_path: Path) -> None:
    def arenas(before: str) -> int:
        told = tmp_path / "told.xml"
        subprocess.run([sys.executable, "-c", ARENAS.format(before=before, told=told)], check=True)
        return told.read_text().count("<heap ")

    assert arenas("") > 2
    assert arenas("platform.share_memory()") <= 2


# Ten threads hold memory at once; the C library tells which places it is from.
ARENAS = """
import ctypes, threading
from recognizer import platform
{before}
barrier = threading.Barrier(10)
def hold():
    blocks = [bytearray(2000) for _ in range(100)]
    barrier.wait()
threads = [threading.Thread(target=hold) for _ in range(10)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fopen(b"{told}", b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries have other ways")
def test_large_pieces_go_back_at_once() -> None:
    def kept(before: str) -> int:
        done = subprocess.run([sys.executable, "-c", KEPT.format(before=before)], check=True, capture_output=True)
        return int(done.stdout)

    assert kept("") > 15e6
    assert kept("platform.share_memory()") < 2e6


# A piece that is freed makes the C library keep what is smaller from then on; what lies behind the next one keeps it there.
KEPT = """
import psutil
from recognizer import platform
{before}
bytearray(30_000_000)
first = psutil.Process().memory_info().rss
large, behind = bytearray(b"x" * 20_000_000), [bytearray(2_000) for _ in range(100)]
del large
print(psutil.Process().memory_info().rss - first)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries have other ways")
def test_what_is_kept_need_not_be_taken_from_the_system_again() -> None:
    def faults(before: str) -> int:
        done = subprocess.run([sys.executable, "-c", TAKEN.format(before=before)], check=True, capture_output=True)
        return int(done.stdout)

    assert faults("") > 20 * 1_000
    assert faults("platform.keep_memory()") < 1_000


# Memory that is taken and freed time and again: pages of it that were the system's between.
TAKEN = """
import resource
from recognizer import platform
{before}
def take():
    return [bytearray(b"x" * 3_000_000) for _ in range(4)]
take(), take()
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
first = faults()
for _ in range(20): take()
print(faults() - first)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems choose the size of pages by themselves")
def test_memory_that_was_taken_in_pieces_is_gathered() -> None:
    blocks = [bytes([number % 256]) * 500 for number in range(100_000)]
    platform.gather_memory()
    assert all(block == bytes([number % 256]) * 500 for number, block in enumerate(blocks))
    if Path("/sys/kernel/mm/transparent_hugepage").exists():
        assert _share_in_large_pages(id(blocks[50_000])) > 0.8


def _share_in_large_pages(address: int) -> float:
    """Of the mapping that an address is in."""
    mappings = re.split(r"^(?=[0-9a-f]+-)", Path("/proc/self/smaps").read_text(), flags=re.MULTILINE)[1:]
    edges = [[int(edge, 16) for edge in mapping.split(maxsplit=1)[0].split("-")] for mapping in mappings]
    (mapping,) = (text for (begin, end), text in zip(edges, mappings, strict=True) if begin <= address < end)
    size = {name: int(kb) for name, kb in re.findall(r"^(\w+): +(\d+) kB", mapping, re.MULTILINE)}
    return size["AnonHugePages"] / size["Rss"]
