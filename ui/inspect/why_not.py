"""Ask why not: the text that it should have been, beside the answer, place by place and by who charges what."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QPushButton, QTreeWidgetItem

from ui.inspect.explanation import sentence
from ui.inspect.question import QuestionPage
from ui.language import numeral, tr
from ui.lattice.describe import percent
from ui.model.background import Background
from ui.model.current_desk import CurrentDesk
from ui.model.revision import Revision

if TYPE_CHECKING:
    from recognizer.readers.explain import Charges, Explanation
    from ui.model.lattice.paths import LatticePath

JOB = "why not"
HINT = tr("Type what it should have been: its best path is set beside the answer, and you see where it was lost.")
COLUMNS = (  # and what they hold
    (tr("Read"), tr("What was read at this place")),
    (tr("Wanted"), tr("What should have been read there")),
    (tr("Recog"), tr("What the recogniser charges more for it [nats]")),
    (tr("Cut"), tr("What the segmentation charges more for it [nats]")),
    (tr("Lang"), tr("What the language charges more for it [nats]")),
    (tr("Sum"), tr("What the place costs the wanted text [nats]")),
)
SCALE = tr("What the wanted path pays more, in nats; less is below zero.")
TELLING = 0.005  # nats: places that differ by less are left out


class WhyNotPage(QuestionPage):
    """Explains the answer of a desk against another text."""

    job, hint = JOB, HINT

    def __init__(self, current: CurrentDesk, background: Background, revision: Revision) -> None:
        titles = [title for title, _ in COLUMNS]
        super().__init__(current, background, tr("It should have been\u2026"), SCALE, titles)
        self._revision = revision
        self._explanation: Explanation | None = None
        self.table.setAccessibleName(tr("Where the paths differ"))
        for column, (_, meaning) in enumerate(COLUMNS):
            self.table.headerItem().setToolTip(column, meaning)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.accept = QPushButton(tr("Use this reading"))
        self.accept.setToolTip(tr("Make this the reading: the best path that writes it"))
        self.column.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.accept.clicked.connect(self._on_accept)
        self.table.itemSelectionChanged.connect(self._on_place)
        self.watch()

    def ask(self) -> None:
        """Explain, in the background."""
        answer, text = self.desk.answer, self.line.text()
        if answer is None:
            return
        reading = answer.reading

        def job() -> "tuple[Explanation, str, LatticePath]":
            from recognizer.readers.explain import explain
            from ui.model.lattice.paths import path_over

            explanation = explain(reading, text)
            path = path_over(reading.trace, text, explanation.arcs)
            return explanation, sentence(explanation, reading.trace.classes), path

        self.compute(job, self._show)

    def show_table(self, shown: bool) -> None:
        """And the button that takes what it explains."""
        super().show_table(shown)
        self.accept.setVisible(shown)
        if not shown:
            self._explanation = None

    def _show(self, found: "tuple[Explanation, str, LatticePath]") -> None:
        explanation, why, path = found
        self._explanation = explanation
        self.message.setText(
            tr(
                "{told} Of all readings, {percent} say \u201c{wanted}\u201d.",
                told=why,
                percent=percent(explanation.share),
                wanted=explanation.wanted,
            )
        )
        self._fill(explanation)
        self.show_table(True)
        self.desk.highlight.follow(path)

    def _fill(self, explanation: "Explanation") -> None:
        from recognizer.readers.explain import written

        self.table.clear()
        for number, place in enumerate(explanation.places):
            if abs(place.difference.total) < TELLING and written(place.won) == written(place.wanted):
                continue
            row = _row(written(place.won), written(place.wanted), place.difference)
            row.setData(0, Qt.ItemDataRole.UserRole, number)
            _embolden(row, place is explanation.lost)
            self.table.addTopLevelItem(row)
        total = _row("", "all", explanation.difference)
        _embolden(total, True)
        self.table.addTopLevelItem(total)
        rows = self.table.topLevelItemCount()
        height = self.table.header().sizeHint().height() + rows * max(self.table.sizeHintForRow(0), 22) + 6
        self.table.setFixedHeight(min(height, 320))

    def _on_place(self) -> None:
        chosen = self.table.selectedItems()
        number = chosen[0].data(0, Qt.ItemDataRole.UserRole) if chosen else None
        if self._explanation is None or number is None:
            return
        place = self._explanation.places[number]
        segments = [step.segment for step in (*place.wanted, *place.won) if step.segment >= 0]
        self.desk.highlight.choose(segments[0] if segments else None)

    def _on_accept(self) -> None:
        if self._explanation is not None:
            self._revision.want(self._explanation.wanted)


def _row(won: str, wanted: str, parts: "Charges") -> QTreeWidgetItem:
    said = [numeral(part, "+.2f") if abs(part) >= TELLING else "0" for part in (*parts, parts.total)]
    row = QTreeWidgetItem([won or "\u2013", wanted or "\u2013", *said])
    for column in range(2, len(COLUMNS)):
        row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return row


def _embolden(row: QTreeWidgetItem, bold: bool) -> None:
    font = QFont()
    font.setBold(bold)
    for column in range(len(COLUMNS)):
        row.setFont(column, font)
