"""A desk: one source of writing with its view transform, what was read of it, and what stands in the light."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.model.answer import Answer
from ui.model.highlight import Highlight
from ui.model.ink.document import Corrections, Stroke
from ui.model.text.light import LetterLight
from ui.model.text.passage import Passage, passage_of
from ui.model.viewport import Viewport

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading
    from recognizer.readers.reread import Constraints

PATIENCE = 300  # ms from a change to the moment when the last answer is shown as out of date


class Desk(QObject):
    """State that views observe. ``answers`` are the last ones, one a line; while ``stale`` the source has changed since.

    One line at a time is looked into: the last that was read anew, or one that the user goes to.
    A reading that comes soon takes the place of the last one without a flicker; one that does not makes the desk ``late``.
    """

    changed = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.viewport = Viewport()
        self.highlight = Highlight()
        self.light = LetterLight()
        self.answers: tuple[Answer, ...] = ()
        self.aside: frozenset[Stroke] = frozenset()  # what was taken for no writing, and not read
        self.line = 0  # the one that is looked into
        self.passage = Passage()  # their text
        self._corrections: Corrections = {}
        self.sentence = ""  # why there is no answer, where there is a reason to tell
        self.stale = False
        self.late = False
        self.constraints: Constraints | None = None  # that the answer was decoded under
        self.accepts: Callable[[Reading], bool] = lambda reading: reading.accepted
        self.decided: Callable[[], str] = lambda: ""  # what a person has said about it, as a sentence
        self.notes: Callable[[], bool] = lambda: False  # is it text, of which one looks at words, and no amount?
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._be_late)

    @property
    def answer(self) -> Answer | None:
        """That of the line that is looked into."""
        return self.answers[self.line] if self.answers else None

    @property
    def trusted(self) -> bool:
        """Need nobody look at it? Of text one looks at doubtful words, of amounts at the whole; a person's word settles it."""
        sure = not self.passage.doubts if self.notes() else all(self.accepts(answer.reading) for answer in self.answers)
        return sure or bool(self.decided())

    def correct(self, corrections: Corrections) -> None:
        """The user says otherwise about some words."""
        self._corrections = corrections
        self.passage = passage_of(self.answers, corrections)
        self.light.clear()
        self.changed.emit()

    def read_of(self, strokes: frozenset[Stroke]) -> str:
        """What the reader says that words of these strokes are, whatever the user says."""
        words = [word for word in self.passage.words if word.strokes and word.strokes <= strokes]
        return " ".join(
            "".join(letter.text for letter in self.answers[word.line].letters[word.letters]) for word in words
        )

    def look_into(self, line: int) -> None:
        """Go to a line."""
        if line != self.line:
            self.line = line
            self.constraints = None
            self.highlight.clear()
            self.changed.emit()

    def expect(self) -> None:
        """A reading is under way; what is shown is no longer true of the source."""
        self.stale = True
        self.highlight.clear()
        self.light.clear()
        self._patience.start()

    def _be_late(self) -> None:
        self.late = True
        self.changed.emit()

    def _settle(self, answers: tuple[Answer, ...], sentence: str, aside: frozenset[Stroke] = frozenset()) -> None:
        self._patience.stop()
        self.aside = aside
        self.line = self._line_of(answers)
        self.answers, self.sentence, self.stale, self.late = answers, sentence, False, False
        self.constraints = None
        self.passage = passage_of(answers, self._corrections)
        self.highlight.clear()
        self.light.clear()
        self.changed.emit()

    def _line_of(self, answers: tuple[Answer, ...]) -> int:
        """The last line that is new, else the one that was looked into, as far as it is still there."""
        new = [line for line, answer in enumerate(answers) if answer not in self.answers]
        same = [line for line, answer in enumerate(answers) if answer is self.answer]
        return (new or same or [0])[-1]

    def show(self, *answers: Answer, aside: frozenset[Stroke] = frozenset()) -> None:
        """A reading has come; strokes that are ``aside`` were not read."""
        self._settle(answers, "", aside)

    def show_more(self, *answers: Answer) -> None:
        """A reading goes on: more lines below those that are shown, of which the same one is looked into."""
        line = self.line
        self._settle(answers, "")
        self.look_into(min(line, len(answers) - 1))

    def revise(self, answer: Answer, constraints: "Constraints | None") -> None:
        """The same ink decoded again under conditions; where segments are what they were, so is the chosen one."""
        chosen, at = self.highlight.chosen, self.highlight.chosen_at
        now = self.answer
        if now is None or now.reading.trace.segments is not answer.reading.trace.segments:
            chosen = at = None
        self.constraints = constraints
        self.answers = (*self.answers[: self.line], answer, *self.answers[self.line + 1 :])
        self.passage = passage_of(self.answers, self._corrections)
        self.highlight.clear()
        self.light.clear()
        if at is not None and at.stage >= len(answer.lattice.stages) - 2:  # its graph was made anew
            at = None
        self.highlight.choose(chosen, at)
        self.changed.emit()

    def show_nothing(self, sentence: str = "") -> None:
        """There is nothing to show, and perhaps a reason."""
        self._settle((), sentence)
