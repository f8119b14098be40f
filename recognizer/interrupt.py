"""Ctrl+C ends a command within a second, whatever it is in the middle of."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.4  # s that what runs in machine code is given to come back to Python, where the interrupt is heard
STOPPED = 130  # the exit status that shells know


@contextmanager
def interruptible(sentence: str) -> Iterator[None]:
    """Ctrl+C raises KeyboardInterrupt here, as Python does it between two of its own steps, and says the ``sentence`` on stderr. Where one
    step takes longer than PATIENCE, as a line of handwriting may, the process ends in the middle of it with the status STOPPED.

    A command that listens to the signal itself, as batches do, is left alone.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hearing, telling = socket.socketpair()
    telling.setblocking(False)
    over = threading.Event()
    before = signal.set_wakeup_fd(telling.fileno(), warn_on_full_buffer=False)  # written to at once, whatever runs
    threading.Thread(target=_watch, args=(hearing, over, sentence), name="interrupt", daemon=True).start()
    try:
        yield
    except (KeyboardInterrupt, SystemError) as error:
        if not was_interrupted(error):
            raise
        over.set()
        _say(sentence)
        raise KeyboardInterrupt from error
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        telling.close()


def was_interrupted(error: BaseException) -> bool:
    """Is this an interrupt, or what one that comes while a kernel runs is told as?"""
    return isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)


def _watch(hearing: socket.socket, over: threading.Event, sentence: str) -> None:
    with hearing:
        while number := hearing.recv(1):
            listened_to = signal.getsignal(signal.SIGINT) is not signal.default_int_handler
            if number[0] != signal.SIGINT or listened_to or over.wait(PATIENCE):
                continue
            _say(sentence)
            os._exit(STOPPED)


def _say(sentence: str) -> None:
    """In place of a bar. Not through a stream that the interrupted thread may hold."""
    start, end = ("\r", "\033[K\n") if sys.stderr.isatty() else ("", "\n")
    os.write(2, f"{start}{sentence}{end}".encode())
