"""Damaged files, each known by its loader and its number, and what comes of loading one."""

import faulthandler
import random
import resource
import sys
import time
from pathlib import Path

from recognizer.errors import InputError
from tests.fuzz.loaders import LOADERS
from tests.fuzz.mutations import bytes_changed

SLOWEST = 10.0  # s of the processor for one file
HANGING = 60.0  # s, after which the process is ended: machine code that hangs hears of nothing else
MOST_MEMORY = 2e9  # bytes for one file
CAREFUL, CARELESS_TOO = (
    0.7,
    0.2,
)  # shares of the files whose outer form stays whole; of these, damaged blindly after that


class Trials:
    """The damaged files of one loader. The same number makes the same file."""

    def __init__(self, name: str, folder: Path) -> None:
        make, self._load, self._careful = LOADERS[name]
        self.name, self._folder, self._sound, self._armed = name, folder, make(), 0.0
        sound = self.path(-1)
        sound.write_bytes(self._sound)
        self._load(sound)  # anything else is no place to begin
        sound.unlink()

    def path(self, number: int) -> Path:
        """Where this file is while it is tried; after a process was ended it is there still."""
        return self._folder / f"{self.name.replace(' ', '_')}.{number}"

    def damaged(self, number: int) -> bytes:
        """What is in the file."""
        generator, data = random.Random(f"{self.name} {number}"), self._sound
        if self._careful is None or generator.random() > CAREFUL:
            return bytes_changed(data, generator)
        data = self._careful(data, generator)
        return bytes_changed(data, generator) if generator.random() < CARELESS_TOO else data

    def fault(self, number: int) -> Exception | None:
        """What comes of the file that is neither an answer nor a sentence, in bounded time and memory."""
        path, fault = self.path(number), None
        path.write_bytes(self.damaged(number))
        self._watch()
        memory, begin = most_memory(), time.process_time()
        try:
            self._load(path)
        except InputError:
            pass
        except Exception as error:
            fault = error
        if (seconds := time.process_time() - begin) > SLOWEST:
            fault = TimeoutError(f"{seconds:.1f} s")
        if (taken := most_memory() - memory) > MOST_MEMORY:
            fault = MemoryError(f"{taken / 1e9:.1f} GB")
        path.unlink(missing_ok=True)
        return fault

    def _watch(self) -> None:
        """The clock begins anew, though not for every file: each time costs as much as a file."""
        if time.monotonic() > self._armed + 1:
            self._armed = time.monotonic()
            faulthandler.dump_traceback_later(HANGING, exit=True, file=sys.__stderr__)


def most_memory() -> float:
    """Bytes of memory that this process has had at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(most) if sys.platform == "darwin" else 1024.0 * most
