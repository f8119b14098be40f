"""What is done on the sheet that is looked at: tools, cuts, marking, what is copied and pasted."""

from PySide6.QtGui import QGuiApplication

from ui.files import Files
from ui.ink.canvas import Tool
from ui.ink.clipboard import InkMime, beside, centred, strokes_in
from ui.language import tr
from ui.model.ink.geometry import bounds
from ui.model.readers import INK, PAGE
from ui.model.viewport import Placement, fitted
from ui.model.workbench import Workbench
from ui.page.fields import following
from ui.panes import Panes
from ui.settings import RULED, Settings


class DeskTools:
    """Cuts, marking and the tools of the canvas are in use one at a time."""

    def __init__(self, bench: Workbench, panes: Panes, files: Files, settings: Settings) -> None:
        self._bench, self._panes, self._files, self._settings = bench, panes, files, settings
        for signal in (bench.current.switched, bench.pages.changed):
            signal.connect(panes.hide_cuts)
        bench.current.switched.connect(panes.marking.end)
        bench.ink_opened.connect(self.fit)

    def take(self, tool: Tool) -> None:
        """A tool of the canvas."""
        self._panes.hide_cuts()
        self._panes.canvas.tool = tool
        self._panes.canvas.setFocus()

    def take_pen(self) -> None:
        """Write with the pen that was chosen; where it was for what is selected, that stays selected."""
        self._panes.canvas.pen = self._bench.pens.pen
        if not self._bench.selection.strokes:
            self.take(Tool.PEN)

    def toggle_cuts(self) -> None:
        """Lay the cuts over the sheet, near enough to be taken, or put them away."""
        if self._panes.shows_cuts:
            self._panes.hide_cuts()
            return
        self._panes.marking.end()
        if self._bench.current.kind == PAGE:
            self._panes.page.go_near(self._panes.page.amount)
        self._panes.cuts.show()

    def rule(self, ruled: bool) -> None:
        """Lines to write on, or none."""
        self._panes.canvas.ruled = ruled
        self._settings.set(RULED, ruled)

    def toggle_marking(self) -> None:
        """Mark the amount, or leave it."""
        if self._panes.marking.on:
            self._panes.marking.end()
            return
        self._panes.hide_cuts()
        self._panes.marking.begin()
        self._bench.status.emit(
            tr("Drag a rectangle around the amount, or move it with the arrow keys; Enter reads it.")
        )

    def take_next_field(self) -> None:
        """Another place for the amount."""
        page = self._panes.page
        field = following(page.candidates, page.amount)
        if field is None:
            self._bench.status.emit(tr("There is no other place that may hold the amount: mark it (F4)."))
        else:
            self._bench.documents.give_field(field)

    def go_to_doubt(self, step: int) -> None:
        """The next doubtful word (1) or the one before (-1)."""
        if self._panes.answer.text.go_to_doubt(step):
            self._panes.answer.text.setFocus()
        else:
            self._bench.status.emit(tr("There is no doubtful word."))

    def fit(self) -> None:
        """All of it."""
        if self._bench.current.kind == PAGE:
            self._panes.page.fit()
            return
        box, canvas = bounds(self._bench.ink.strokes), self._panes.canvas
        placement = Placement() if box is None else fitted(box, canvas.width(), canvas.height(), 40.0, 2.0)
        self._bench.desk.viewport.place(placement)

    def select_all(self) -> None:
        """All ink, in the lasso's hands."""
        self.take(Tool.LASSO)
        self._bench.selection.choose_all()

    def duplicate(self) -> None:
        """What is selected once more, beside it."""
        self._bench.insert(beside(self._bench.selection.in_order), "duplicate")

    def copy(self) -> None:
        """What is selected: ink, or without such the text."""
        if self._bench.current.kind == INK and self._bench.selection.strokes:
            self.copy_ink()
        else:
            self._panes.answer.copy_text()

    def copy_ink(self) -> None:
        """What is selected, or all ink."""
        strokes = self._bench.selection.in_order or self._bench.ink.strokes
        QGuiApplication.clipboard().setMimeData(InkMime(strokes))
        count = len(strokes)
        self._bench.status.emit(tr("Copied 1 stroke.") if count == 1 else tr("Copied {count:,} strokes.", count=count))

    def paste(self) -> None:
        """Ink where one writes; everything else, and a picture of ink, as a document."""
        data, canvas = QGuiApplication.clipboard().mimeData(), self._panes.canvas
        strokes = strokes_in(data) if self._bench.current.kind == INK else ()
        if strokes:
            self.take(Tool.LASSO)
            middle = self._bench.desk.viewport.placement.to_source(canvas.width() / 2, canvas.height() / 2)
            self._bench.insert(centred(strokes, *middle), "paste")
        elif not self._files.take_in(data, tr("pasted picture")):
            self._bench.status.emit(tr("The clipboard holds no ink, no picture and no file."))
