from dataclasses import replace

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from recognizer.readers.letters import Letter
from tests.ui.fakes import reading_of
from tests.ui.lattice.examples import segments
from ui.answer import AnswerPanel
from ui.model.answer import Answer
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.model.lattice.lattice import lattice_of
from ui.model.readers import INK
from ui.theme.theme import Theme


class NoInk:
    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        return frozenset()

    def draw(self, painter: object, first: int, last: int, colour: str) -> None:
        pass

    def strokes_in(self, first: int, last: int) -> frozenset[int]:
        return frozenset()


def panel(qtbot: QtBot, application: QApplication, desk: Desk) -> AnswerPanel:
    made = AnswerPanel(CurrentDesk({desk.kind: desk}), Theme(application))
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


def test_long_answers_are_wrapped_and_copied_whole(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(INK)
    shown = panel(qtbot, qapp, desk)
    reading = replace(reading_of(segments()), text="0123456789")
    letters = tuple(Letter(c, k, k + 1, 0.9, (), k) for k, c in enumerate("0123456789" * 8))
    answer = Answer(reading, lattice_of(reading), NoInk())
    vars(answer)["letters"] = letters
    desk.show(answer)
    assert shown.text.height() > 60
    assert all(shown.text.place_of(k).right() <= shown.text.width() for k in range(len(letters)))
    shown.copy_text()
    assert qapp.clipboard().text() == "0123456789" * 8


def test_a_text_that_grows_is_never_painted_over_what_stands_below_however_late_the_event_loop_is(
    qtbot: QtBot, qapp: QApplication
) -> None:
    desk = Desk(INK)
    shown, around = panel(qtbot, qapp, desk), QScrollArea()
    qtbot.addWidget(around)
    around.setWidgetResizable(True)
    around.setWidget(shown)
    around.resize(260, 200)
    around.show()
    reading = reading_of(segments())
    for count in (3, 300):
        answer = Answer(reading, lattice_of(reading), NoInk())
        vars(answer)["letters"] = tuple(Letter("a", k, k + 1, 0.9, (), k) for k in range(count))
        desk.show(answer)
        assert shown.text.geometry().bottom() < shown.copy.geometry().top()
    assert shown.text.height() > 200


def test_of_several_lines_the_current_one_tells_its_confidence(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(INK)
    shown = panel(qtbot, qapp, desk)
    reading = reading_of(segments())
    sure, doubtful = replace(reading, confidence=0.8), replace(reading, confidence=0.5, accepted=False)
    answers = [Answer(each, lattice_of(reading), NoInk()) for each in (sure, doubtful)]
    vars(answers[0])["letters"] = ()
    vars(answers[1])["letters"] = (Letter("x", 0, 1, 0.4, (), 0),)
    desk.show(*answers)
    assert "Confidence of line 2: 50 %" in read(shown)
    assert "Refused" in read(shown)
