"""What ended the program the last time, if anything did: written at the last moment, told at the next start."""

import faulthandler
import os
import traceback
from pathlib import Path
from typing import IO

from recognizer.files import make_private
from ui.help.versions import versions
from ui.language import tr
from ui.problems import Problem

ENDED = tr("Inklattice stopped unexpectedly last time; your ink was kept. The details help to fix the fault.")
EARLIER = "~"  # ends the name of a log that was told


class CrashLog:
    """One file, into which nothing is written while all is well. A folder that cannot be written has none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def left_over(self) -> Problem | None:
        """What is in the file, which is put aside: it is told once, and stays beside for whoever wants to read it."""
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
            if not text:
                return None
            os.replace(self._path, self._path.with_name(self._path.name + EARLIER))
        except OSError:
            return None
        return Problem(ENDED, f"{versions()}\n\n{text}")

    def begin(self) -> None:
        """From now on faults in machine code, of which Python learns nothing, leave the stacks of all threads."""
        try:
            make_private(self._path)
            self._file = self._path.open("a", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(self._file)

    def write(self, error: BaseException) -> None:
        """The program ends by this."""
        if self._file is not None:
            self._file.write("".join(traceback.format_exception(error)))
            self._file.flush()

    def end(self) -> None:
        """The program ends well."""
        faulthandler.disable()
        if self._file is not None:
            self._file.close()
