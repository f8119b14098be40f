"""The door: quick to answer, and without Qt where no window is wanted."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

MAIN = Path(__file__).parents[1] / "main.py"


def _run(*arguments: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    blind = {name: value for name, value in os.environ.items() if name not in shown}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=blind | environment,
        cwd=folder,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the time of child processes is not known there")
def test_help_answers_at_once() -> None:
    """Processor time, because tests share the machine with others."""

    def seconds() -> float:
        before = os.times()
        assert "read" in _run(str(MAIN), "--help").stdout
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(6)) < 0.2


def test_commands_import_nothing_heavy_before_they_need_it() -> None:
    code = (
        "import sys; from recognizer import cli; cli.main(['read', 'nothing.png']);"
        "print([m for m in ('PySide6', 'ui', 'torch', 'numba') if m in sys.modules])"
    )
    assert _run("-c", code, PYTHONPATH=str(MAIN.parent)).stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_who_has_seen_enough_of_what_is_printed_hears_nothing_of_it() -> None:
    for arguments in (["--version"], ["read", "--json", "nothing.png"]):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, str(MAIN), *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
        os.close(writing)
        assert done.stderr == ""
        assert done.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_files_to_open_get_a_sentence(tmp_path: Path) -> None:
    done = _run(str(MAIN), str(tmp_path))
    assert "no display" in done.stderr
    assert done.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("seconds", [0.03, 0.1])
def test_ctrl_c_is_no_matter_of_tracebacks_however_early(seconds: float) -> None:
    command = [sys.executable, str(MAIN), "read", *["nothing.png"] * 100_000]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # shells make what runs in the background deaf to it
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heard,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    assert "Traceback" not in process.communicate()[1]
    assert process.returncode in (-signal.SIGINT, 130)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_samples_are_read_and_their_lattices_drawn(tmp_path: Path) -> None:
    run = _run(str(MAIN), folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("There is no display here")
    drawings = sorted((tmp_path / "build").glob("*.svg"))
    assert [drawing.name.split("-")[0] for drawing in drawings] == ["amount", "text"]
    for drawing in drawings:
        written = drawing.stem.partition("-")[2].replace("-", " ")
        assert f"{drawing.stem}" in run.stdout
        assert written in run.stdout.replace(",", "")
    assert run.stdout.count("alternatives:") == 2


def test_files_and_folders_open_the_application_and_subcommands_win_over_folders_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "bench").mkdir()
    code = (
        "import sys, types, main;"
        "sys.modules['ui.app'] = types.SimpleNamespace(run=lambda paths: print('opened', *paths) or 0);"
        "sys.exit(main.main())"
    )

    def opened(*arguments: str, **environment: str) -> str:
        run = _run("-c", code, *arguments, folder=tmp_path, PYTHONPATH=str(MAIN.parent), **environment)
        return run.stdout.strip()

    assert opened("a.png", "bench", QT_QPA_PLATFORM="offscreen") == "opened a.png bench"
    assert opened(QT_QPA_PLATFORM="offscreen") == "opened"
    assert opened("bench", "no such benchmark", QT_QPA_PLATFORM="offscreen") == ""
    assert opened("absent.png", QT_QPA_PLATFORM="offscreen") == ""
    if sys.platform == "linux":
        assert opened("a.png") == ""  # nowhere to show it
