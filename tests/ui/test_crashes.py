"""What ends the program is found at the next start."""

import subprocess
import sys
from pathlib import Path

import pytest

from ui.crashes import CrashLog

ROOT = Path(__file__).parents[2]
DYING = """
import faulthandler, pathlib, sys
from ui.crashes import CrashLog
log = CrashLog(pathlib.Path(sys.argv[1]))
log.begin()
def deep_inside():
    faulthandler._sigsegv()
deep_inside()
"""


def test_a_fault_in_machine_code_leaves_the_stack_and_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "crash.log"
    done = subprocess.run([sys.executable, "-c", DYING, str(path)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode != 0
    told = CrashLog(path).left_over()
    assert told is not None
    assert "deep_inside" in told.details
    assert "Inklattice" in told.details
    assert CrashLog(path).left_over() is None
    assert "deep_inside" in path.with_name("crash.log~").read_text()


def test_what_python_dies_of_is_told_too(tmp_path: Path) -> None:
    log = CrashLog(tmp_path / "crash.log")
    log.begin()
    log.write(ZeroDivisionError("by nothing"))
    log.end()
    told = CrashLog(tmp_path / "crash.log").left_over()
    assert told is not None
    assert "by nothing" in told.details


def test_a_good_end_leaves_nothing_to_tell_and_keeps_the_earlier_log(tmp_path: Path) -> None:
    (tmp_path / "crash.log~").write_text("earlier")
    log = CrashLog(tmp_path / "crash.log")
    log.begin()
    log.end()
    assert CrashLog(tmp_path / "crash.log").left_over() is None
    assert (tmp_path / "crash.log~").read_text() == "earlier"


@pytest.mark.skipif(sys.platform == "win32", reason="files are no folders there either, but fail otherwise")
def test_a_place_that_cannot_be_written_keeps_nobody_from_starting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    log = CrashLog(tmp_path / "file" / "crash.log")
    assert log.left_over() is None
    log.begin()
    log.write(ValueError("lost"))
    log.end()
