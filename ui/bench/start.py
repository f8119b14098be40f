"""Seconds from the start of the process to the first frame of the window, and until it can read."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ui.window import Window


def seconds_since_process_start() -> float:
    """Age of this process; on Linux from the kernel (to 10 ms), elsewhere CPU time of the process."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        return time.process_time()
    started = int(stat.read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


class _FirstFrame(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False

    @staticmethod
    def _tell() -> None:
        print(f"{seconds_since_process_start():.3f}", flush=True)
        QApplication.quit()


def print_start_time(window: QWidget) -> None:
    """Once the first frame of ``window`` is painted, print the age of the process in seconds and quit."""
    _FirstFrame(window)


def print_ready_time(window: "Window") -> None:
    """Once every reader of ``window`` is loaded and warm, print the age of the process in seconds and quit."""
    waiting = set(window.bench.desks)

    def on_ready(kind: str) -> None:
        waiting.discard(kind)
        if not waiting:
            print(f"{seconds_since_process_start():.3f}", flush=True)
            QApplication.quit()

    window.bench.reading.ready.connect(on_ready)
