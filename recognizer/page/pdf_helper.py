"""PDF files are drawn in a helper process with limits of time and memory.

A PDF is a program: a few hundred bytes may ask for hours or for all memory, and pdfium, which takes one thread at a time, would
keep every other file waiting. Pictures need no helper: what they cost is bounded by their pixels and counted before they are
decoded. A helper that has done its work waits for the next file, so that its start (a fifth of a second) is paid once.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from recognizer.errors import InputError
from recognizer.pdf import Request
from recognizer.platform import DRAW_PDF, is_bundle

DEADLINE = 40.0  # s for a page, where the process is not ended for the time that it takes of the processor
_ROOT = Path(__file__).resolve().parents[2]


class Drawn(NamedTuple):
    """A page."""

    grey: np.ndarray  # (H, W) uint8
    dpi: float
    of: int  # pages of the file


def draw_pages(request: Request, data: bytes) -> Iterator[Drawn]:
    """The pages of a file one after the other. Raises InputError, and ValueError where the file is damaged."""
    helper = _ask(request, data)
    sound = False  # is the helper at the end of an answer?
    try:
        while answer := helper.hear():
            if "shape" not in answer:
                break
            grey = helper.read(int(np.prod(answer["shape"])))
            yield Drawn(np.frombuffer(grey, np.uint8).reshape(answer["shape"]), answer["dpi"], answer["of"])
        sound = True
    except EOFError:
        raise InputError(
            f"{request.name} takes too long or too much memory to be drawn: print it into a new PDF, or save it as a picture."
        ) from None
    finally:
        if sound:
            _put_back(helper)
        else:
            helper.end()
    if "error" in answer:
        raise InputError(answer["error"])
    if "damage" in answer:
        raise ValueError(answer["damage"])


class _Helper:
    """A process that draws."""

    def __init__(self) -> None:
        command = [sys.executable, DRAW_PDF] if is_bundle() else [sys.executable, "-m", "recognizer.pdf"]
        paths = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout

    def ask(self, request: Request, data: bytes) -> None:
        """Hand a file over. Raises OSError where the helper has ended."""
        self._to.write(json.dumps(asdict(request)).encode() + b"\n")
        self._to.write(data)
        self._to.flush()

    def hear(self) -> dict[str, Any]:
        """The next line of its answer. Raises EOFError where the helper ends, which it is made to after a while."""
        patience = threading.Timer(DEADLINE, self._process.kill)
        patience.daemon = True
        patience.start()
        try:
            line = self._from.readline()
        finally:
            patience.cancel()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer

    def read(self, count: int) -> bytes:
        """So many bytes of its answer. Raises EOFError."""
        data = self._from.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def end(self) -> None:
        """It is of no more use."""
        self._process.kill()
        with suppress(OSError):
            self._to.close()
        self._from.close()
        self._process.wait()


_idle: list[_Helper] = []  # one at most


def _ask(request: Request, data: bytes) -> _Helper:
    """A helper that has been given the file: the one that waits, or a new one."""
    with suppress(IndexError):
        helper = _idle.pop()
        try:
            helper.ask(request, data)
            return helper
        except OSError:  # it has been ended meanwhile
            helper.end()
    helper = _Helper()
    with suppress(BrokenPipeError):  # what it died of is heard
        helper.ask(request, data)
    return helper


def _put_back(helper: _Helper) -> None:
    """Keep it for the next file, unless another one waits already."""
    if _idle:
        helper.end()
    else:
        _idle.append(helper)
