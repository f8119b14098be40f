from dataclasses import replace

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fakes import reading_of
from tests.ui.lattice.examples import segments
from ui.answer import AnswerPanel
from ui.desk import Answer, Desk
from ui.lattice.lattice import lattice_of
from ui.readers import INK
from ui.theme.theme import Theme


class NoInk:
    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        return frozenset()

    def draw(self, painter: object, first: int, last: int, colour: str) -> None:
        pass


def panel(qtbot: QtBot, application: QApplication, desk: Desk) -> AnswerPanel:
    made = AnswerPanel(desk, Theme(application))
    qtbot.addWidget(made)
    made.resize(260, 500)
    made.show()
    return made


def read(panel: AnswerPanel) -> str:
    document = QTextDocument()
    document.setHtml(panel.verdict.text())
    return document.toPlainText()


def test_verdict_and_confidence_are_said_in_words_whatever_they_are(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(INK)
    shown = panel(qtbot, qapp, desk)
    reading = reading_of(segments())
    for confidence, accepted, words in ((0.001, False, "< 1 %"), (0.999, True, "> 99 %"), (0.5, True, "50 %")):
        reading = replace(reading, confidence=confidence, accepted=accepted)
        desk.show(Answer(reading, lattice_of(reading), NoInk()))
        assert words in read(shown)
        assert ("Accepted" in read(shown)) == accepted
        assert ("Refused" in read(shown)) != accepted


def test_a_sentence_with_markup_in_it_is_shown_as_it_is(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(INK)
    shown = panel(qtbot, qapp, desk)
    desk.show_nothing("There is nothing in <b>odd</b> & co.")
    assert read(shown) == "There is nothing in <b>odd</b> & co."


def test_long_answers_fit_and_are_whole_in_the_tool_tip(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(INK)
    shown = panel(qtbot, qapp, desk)
    reading = replace(reading_of(segments()), text="0123456789" * 8)
    desk.show(Answer(reading, lattice_of(reading), NoInk()))
    assert shown.text.fontMetrics().horizontalAdvance(shown.text.text()) <= shown.width()
    assert shown.text.toolTip() == reading.text
    shown.copy_text()
    assert qapp.clipboard().text() == reading.text
