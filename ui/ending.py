"""The system ends the program, by a signal or because the user logs out: the ink is kept before anything else happens."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))


class Ending(QObject):
    """Calls ``keep`` where the program may be about to end, and ``end`` where it must; a second signal ends it there and then."""

    def __init__(self, application: QApplication, keep: Callable[[], object], end: Callable[[], object]) -> None:
        super().__init__(application)
        self._end = end
        # By which a signal wakes Qt, whose loop Python's handlers wait for.
        self._read, self._write = socket.socketpair()
        for end_of_pair in (self._read, self._write):
            end_of_pair.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno())
        for number in SIGNALS:
            signal.signal(number, lambda _number, _frame: None)
        self._woken = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._on_signal)
        application.commitDataRequest.connect(lambda _session: keep())

    def stop(self) -> None:
        """Signals end the program as they do by themselves."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        self._woken.setEnabled(False)
        if signal.set_wakeup_fd(-1) == self._write.fileno():
            self._write.close()
            self._read.close()

    def _on_signal(self) -> None:
        if set(self._read.recv(64)) & set(SIGNALS):
            self.stop()
            self._end()
