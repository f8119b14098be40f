"""Somebody who uses the real program without a pause, and what it takes of the machine meanwhile, a line a minute, of memory the most
that it had in that minute: python -m tests.faults.use MINUTES.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from recognizer.files import READABLE
from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal
from ui.app import begin_work, make_window
from ui.help.window import HelpWindow
from ui.locations import SAMPLES, locations_in
from ui.model.ink.commands import AddStroke
from ui.model.ink.document import strokes_of
from ui.model.readers import INK, KINDS, PAGE
from ui.problems import Problems
from ui.window import Window

EVERY = 300  # ms between two things that are done
MOST_STROKES = 60  # of a sheet, before another one is begun


class User:
    """Does one thing after the other, at random."""

    def __init__(self, window: Window, home: Path) -> None:
        self._window, self._bench, self._home = window, window.bench, home
        self._random = random.Random(19)
        self._words = [ink for ink, _text in rehearsal(MEASURED)]
        self._deeds: list[Callable[[], object]] = [
            *[self._write] * 8,
            self._open,
            self._queue,
            self._correct,
            self._look,
            self._save,
            self._help,
            self._bench.undo.undo,
            self._bench.undo.redo,
            self._bench.selection.choose_all,
            lambda: self._bench.current.look_at(self._random.choice([INK, PAGE])),
        ]

    def act(self) -> None:
        """The next thing."""
        self._random.choice(self._deeds)()

    def _write(self) -> None:
        bench = self._bench
        bench.current.look_at(INK)
        if len(bench.ink.strokes) > MOST_STROKES:
            bench.begin_new()
            bench.undo.clear()
        left, top = self._random.uniform(20, 600), 80.0 * self._random.randrange(1, 6)
        for stroke in strokes_of(self._random.choice(self._words).scaled(1 / 8).translated(left, top)):
            bench.undo.push(AddStroke(bench.ink, stroke))

    def _open(self) -> None:
        path = self._random.choice(sorted(path for path in SAMPLES.iterdir() if path.suffix in READABLE))
        self._bench.open(path, path.name)

    def _queue(self) -> None:
        queue = self._bench.documents.queue
        if queue.rows:
            self._bench.documents.clear()
        else:
            self._bench.open_many(sorted(SAMPLES.glob("*.png")))

    def _correct(self) -> None:
        words = [word for word in self._bench.desks[INK].passage.words if word.strokes]
        if words and self._bench.current.kind == INK:
            self._bench.correct(self._random.choice(words).strokes, self._random.choice(["some", "thing", "else"]))

    def _look(self) -> None:
        desk = self._bench.desk
        desk.viewport.place(desk.viewport.placement.zoomed(self._random.choice([0.8, 1.25]), 300, 200))
        if desk.answer is not None and len(desk.answer.lattice.first):
            desk.highlight.choose(self._random.randrange(len(desk.answer.lattice.first)))

    def _save(self) -> None:
        self._bench.save(self._home / self._random.choice(["a.inkml", "a.png", "a.svg"]))

    def _help(self) -> None:
        self._window.help.open(self._random.choice(["manual", "shortcuts", "study", "about"]))
        assert isinstance(self._window.help.shown, HelpWindow)
        self._window.help.shown.close()


def main(minutes: float) -> int:
    application = QApplication([])
    process, begin = psutil.Process(), time.monotonic()
    with TemporaryDirectory() as folder:
        problems = Problems()
        problems.reported.connect(lambda problem: print(problem.sentence, file=sys.stderr, flush=True))
        window = make_window(application, locations_in(Path(folder)), KINDS, problems)
        window.show()
        begin_work(window.bench)
        user, taken = User(window, Path(folder)), [0]

        def tell() -> None:
            now = (time.monotonic() - begin) / 60
            print(f"{now:.1f} min", f"{max(taken) / 1e6:.0f} MB", end=" ")
            taken[:] = [0]
            print(process.num_fds(), "descriptors", process.num_threads(), "threads", flush=True)
            if now >= minutes:
                window.end()
                application.quit()

        timers = QTimer(interval=EVERY), QTimer(interval=1_000), QTimer(interval=60_000)
        deeds = user.act, lambda: taken.append(process.memory_info().rss), tell
        for timer, deed in zip(timers, deeds, strict=True):
            timer.timeout.connect(deed)
            timer.start()
        return application.exec()


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
