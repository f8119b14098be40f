"""Ctrl+C ends a command within a second, whatever it is in the middle of."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 0.4  # s that what runs in machine code is given to come back to Python, where the interrupt is heard
STOPPED = 130  # the exit status that shells know

_left: list[Callable[[], str]] = []  # what keeps what is done, where something can be kept
_keeping = threading.Lock()


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


@contextmanager
def keeping(keep: Callable[[], str]) -> Iterator[None]:
    """An interrupt in here calls ``keep`` once, on any thread, before it goes on, and says on stderr what that returns."""
    _left.append(keep)
    try:
        yield
    except (KeyboardInterrupt, SystemError) as error:
        if was_interrupted(error):
            _keep()
        raise
    finally:
        _left.clear()


def was_interrupted(error: BaseException) -> bool:
    """Is this an interrupt, or what one that comes while a kernel runs is told as?"""
    return isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)


def _watch(hearing: socket.socket, over: threading.Event, sentence: str) -> None:
    with hearing:
        while number := hearing.recv(1):
            listened_to = signal.getsignal(signal.SIGINT) is not signal.default_int_handler
            if number[0] != signal.SIGINT or listened_to or over.wait(PATIENCE):
                continue
            _keep()
            _say(sentence)
            os._exit(STOPPED)


def _keep() -> None:
    with _keeping:  # who comes second waits until all is kept
        while _left:
            _say(_left.pop()())


def _say(sentence: str) -> None:
    """In place of a bar. Not through a stream that the interrupted thread may hold."""
    start, end = ("\r", "\033[K\n") if sys.stderr.isatty() else ("", "\n")
    os.write(2, f"{start}{sentence}{end}".encode())
