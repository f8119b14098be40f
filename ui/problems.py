"""The one place where everything that goes wrong is told: it is logged, and shown by whoever listens."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from recognizer.files import make_folder, make_private, printable
from ui.language import tr, translated

LOG_BYTES = 1_000_000
LOG_KEPT = 3

log = logging.getLogger("inklattice")


@dataclass(frozen=True)
class Problem:
    """A sentence for the user, and what a developer wants to see."""

    sentence: str
    details: str = ""
    of_file: bool = False  # it matters until another file is opened


@dataclass(frozen=True)
class Offer:
    """A question that may wait: a sentence and what can be done about it."""

    sentence: str
    choices: tuple[tuple[str, Callable[[], object]], ...]


def describe(error: BaseException) -> Problem:
    """Any exception as a sentence with its traceback as details."""
    return Problem(printable(_sentence(error)), "".join(traceback.format_exception(error)))


def _sentence(error: BaseException) -> str:
    from recognizer.errors import InputError

    if isinstance(error, InputError):
        return translated(str(error))
    if isinstance(error, FileNotFoundError):
        return tr("There is no file {filename}.", filename=error.filename)
    if isinstance(error, PermissionError):
        return tr("The file {filename} may not be used: permission is denied.", filename=error.filename)
    if isinstance(error, OSError):
        return tr("The file could not be used: {reason}.", reason=error.strerror or error)
    if isinstance(error, MemoryError):
        return tr("There is not enough memory for this.")
    return tr("Something went wrong inside the program; your ink is safe. The details help to fix it.")


class Problems(QObject):
    """Hands problems from any thread to the window."""

    reported = Signal(object)  # Problem

    def report(self, error: BaseException, of_file: bool = False) -> None:
        """Log and show an exception, perhaps until another file is opened."""
        problem = replace(describe(error), of_file=of_file)
        log.error("%s\n%s", problem.sentence, problem.details)
        self.reported.emit(problem)

    def catch_uncaught(self) -> None:
        """From now on what nobody catches is reported instead of ending the program."""

        def on_exception(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                sys.__excepthook__(kind, error, _trace)
                return
            self.report(error)

        def on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
            if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
                self.report(arguments.exc_value)

        sys.excepthook = on_exception
        threading.excepthook = on_thread_exception


class _Log(RotatingFileHandler):
    """A log that its user alone can read: it names files."""

    def _open(self) -> TextIOWrapper:
        with suppress(OSError):
            make_private(Path(self.baseFilename))
        stream: TextIOWrapper = super()._open()
        return stream


def log_to(path: Path) -> None:
    """Write the log to a file that is rotated; a folder that cannot be written leaves only stderr."""
    handler: logging.Handler
    try:
        make_folder(path.parent, private=True)
        handler = _Log(path, maxBytes=LOG_BYTES, backupCount=LOG_KEPT, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
