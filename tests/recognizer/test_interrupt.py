"""Ctrl+C ends what runs within a second, with one line and the status that shells know."""

import signal
import subprocess
import sys
import time

import pytest

from recognizer.errors import InputError
from recognizer.interrupt import STOPPED, interruptible, keeping

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
