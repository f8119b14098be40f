"""How far the reading is, in words and in lines, and how long it took."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.language import tr, translated
from ui.model.answer import Answered
from ui.model.readers import PAGE
from ui.model.reading import ReadingService

GETTING_READY = tr("Getting ready\u2026 (the first start takes longer)")


class ReadingProgress(QObject):
    """Listens to the reading thread, as far as what it reads is still ``wanted``."""

    said = Signal(str)
    stepped = Signal(int, int)  # lines that are done, of how many; of none: nothing is read line by line

    def __init__(self, reading: ReadingService, wanted: Callable[[str], bool]) -> None:
        super().__init__()
        self._wanted = wanted
        self._by_lines = self._loading = False
        reading.loading.connect(self._on_loading)
        reading.rested.connect(self._on_rested)
        reading.failed.connect(self._on_failed)
        reading.begun.connect(self._on_begun)
        reading.step.connect(self._on_step)
        reading.stage.connect(self._on_stage)

    def expect(self) -> None:
        """Something is to be read, perhaps by what is not ready for it."""
        self.end(GETTING_READY if self._loading else "")

    def end(self, sentence: str) -> None:
        """Nothing is being read any more, and why."""
        self.stepped.emit(0, 0)
        self.said.emit(sentence)

    def answered(self, came: Answered) -> None:
        """All of it was read."""
        took = (
            tr("Read in {milliseconds:.0f} ms", milliseconds=came.seconds * 1000)
            if came.seconds < 1
            else tr("Read in {seconds:.1f} s", seconds=came.seconds)
        )
        unread = (
            ("", tr("; one line does not look like writing"))[came.unread]
            if came.unread < 2
            else tr("; {unread} lines do not look like writing", unread=came.unread)
        )
        aside = tr("; pale strokes do not look like writing and were not read") if came.aside else ""
        self.end(took + unread + aside)

    def _on_loading(self, _kind: str) -> None:
        self._loading = True
        self.said.emit(GETTING_READY)

    def _on_rested(self) -> None:
        self._loading = False
        self.said.emit(tr("Ready"))

    def _on_failed(self, _kind: str, _error: Exception) -> None:
        """Perhaps when it was loaded; the next one is loaded anew, which is told."""
        self._loading = False

    def _on_begun(self, kind: str) -> None:
        self._loading = False
        if self._wanted(kind):
            self._by_lines = False
            self.stepped.emit(0, 0)
            if kind == PAGE:  # to find the lines of one may take seconds
                self.said.emit(tr("Looking for writing\u2026"))

    def _on_step(self, kind: str, done: int, lines: int) -> None:
        if self._wanted(kind):
            self._by_lines = True
            self.stepped.emit(done, lines)
            self.said.emit(tr("Reading line {line} of {lines}\u2026", line=done + 1, lines=lines))

    def _on_stage(self, kind: str, name: str) -> None:
        if self._wanted(kind) and not self._by_lines:
            self.said.emit(tr("Reading: {name}\u2026", name=translated(name)))
