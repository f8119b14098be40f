"""Programs that are ended at random moments while somebody writes: how much is lost, and what is left behind."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ui.model.ink.journal import read_journal
from ui.model.teach.collection import read_corrections

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "3"))  # `make faults` asks for more
MOST_LOST = 1.5  # s of ink

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


class Writer:
    """A program that is being written in, and when each stroke was finished."""

    def __init__(self, home: Path, pause: int = 50) -> None:
        command = [sys.executable, "-m", "tests.faults.writing", str(home), str(pause)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.ends: list[float] = []

    def write_for(self, seconds: float) -> None:
        """Look on for so long after the first stroke."""
        while not self.ends or time.monotonic() < self.ends[0] + seconds:
            self.hear()

    def end(self, number: signal.Signals) -> int:
        """Send the signal, and see how it ends; what was written until then is heard."""
        self._process.send_signal(number)
        sent = time.monotonic()
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self.ends += [sent for _line in self._process.stdout]
        assert "Traceback" not in self._process.stderr.read()
        return self._process.wait(timeout=60)

    def hear(self) -> None:
        """Wait for the next stroke."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == str(len(self.ends) + 1)
        self.ends.append(time.monotonic())


@pytest.mark.parametrize("trial", range(KILLS))
def test_a_kill_costs_a_second_of_ink(tmp_path: Path, trial: int) -> None:
    generator = random.Random(trial)
    writer = Writer(tmp_path, generator.choice([20, 50, 300]))
    writer.write_for(generator.uniform(0.2, 3))
    killed = time.monotonic()
    assert writer.end(signal.SIGKILL) == -signal.SIGKILL
    files = list((tmp_path / "ink").glob("*.journal"))
    contents = [read_journal(path) for path in files]
    assert all(whole for _content, whole in contents)
    kept = sum(len(content.strokes) for content, _whole in contents)
    lost = max((killed - end for end in writer.ends[kept:]), default=0.0)
    print(f"{lost:.2f} s lost of {len(writer.ends)} strokes")  # which `make faults` shows
    assert lost < MOST_LOST
    assert all(read_corrections(path) is not None for path in tmp_path.glob("corrections.npz"))
    again = Writer(tmp_path)
    again.hear()
    assert again.end(signal.SIGTERM) == 0
    assert set(files) < set((tmp_path / "ink").glob("*.journal"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_save_first(tmp_path: Path, number: signal.Signals) -> None:
    writer = Writer(tmp_path, 30)
    writer.write_for(0.3)
    assert writer.end(number) == 0
    (path,) = (tmp_path / "ink").glob("*.journal")
    assert len(read_journal(path)[0].strokes) == len(writer.ends)


def test_two_programs_on_one_home_keep_each_others_corrections(tmp_path: Path) -> None:
    writers = [Writer(tmp_path, 20) for _ in range(2)]
    for writer in writers:
        while len(writer.ends) < 65:
            writer.hear()
    for writer in writers:
        assert writer.end(signal.SIGTERM) == 0
    made = sum(len(writer.ends) // 10 for writer in writers)
    assert made >= 12
    assert len(read_corrections(tmp_path / "corrections.npz")) == made
    assert len(list((tmp_path / "ink").glob("*.journal"))) == 2
