"""Teaching off the GUI thread: progress, cancelling, the new model in use at once, and taken back by one click."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from recognizer.errors import Cancelled
from ui.language import tr
from ui.model.background import Background
from ui.model.choice import TEXT, Choice, own_model, system_of
from ui.model.keeping import keep_earlier
from ui.model.teach.collection import Correction
from ui.model.teach.models import path_of, restore
from ui.model.workbench import Workbench

if TYPE_CHECKING:
    from recognizer.training.teaching.report import Report

JOB = "teach"
Learn = Callable[[tuple[Correction, ...], Choice, Callable[[float], None]], "Report"]


@dataclass(frozen=True)
class Taught:
    """What came of teaching, and what it takes to take it back."""

    report: "Report"
    corrections: tuple[Correction, ...]
    path: Path
    before: Choice
    replaced: bool  # there was a model of this name


class Teacher(QObject):
    """One teaching at a time, of all corrections, on top of the networks that text is read with."""

    began = Signal()
    progressed = Signal(float)
    ended = Signal(str)  # why there is no new model, empty where there is one

    def __init__(self, bench: Workbench, folder: Path, learn: Learn) -> None:
        super().__init__()
        self._bench, self.folder, self.learn = bench, folder, learn
        self._background = Background()
        self._cancelled = threading.Event()
        self.taught: Taught | None = None  # the last one, until it is taken back

    @property
    def busy(self) -> bool:
        """Is it being taught?"""
        return self._background.busy

    def teach(self, name: str) -> None:
        """Learn all corrections as a model of this name. Raises InputError where no model can be called so."""
        path, choice = path_of(self.folder, name), self._bench.choice
        corrections, cancelled = self._bench.collection.corrections, threading.Event()
        self._cancelled = cancelled

        def progress(share: float) -> None:
            if cancelled.is_set():
                raise Cancelled
            self.progressed.emit(share)

        def job() -> Taught:
            from recognizer.readers.personal import save_personal

            report = self.learn(corrections, choice, progress)
            replaced = path.exists()
            keep_earlier(path)
            save_personal(path, report.personal, private=True)
            return Taught(report, corrections, path, choice, replaced)

        self._background.ask(JOB, job, self._on_taught, self._on_failure)
        self.began.emit()

    def cancel(self) -> None:
        """Stop; everything stays as it was."""
        self._cancelled.set()

    def take_back(self) -> None:
        """The model of before is in use again, and the new one is gone."""
        taught = self.taught
        if taught is None:
            return
        self.taught = None
        taught.path.unlink(missing_ok=True)
        if taught.replaced:
            restore(taught.path)
        self._use(taught.before.personal)
        self.ended.emit(tr("Taken back: it reads as before."))

    def stop(self) -> None:
        """The window closes."""
        self.cancel()
        self._background.stop()

    def _use(self, personal: str) -> None:
        self._bench.choose(replace(self._bench.choice, personal=personal))

    def _on_taught(self, taught: Taught) -> None:
        self.taught = taught
        self._use(str(taught.path))
        self.ended.emit("")

    def _on_failure(self, error: Exception) -> None:
        from recognizer.errors import InputError
        from ui.problems import describe

        if not isinstance(error, Cancelled | InputError):
            self._bench.problems.report(error)
        self.ended.emit(
            tr("Cancelled: nothing has changed.") if isinstance(error, Cancelled) else describe(error).sentence
        )


def learn(corrections: tuple[Correction, ...], choice: Choice, progress: Callable[[float], None]) -> "Report":
    """Learn and measure, with text read as the user has chosen."""
    from recognizer.readers.catalog import load_reader
    from recognizer.readers.personal import load_personal, taught
    from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal
    from recognizer.training.teaching.report import measure, reading_with
    from recognizer.training.teaching.teach import teach

    samples = [(correction.ink, correction.wanted) for correction in corrections]
    progress(0.0)
    system = system_of(replace(choice, reads=TEXT))
    models = own_model(choice.model, "text", system)
    personal = teach(samples, lambda share: progress(0.5 * share), models)
    words = {"lexicon": choice.lexicon_name, "own": choice.words}
    plain = load_reader("text", system, **words, extent="word", models=models)  # type: ignore[arg-type]
    before = taught(plain, load_personal(Path(choice.personal), models)) if choice.personal else plain
    return measure(
        personal,
        samples,
        rehearsal(MEASURED),
        reading_with(before),
        reading_with(taught(plain, personal)),
        lambda share: progress(0.55 + 0.45 * share),
    )
