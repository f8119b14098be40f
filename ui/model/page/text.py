"""What the user says that words on pages of text are, and the lines of which something was said, to train on."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.language import tr
from ui.model.background import Background
from ui.model.ink.document import Corrections, Stroke
from ui.model.page.document import Box, PageDocument, PagePlace
from ui.model.page.kept_text import KeptText
from ui.model.page.labelled_lines import corrected_lines, write_lines
from ui.model.page.written import WrittenLine, lines_on

if TYPE_CHECKING:
    from ui.model.desk import Desk

RIM = 0.5  # px by which a stroke may reach out of the box around its word
Lines = tuple[WrittenLine, ...]


class PageText:
    """The text of the page on a desk, which it tells of corrections; for commands as an ink is.

    What was said in earlier sessions counts again where the ink is still there; what is said in this one comes before it.
    """

    def __init__(
        self,
        desk: "Desk",
        pages: PageDocument,
        path: Path,
        background: Background,
        tell: Callable[[str], None],
        report: Callable[[BaseException], None],
    ) -> None:
        self._desk, self._pages, self._kept = desk, pages, KeptText(path, report)
        self._background, self._tell, self._report = background, tell, report
        self.corrections: Corrections = {}
        self._recalled: Corrections = {}
        self._lines: dict[PagePlace, Lines] = {}
        self._kept.told.connect(self._recall)
        desk.notes = lambda: self.is_shown

    @property
    def is_shown(self) -> bool:
        """Is there text on the desk, and no amount?"""
        return any(isinstance(answer.source, WrittenLine) for answer in self._desk.answers)

    def follow(self) -> None:
        """Of a page that was read what was said of it is asked for, once."""
        sources = [answer.source for answer in self._desk.answers]
        place = self._pages.place
        if place is None or not sources or not isinstance(sources[0], WrittenLine):
            return
        lines = lines_on(sources[0].page)
        if self._lines.get(place) is not lines:
            self._lines[place] = lines
            self._kept.ask(place)

    def close(self) -> None:
        """All that was said is on the disk then."""
        self._kept.close()

    def correct(self, corrections: Corrections) -> None:
        """Only commands call this."""
        before, self.corrections = self.corrections, corrections
        self._keep(before)
        self._desk.correct({**self._recalled, **corrections})

    def _keep(self, before: Corrections) -> None:
        """What is said otherwise than before; of what is said no more, what an earlier session said."""
        gone = [word for word in before if word not in self.corrections]
        again = {word: said for word, said in self._recalled.items() if not all(map(word.isdisjoint, gone))}
        new = {word: said for word, said in self.corrections.items() if before.get(word) != said}
        for place, lines in self._lines.items():
            mine = {stroke for line in lines for stroke in line}
            words = [*((word, None) for word in gone), *again.items(), *new.items()]
            said = [(_box_around(word), text) for word, text in words if word <= mine]
            if said:
                self._kept.say(place, said)

    def _recall(self, place: PagePlace, said: dict[Box, str]) -> None:
        words = {_strokes_in(box, self._lines[place]): text for box, text in said.items()}
        words.pop(frozenset(), None)
        if words:
            self._recalled = {**self._recalled, **words}
            self._desk.correct({**self._recalled, **self.corrections})

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


def _box_around(word: frozenset[Stroke]) -> Box:
    """Of all of its strokes [px of the page]."""
    lefts, tops, rights, feet = zip(*(stroke.box for stroke in word), strict=True)
    return min(lefts), min(tops), max(rights), max(feet)


def _strokes_in(box: Box, lines: Lines) -> frozenset[Stroke]:
    """Those of one line that lie in a box."""
    left, top, right, foot = box[0] - RIM, box[1] - RIM, box[2] + RIM, box[3] + RIM

    def inside(stroke: Stroke) -> bool:
        return left <= stroke.box[0] and top <= stroke.box[1] and stroke.box[2] <= right and stroke.box[3] <= foot

    return max((frozenset(filter(inside, line)) for line in lines), key=len, default=frozenset())
