"""What pages have in common that ask for a text: a line to type it, what is told of it, and a table of where it matters."""

from abc import abstractmethod
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget

from ui.inspect.page import InspectorPage
from ui.labels import muted, text_label
from ui.model.answer import Answer
from ui.model.background import Background
from ui.model.current_desk import CurrentDesk
from ui.problems import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


class QuestionPage(InspectorPage):
    """Computes in the background; another answer makes it forget what it has told."""

    job = ""  # its name in the background
    hint = ""  # what is told while nothing is asked

    def __init__(
        self, current: CurrentDesk, background: Background, asked: str, scale: str, heads: "Sequence[str]"
    ) -> None:
        """``asked`` names the line; ``scale`` tells what the numbers of the table mean, ``heads`` are its columns."""
        super().__init__(current)
        self.background = background
        self._answer: Answer | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(asked)
        self.line.setAccessibleName(asked)
        self.message = text_label()
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.scale = muted(scale)
        self.table = QTreeWidget()
        self.table.setHeaderLabels(list(heads))
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.header().setStretchLastSection(False)
        self.table.header().setMinimumSectionSize(24)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.column = self.lay_out(self.line, self.message, self.scale, self.table)
        self.line.returnPressed.connect(self.ask)

    def refresh(self) -> None:
        """Another answer: the question stands, what was told of it does not."""
        if self.desk.answer is not self._answer:
            self._answer = self.desk.answer
            self.background.forget(self.job)
            self.tell(self.hint)

    def compute(self, job: "Callable[[], T]", then: "Callable[[T], None]") -> None:
        """Compute in the background; what goes wrong is told."""
        self.background.ask(self.job, job, then, lambda error: self.tell(describe(error).sentence))

    @abstractmethod
    def ask(self) -> None:
        """The text was typed."""

    def tell(self, sentence: str) -> None:
        """A sentence and no table."""
        self.message.setText(sentence)
        self.show_table(False)

    def show_table(self, shown: bool) -> None:
        """The table and what its numbers mean."""
        self.scale.setVisible(shown)
        self.table.setVisible(shown)
