"""A batch whose workers, driver and disk fail: the same command goes on, and each page is there once."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from recognizer.batch.parts import Parts

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "3"))  # of the driver; `make faults` asks for more
PAGES = 60 * KILLS
EVERY = 1.5  # s at least between ends of processes that work for the driver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def _start(folder: Path, most_bytes: int | None = None) -> subprocess.Popen[str]:
    """The command, which may write no file larger than so many bytes."""

    def limit() -> None:
        if most_bytes is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    command = [sys.executable, "-m", "tests.faults.batching", str(folder / "pages"), str(folder / "out")]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, preexec_fn=limit, stderr=pipe, text=True, start_new_session=True)


def _rows(folder: Path) -> list[tuple[str, str]]:
    return [(Path(row["file"]).stem, row["text"]) for _number, rows in Parts(folder / "out", "jsonl") for row in rows]


def _until(folder: Path, rows: int, process: "subprocess.Popen[str]") -> None:
    """Wait for so many rows in parts, or for the end."""
    while process.poll() is None and not (folder / "out").exists():
        time.sleep(0.05)
    while process.poll() is None and len(_rows(folder)) < rows:
        time.sleep(0.05)


def _workers(driver: int) -> list[psutil.Process]:
    """The processes that have work done, and those that read pages for them."""
    commands = ("spawn_main", "recognizer.batch.child")
    found = psutil.Process(driver).children(recursive=True)
    return [process for process in found if any(name in " ".join(process.cmdline()) for name in commands)]


def test_each_page_once_whatever_is_killed(tmp_path: Path) -> None:
    generator = random.Random(18)
    (tmp_path / "pages").mkdir()
    for number in range(PAGES):
        (tmp_path / "pages" / f"{number}.png").write_text(f"wait {generator.uniform(0, 0.1):.3f}")
    for kill in range(KILLS):
        driver = _start(tmp_path)
        _until(tmp_path, PAGES * (kill + 1) // (KILLS + 2), driver)
        time.sleep(generator.uniform(0, 0.3))
        driver.kill()
        driver.wait()
        assert len(_rows(tmp_path)) == len(set(_rows(tmp_path)))

    full = _start(tmp_path, most_bytes=100)
    assert full.wait(timeout=120) == 1
    assert full.stderr is not None
    assert "File too large" in full.stderr.read()

    last = _start(tmp_path)
    while last.poll() is None:
        _until(tmp_path, len(_rows(tmp_path)) + 1, last)
        with suppress(psutil.Error, IndexError):
            generator.choice(_workers(last.pid)).send_signal(signal.SIGKILL)
        time.sleep(EVERY)
    told = last.stderr.read() if last.stderr else ""
    assert last.returncode == 0, told
    assert sorted(_rows(tmp_path)) == sorted((path.stem, path.read_text()) for path in (tmp_path / "pages").iterdir())


def test_ctrl_c_keeps_what_was_read_and_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number in range(200):
        (tmp_path / "pages" / f"{number}.png").write_text("wait 0.1")
    driver = _start(tmp_path)
    _until(tmp_path, 1, driver)
    workers = _workers(driver.pid)
    os.killpg(driver.pid, signal.SIGINT)  # as a terminal does: all of them hear it
    assert driver.wait(timeout=60) == 130
    assert driver.stderr is not None
    assert driver.stderr.read() == "Stopped; the same command goes on.\n"
    assert 0 < len(_rows(tmp_path)) == len(set(_rows(tmp_path))) < 200
    assert psutil.wait_procs(workers, timeout=20)[1] == []
