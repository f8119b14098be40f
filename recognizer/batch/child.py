"""The process that reads pages for a worker, so that one that crashes, hangs or eats memory takes nothing else with it.

The first line that it is sent is its settings, and its answer which models it has; each further one asks for a file (``file``, and
``after``, the page to go on after). The answer is a line for each page of several that is begun (``begun``, ``of``) and for each row
(``row``), and an empty one at the end.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pkgutil import resolve_name
from typing import Any

from recognizer import platform
from recognizer.batch.columns import UNREACHABLE, failed
from recognizer.batch.listing import is_remote
from recognizer.batch.processes import OUT_OF_MEMORY
from recognizer.batch.settings import Settings, models_now
from recognizer.helper import answer, serving
from recognizer.page.load import MAX_FILE_BYTES

IDLE = 300.0  # s without a request, after which it ends: the batch is over
# Files after which memory that was freed goes back to the system: without it 2,000 cheques make a process a fifth larger, and to
# take it again takes 25 ms.
GIVING_BACK = 200
WARM = 4  # files after which memory is gathered


def serve() -> int:
    """Answer until there are no more requests."""
    answers = serving()
    platform.set_threads(1)
    platform.keep_memory()
    settings = Settings(**json.loads(sys.stdin.buffer.readline()))
    read = resolve_name(settings.read)(settings)
    limit_memory(settings.page_memory)
    answer(answers, {"models": models_now()})
    for done, line in enumerate(iter(_next_request, b""), 1):
        request = json.loads(line)
        _watch(settings.page_seconds)
        try:
            for message in _pages(read, request["file"], request["after"]):
                answer(answers, message if "begun" in message else {"row": message})
                _watch(settings.page_seconds)
            answer(answers, {})
        except MemoryError:
            return OUT_OF_MEMORY
        if done == WARM:
            platform.gather_memory()
        if done % GIVING_BACK == 0:
            platform.give_back_memory()
    return 0


def _next_request() -> bytes:
    _watch(IDLE)
    return sys.stdin.buffer.readline()


def _pages(read: Any, file: str, after: int) -> Iterator[dict[str, Any]]:
    try:
        data = _fetch(file)
    except OSError as error:
        yield failed(1, UNREACHABLE, f"{error.strerror or error}.")
        return
    yield from read(data, after)


def _fetch(file: str) -> bytes:
    """The bytes of a file, one more than may be read where it is too large. Raises OSError."""
    if not is_remote(file):
        if os.path.exists(file) and not os.path.isfile(file):  # reading a pipe may never end
            raise OSError("It is no ordinary file")
        with open(file, "rb") as stream:
            return stream.read(MAX_FILE_BYTES + 1)
    import fsspec

    try:
        with fsspec.open(file, "rb") as stream:
            data: bytes = stream.read(MAX_FILE_BYTES + 1)
            return data
    except Exception as error:  # every store has its own
        raise OSError(f"{type(error).__name__}: {error}") from error


def _watch(seconds: float) -> None:
    """Let the system end this process after so many seconds, whatever it does then."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(more: float) -> None:
    """Let nothing have more than so many GB beyond what is taken now; systems other than Linux know no such limit."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/status", encoding="ascii") as status:
        taken = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData"))
    most = taken + int(more * 1e9)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    status = serve()
    sys.stdout.flush()
    os._exit(status)  # nothing is left to be tidied up, and libraries' threads may never end
