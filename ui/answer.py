"""What was read, how sure that is, and what else it may be."""

from html import escape
from math import prod

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.boxes import FLUSH, in_column, in_row
from ui.labels import section, tip
from ui.language import tr, translated
from ui.lattice.describe import percent
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.model.text.copying import copy
from ui.model.text.running import running
from ui.page.words import amount_in_words
from ui.text.popup import AlternativesPopup
from ui.text.view import TextView
from ui.theme.icons import pixmap
from ui.theme.theme import Theme

MOST_ALTERNATIVES = 8
EMPTY = tr("What you write or open is read at once; the text comes here.")
READING = tr("Reading\u2026")


class Share(QWidget):
    """A share of one as a bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.value = 0.0
        self.setFixedHeight(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in ((self._theme.palette.line, 1.0), (self._theme.palette.accent, self.value)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share, 6), 3, 3)
        painter.end()


class AnswerPanel(QWidget):
    """Shows what a desk's reader answered."""

    corrected = Signal(object, str)  # the strokes of a word, and what they write
    message = Signal(str)  # what was done

    def __init__(self, current: CurrentDesk, theme: Theme) -> None:
        super().__init__()
        self._current, self._theme = current, theme
        self._title = section(tr("Text"))
        self.text = TextView(current, theme)
        self.text.asked.connect(self._show_alternatives)
        self._bar = Share(theme)
        self._mark, self.verdict = QLabel(), QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.RichText)
        self.copy = QPushButton(tr("Copy text"))
        self.copy.clicked.connect(self.copy_text)
        self._others_title = section(tr("Alternatives"))
        self.others = _two_columns()
        self.others.setAccessibleName(tr("Alternatives with their confidence"))
        verdict = in_row((self._mark, 0, Qt.AlignmentFlag.AlignTop), (self.verdict, 1), spacing=8)
        copy = (self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        shown = (self._title, self.text, self._bar, verdict, copy, 10, self._others_title, self.others)
        in_column(*shown, of=self, margins=FLUSH, spacing=8)
        theme.changed.connect(self.refresh)
        current.changed.connect(self.refresh)
        current.changed.connect(_lay_out_now)
        self.refresh()

    @property
    def _desk(self) -> Desk:
        """The desk that is looked at."""
        return self._current.desk

    def copy_text(self) -> None:
        """Put the text on the clipboard."""
        self._copy(self._desk.passage.text)

    def copy_running_text(self) -> None:
        """Put the text on the clipboard as one line."""
        self._copy(running(self._desk.passage.text))

    def _copy(self, text: str) -> None:
        if self._desk.answers:
            copy(text, self.message.emit)
        else:
            self.message.emit(tr("There is no text to copy yet."))

    def refresh(self) -> None:
        """Show the desk as it is now."""
        desk = self._desk
        known = desk.answer is not None
        for widget in (self.text, self._bar, self._mark, self.copy, self._others_title, self.others):
            widget.setVisible(known)
        if desk.answer is None:
            said = f"<b>{escape(desk.decided())}</b><br>" if desk.decided() else ""
            self.verdict.setText(said + escape(desk.sentence or (READING if desk.late else EMPTY)))
            return
        reading, corrected = desk.answer.reading, desk.passage.is_corrected(desk.line)
        self._bar.setVisible(not corrected)
        self._bar.value = reading.confidence
        self._bar.update()
        self._show_verdict("" if corrected else f"<nobr>{escape(percent(reading.confidence))}</nobr>")
        others = reading.alternatives[0 if corrected else 1 : MOST_ALTERNATIVES + 1]
        self._show_others([(other.text, other.confidence) for other in others], corrected)

    def _show_verdict(self, share: str) -> None:
        """``share``: the confidence, which a line that a person has corrected has none of."""
        desk, palette, decided = self._desk, self._theme.palette, self._desk.decided()
        name, colour = ("accepted", palette.accepted) if desk.trusted else ("refused", palette.refused)
        words = escape(decided)
        if not decided:
            verdict = tr("Accepted") if desk.trusted else tr("Refused: a person should look")
            words = _to_check(len(desk.passage.doubts)) if desk.notes() else verdict
        ratio = self.devicePixelRatioF()
        picture = pixmap(name, colour, round(22 * ratio))
        picture.setDevicePixelRatio(ratio)
        self._mark.setPixmap(picture)
        self._mark.setFixedSize(QSize(22, 22))
        stale = tr("  \u00b7  reading again\u2026") if desk.late else ""
        flaws = tr(" and ").join(translated(flaw) for answer in self._desk.answers for flaw in answer.reading.flaws)
        flawed = "<br>" + tr("The picture is {flaws}, which makes it less sure", flaws=flaws) if flaws else ""
        in_words = [amount_in_words(answer.reading) for answer in self._desk.answers]
        said = "".join(f"<br>{escape(sentence)}" for sentence in in_words if sentence)
        several = len(desk.answers) > 1
        if not share:
            sure = (
                tr("Line {line} was corrected by a person", line=desk.line + 1)
                if several
                else tr("Corrected by a person")
            )
        elif several:
            sure = tr("Confidence of line {line}: {share}", line=desk.line + 1, share=share)
        else:
            sure = tr("Read with confidence {share}", share=share) if decided else tr("Confidence {share}", share=share)
        self.verdict.setText(f"<b>{words}</b><br>{sure}{stale}{flawed}{said}")

    def _show_others(self, others: list[tuple[str, float]], corrected: bool) -> None:
        """Where a line was ``corrected``, all that the reader said of it."""
        line = tr(" of line {line}", line=self._desk.line + 1) if len(self._desk.answers) > 1 else ""
        title = tr("Read before the correction{line}", line=line) if corrected else tr("Alternatives{line}", line=line)
        self._others_title.setText(title)
        self.others.clear()
        for text, confidence in others:
            row = QTreeWidgetItem([text, percent(confidence)])
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.setToolTip(0, tip(text))
            self.others.addTopLevelItem(row)
        self.others.setFixedHeight(len(others) * self.others.sizeHintForRow(0) + 2 * self.others.frameWidth() + 2)
        self.others.setVisible(bool(others))
        self._others_title.setVisible(bool(others))

    def _show_alternatives(self, glyph: int, place: QPoint, typed: str) -> None:
        """Deferred: nothing opens inside the handler of a pointer."""
        from recognizer.readers.letters import beside, word_alternatives

        passage = self._desk.passage
        shown = passage.glyphs[glyph]
        if shown.word is None:
            return
        word, answer = passage.words[shown.word], self._desk.answers[shown.span.line]
        read = answer.letters[word.letters]
        is_amount = len(read) == len(answer.letters) and not self._desk.notes()
        sure = answer.reading.confidence if is_amount else prod(letter.chance for letter in read)
        words = word_alternatives(answer.reading, answer.letters, word.letters)
        words = beside("".join(letter.text for letter in read), sure, words)
        letters = []
        if shown.letter is not None:
            before = word.text[: glyph - word.glyphs.start]
            after = word.text[glyph - word.glyphs.start + 1 :]
            may_be = answer.letters[shown.letter].others
            letters = [((text, share), before + text + after) for text, share in may_be if text.strip()]
        following = [other for other in passage.words[shown.word + 1 :] if other.line == word.line]
        others = [other.text for other in following]
        popup = AlternativesPopup(self, word, words, letters, others, percent)

        def correct(text: str, more: int) -> None:
            strokes = word.strokes.union(*(other.strokes for other in following[:more]))
            self.corrected.emit(strokes, text)

        popup.chosen.connect(correct)
        QTimer.singleShot(0, popup, lambda: popup.open_at(place, typed))


def _to_check(words: int) -> str:
    if not words:
        return tr("Nothing is doubtful")
    return tr("1 word to check (F8)") if words == 1 else tr("{count} words to check (F8)", count=words)


def _lay_out_now() -> None:
    """Layouts follow their widgets when the event loop comes to them, which may be busy: until then a text that has grown would be
    painted over what stands below it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _two_columns() -> QTreeWidget:
    """A plain table: text left, number right."""
    table = QTreeWidget()
    table.setColumnCount(2)
    table.setHeaderHidden(True)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setTextElideMode(Qt.TextElideMode.ElideLeft)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = table.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return table
