"""A program in which somebody writes, with a pause of so many ms between strokes, and corrects a word every tenth stroke:
python -m tests.faults.writing HOME PAUSE.

Each line that it prints is the number of strokes that are on the sheet by then.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.fakes import fake_kinds
from ui.app import make_window
from ui.ending import Ending
from ui.locations import locations_in
from ui.model.ink.commands import AddStroke
from ui.model.ink.document import Stroke
from ui.problems import Problems


def main(home: Path, pause: int) -> int:
    application = QApplication([])
    window = make_window(application, locations_in(home), fake_kinds(), Problems())
    window.show()
    bench = window.bench
    bench.collection.load()

    def write() -> None:
        number = len(bench.ink.strokes)
        points = np.array([[10 + number, 10, 0], [10 + number, 60, 0.1]], np.float32)
        bench.undo.push(AddStroke(bench.ink, Stroke(points, None)))
        if number % 10 == 9:
            bench.correct(frozenset(bench.ink.strokes[-3:]), f"{os.getpid()} {number}")
        print(number + 1, flush=True)

    def end() -> None:
        timer.stop()
        window.end()
        application.quit()

    timer = QTimer(interval=pause)
    timer.timeout.connect(write)
    timer.start()
    ending = Ending(application, window.keep, end)
    try:
        return application.exec()
    finally:
        ending.stop()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
