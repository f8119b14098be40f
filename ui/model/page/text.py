"""What the user says that words on pages of text are, and the lines of which something was said, to train on."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.language import tr
from ui.model.background import Background
from ui.model.ink.document import Corrections
from ui.model.page.labelled_lines import corrected_lines, write_lines
from ui.model.page.written import WrittenLine

if TYPE_CHECKING:
    from ui.model.desk import Desk


class PageText:
    """The text of the page on a desk, which it tells of corrections; for commands as an ink is."""

    def __init__(
        self,
        desk: "Desk",
        background: Background,
        tell: Callable[[str], None],
        report: Callable[[Exception], None],
    ) -> None:
        self._desk, self._background, self._tell, self._report = desk, background, tell, report
        self.corrections: Corrections = {}
        desk.notes = lambda: self.is_shown

    @property
    def is_shown(self) -> bool:
        """Is there text on the desk, and no amount?"""
        return any(isinstance(answer.source, WrittenLine) for answer in self._desk.answers)

    def correct(self, corrections: Corrections) -> None:
        """Only commands call this."""
        self.corrections = corrections
        self._desk.correct(corrections)

    def save_lines(self, folder: Path) -> None:
        """Save the lines that a person has corrected for `train scans`, off the GUI thread."""
        lines = corrected_lines(self._desk)
        if not lines:
            self._tell(tr("No line of this page has been corrected yet."))
            return
        self._background.ask(
            "lines",
            lambda: write_lines(folder, lines),
            lambda count: self._tell(tr("Lines saved: {count}", count=count)),
            self._report,
        )
