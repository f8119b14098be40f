"""The lattice with what governs it: which stage is shown, how wide the beam is, and a field to find labels."""

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from ui.boxes import FLUSH, in_column, in_row
from ui.labels import caption, describe, text_label, tip
from ui.language import titled, tr
from ui.lattice.area import LatticeArea
from ui.lattice.legend import Legend
from ui.lattice.stages_view import ALL, StagesView
from ui.lattice.view import LatticeView
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.model.lattice.steps import StageArc
from ui.model.revision import Revision
from ui.theme.theme import Theme

if TYPE_CHECKING:
    import numpy as np

MARGINS = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0, inf)  # nats, of the beam
USUAL = MARGINS.index(6.0)
OVERVIEW, TOGETHER = tr("Overview"), tr("All stages")
STAGES = ("segmentation", "recognition", "interpretation", "best path")  # where no reading says otherwise
LEAST_BAND = 76  # px


def preload() -> None:
    """Import what the first answer needs; it takes long, and is for another thread than the window's."""
    import ui.lattice.band_painting
    import ui.lattice.painting
    import ui.lattice.walk  # noqa: F401


class LatticePane(QWidget):
    """Head and views; all of them look at the current desk."""

    shown = Signal()  # another stage
    message = Signal(str)  # what there is to say about what was looked for

    def __init__(self, current: CurrentDesk, theme: Theme, revision: Revision) -> None:
        super().__init__()
        self._current = current
        self._names: tuple[str, ...] = ()
        self.overview = LatticeView(current, theme, revision)
        self.stages = StagesView(current, theme, revision)
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("What is shown of the lattice"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.back, self.on = _arrow("\u2039", tr("Stage before")), _arrow("\u203a", tr("Next stage"))
        self.beam = QSlider(Qt.Orientation.Horizontal)
        self.beam.setRange(0, len(MARGINS) - 1)
        self.beam.setValue(USUAL)
        self.beam.setMinimumWidth(60)
        self.beam.setMaximumWidth(160)
        self.beam.setAccessibleName(tr("Width of the beam"))
        self._width = text_label()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a label"))
        self.search.setAccessibleName(tr("Find a label"))
        self.search.setMaximumWidth(110)
        self.legend = Legend(self.stages, theme)
        self._beam_parts = [caption(tr("Beam")), self.beam, self._width]
        self._area = QScrollArea(widgetResizable=True)
        self._area.setWidget(self.stages)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self._area)
        self._assemble()
        self.choice.currentIndexChanged.connect(self._on_choice)
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.beam.valueChanged.connect(self._on_beam)
        self.search.returnPressed.connect(self.find_next)
        self.search.textEdited.connect(lambda: self._miss(""))
        current.changed.connect(self._on_answer)
        self.choice.activated.connect(self._on_wish)
        self._wish = ""  # what the user wants to see, as far as a reading has it
        self._on_answer()
        self._on_beam()

    def _assemble(self) -> None:
        head = QWidget()
        head.setObjectName("head")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.legend.setSizePolicy(policy)
        chosen = (self.back, self.choice, self.on, *self._beam_parts)
        in_row(*chosen, (self.legend, 1), self.search, of=head, margins=(8, 4, 8, 4), spacing=6)
        in_column(head, (self._stack, 1), of=self, margins=FLUSH, spacing=0)

    @property
    def view(self) -> LatticeArea:
        """The view that is seen."""
        return self.overview if self.choice.currentIndex() <= 0 else self.stages

    @property
    def _desk(self) -> Desk:
        """The desk that is looked at."""
        return self._current.desk

    def step(self, by: int) -> None:
        """Show the next stage, or the one before."""
        self.choice.setCurrentIndex(min(max(self.choice.currentIndex() + by, 0), self.choice.count() - 1))
        self._on_wish()

    def show_all(self) -> None:
        """All stages at once."""
        self.choice.setCurrentIndex(self.choice.count() - 1)
        self._on_wish()

    def tint(self, tints: "dict[int, np.ndarray]") -> None:
        """Colour stages by values in place of penalties, and show one that has them."""
        self.stages.tint(tints)
        self.legend.update()
        if tints and self.view is self.overview:
            self.choice.setCurrentIndex(1 + max(tints))

    def find_next(self) -> None:
        """Choose the next arc with the label that is looked for, and bring it into view."""
        answer, wanted = self._desk.answer, self.search.text().strip()
        if answer is None or not wanted:
            return
        matches = self._matches(wanted)
        highlight = self._desk.highlight
        now = highlight.chosen_at if self.view is self.stages else highlight.chosen
        if not matches:
            self._miss(tr("Nothing that is shown is called {wanted}.", wanted=wanted))
        else:
            self._miss("")
            place = (matches.index(now) + 1) % len(matches) if now in matches else 0
            self._go_to(matches[place])

    def _miss(self, sentence: str) -> None:
        """Say that nothing was found; no sentence: the line is as it was before."""
        if not sentence and not self.search.property("missing"):
            return
        self.search.setToolTip(tip(sentence))
        self.search.setProperty("missing", bool(sentence))
        self.search.style().polish(self.search)
        describe(self.search, sentence)
        self.message.emit(sentence)

    def _matches(self, wanted: str) -> list[int | StageArc]:
        answer = self._desk.answer
        if answer is None:
            return []
        if self.view is self.overview:
            lattice = answer.lattice
            return [arc for arc in range(len(lattice)) if lattice.name(arc) == wanted]
        found: list[int | StageArc] = []
        for selection in self.stages.selections:
            mine = selection.arcs[selection.stage.labels(selection.arcs) == wanted]
            found += [StageArc(selection.number, arc) for arc in mine.tolist()]
        return found

    def _go_to(self, found: "int | StageArc") -> None:
        answer, viewport = self._desk.answer, self._desk.viewport
        if answer is None:
            return
        if isinstance(found, StageArc):
            stage = answer.lattice.stages[found.stage]
            segment = int(stage.segment[found.arc])
            self._desk.highlight.choose(None if segment < 0 else segment, found)
            middle = float(stage.x[stage.first[found.arc]] + stage.x[stage.last[found.arc]]) / 2
        else:
            self._desk.highlight.choose(found)
            middle = float(answer.lattice.boxes[found, [0, 2]].mean())
        x = viewport.placement.x_in_view(middle)
        if not 0 <= x <= self.width():
            viewport.place(viewport.placement.moved(self.width() / 2 - x, 0))

    def _on_answer(self) -> None:
        answer = self._desk.answer
        names = STAGES if answer is None else tuple(stage.name for stage in answer.lattice.stages)
        if names != self._names:
            self._names = names
            self._fill(names)
        wished = self.choice.findText(self._wish) if self._wish else -1
        if wished >= 0:
            self.choice.setCurrentIndex(wished)
        elif answer is not None:
            self.choice.setCurrentIndex(self.choice.count() - 1 if answer.lattice.is_of_frames else 0)

    def _on_wish(self) -> None:
        """From now on the user decides what is shown."""
        self._wish = self.choice.currentText()

    def _fill(self, names: Sequence[str]) -> None:
        """The stages of this kind of reading; the choice stays where there is one of the name."""
        chosen = self.choice.currentText()
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([OVERVIEW, *map(titled, names), TOGETHER])
        self.choice.setCurrentIndex(max(self.choice.findText(chosen), 0))
        self.choice.blockSignals(False)
        self._on_choice()

    def _on_choice(self) -> None:
        index, last = self.choice.currentIndex(), self.choice.count() - 1
        self._stack.setCurrentIndex(0 if index <= 0 else 1)
        bands = len(self._names) if index == last else 1
        self.stages.setMinimumHeight(bands * LEAST_BAND)
        self.stages.show_stage(ALL if index == last else max(index - 1, 0))
        self.back.setEnabled(index > 0)
        self.on.setEnabled(index < last)
        for widget in (*self._beam_parts, self.legend):
            widget.setVisible(index > 0)
        self.shown.emit()

    def _on_beam(self) -> None:
        margin = MARGINS[self.beam.value()]
        self.stages.set_margin(margin)
        self._width.setText(_in_words(margin))
        self._width.setFixedWidth(max(map(self._width.fontMetrics().horizontalAdvance, map(_in_words, MARGINS))) + 2)
        self.beam.setToolTip(tr("Paths that are worse than the best one by more are hidden"))


def _in_words(margin: float) -> str:
    """The width of the beam."""
    if margin in (0, inf):
        return tr("everything") if margin else tr("best only")
    return tr("{margin:g} nats", margin=margin)


def _arrow(text: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
