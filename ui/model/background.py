"""Small computations off the GUI thread: of each name only what was asked for last is answered."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.model.worker import Worker

_Job = tuple[int, Callable[[], Any]]  # its number, and what is to be computed
_Came = tuple[int, Any, Exception | None]  # the number of the job, and its answer or what went wrong


class Background(QObject):
    """One thread, begun at the first job. Answers arrive in the GUI thread."""

    _done = Signal(str, object)  # name, _Came

    def __init__(self) -> None:
        super().__init__()
        self._worker: Worker[str, _Job, _Came] = Worker("background", _computed, self._done.emit)
        self._receivers: dict[str, tuple[int, Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._count = 0
        self._done.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Is something asked for that has not been answered?"""
        return bool(self._receivers)

    def ask(
        self, name: str, job: Callable[[], Any], then: Callable[[Any], None], fail: Callable[[Exception], None]
    ) -> None:
        """Compute ``job``, then hand the answer or the error over; a job of the same name that is not done is forgotten."""
        self._count += 1
        self._receivers[name] = self._count, then, fail
        self._worker.put(name, (self._count, job))

    def forget(self, name: str) -> None:
        """Nobody wants the answer any more."""
        self._receivers.pop(name, None)
        self._worker.drop(name)

    def stop(self) -> None:
        """End the thread after what it is doing."""
        self._worker.stop()

    def _deliver(self, name: str, came: _Came) -> None:
        number, answer, error = came
        wanted = self._receivers.get(name)
        if wanted is None or wanted[0] != number:
            return
        del self._receivers[name]
        if error is None:
            wanted[1](answer)
        else:
            wanted[2](error)


def _computed(_name: str, job: _Job) -> _Came:
    number, compute = job
    try:
        return number, compute(), None
    except Exception as error:  # for whoever asked
        return number, None, error
