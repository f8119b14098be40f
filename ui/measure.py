"""Figures of the window: seconds to the first frame, and the longest time for which the GUI thread did not answer."""

import os
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


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


class StallMeter(QObject):
    """Watches the event loop with a fast timer; ``longest`` [s] is the longest time between two of its ticks."""

    INTERVAL = 2  # ms

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=self.INTERVAL)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Watch from now on."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """Stop watching; the longest stall in seconds."""
        self._timer.stop()
        return self.longest

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now
