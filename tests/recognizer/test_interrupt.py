"""Ctrl+C ends what runs within a second, with one line and the status that shells know."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recognizer import cli
from recognizer.errors import InputError
from recognizer.interrupt import STOPPED, interruptible, keeping
from recognizer.transcripts import Line, Transcript, Word

# In Python, where the interrupt is heard at once; in machine code, which gives the interpreter's lock back but no chance to hear it.
WORK = ["while True: time.sleep(0.01)", "hashlib.pbkdf2_hmac('sha256', b'', b'', 10**9)"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("work", WORK)
def test_whatever_runs_ends_and_what_is_done_is_kept_once(work: str) -> None:
    code = (
        "import hashlib, sys, time\n"
        "from recognizer.interrupt import interruptible, keeping\n"
        "try:\n"
        "    with interruptible('read: Stopped.'), keeping(lambda: 'Kept.'):\n"
        "        print('told before', flush=True)\n"
        f"        {work}\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(130)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "told before\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, errors = process.communicate(timeout=60)
    assert time.monotonic() - begun < 3  # tests share the machine with others
    assert (process.returncode, errors) == (STOPPED, "Kept.\nread: Stopped.\n")


def test_without_an_interrupt_nothing_is_kept_before_its_time() -> None:
    said: list[str] = []
    with pytest.raises(InputError), keeping(lambda: said.append("kept") or "Kept."):
        raise InputError("This is no page.")
    with keeping(lambda: said.append("kept") or "Kept."):
        pass
    assert said == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_who_listens_to_the_signal_is_left_alone() -> None:
    heard = []
    with interruptible("never said"):
        before = signal.signal(signal.SIGINT, lambda *_: heard.append(1))
        signal.raise_signal(signal.SIGINT)
        time.sleep(0.6)
        signal.signal(signal.SIGINT, before)
    assert heard == [1]


def test_pages_that_are_read_are_written_where_a_person_stops_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(file: Path, _choices: Any, _on_page: Any, _on_line: Any, transcripts: list[Transcript]) -> Any:
        box = (1, 1, 8, 8)
        line = Line("words", 0.9, box, ((1, 6), (8, 6)), (Word("words", 0.9, box),))
        lines = () if file.name == "second" else (line,)
        transcripts.append(Transcript(file.name, np.full((9, 9), 255, np.uint8), None, lines))
        if not lines:
            raise KeyboardInterrupt
        yield {
            "file": file.name,
            "text": "words",
            "confidence": 0.9,
            "accepted": True,
            "alternatives": [],
            "seconds": 0,
        }

    monkeypatch.setattr(cli, "answers", answers)
    out = tmp_path / "text.hocr"
    assert cli.main(["read", "first", "second", "third", "--format", "hocr", "--out", str(out)]) == STOPPED
    assert capfd.readouterr().err == f"read: {out} holds the pages that were read before, 1 of them.\nread: Stopped.\n"
    written = out.read_text()
    assert "first" in written
    assert "second" not in written
    out.unlink()
    assert cli.main(["read", "second", "--format", "hocr", "--out", str(out)]) == STOPPED
    assert "nothing to write" in capfd.readouterr().err
    assert not out.exists()
