"""The bar at the bottom: what goes on, how large the source is shown, and a way to cancel what takes long."""

from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar

from ui.labels import text_label
from ui.language import tr
from ui.model.readers import INK
from ui.model.workbench import Workbench


class Status(QStatusBar):
    """Listens to a workbench."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 10, 0)
        self.words = text_label()
        self._progress, self.lines = _bar(tr("Progress of opening")), _bar(tr("Lines that are read"))
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setAccessibleName(tr("Cancel opening"))
        self._cancel.clicked.connect(self._cancelled)
        self.page, self._zoom = text_label(), text_label()
        self.addWidget(self.words, 1)
        for widget in (self._progress, self._cancel, self.lines, self.page, self._zoom):
            self.addPermanentWidget(widget)
        self._done()
        self.lines.hide()
        bench.progress.stepped.connect(self._count_lines)
        bench.status.connect(self.words.setText)
        bench.opener.started.connect(self._begin)
        bench.opener.progress.connect(self._go_on)
        bench.opener.finished.connect(self._done)
        bench.current.placed.connect(self._show_zoom)
        for signal in (bench.leaves.changed, bench.current.switched):
            signal.connect(self._show_page)
        self._show_zoom()
        self._show_page()

    def _begin(self, name: str) -> None:
        self.words.setText(tr("Opening {name}\u2026", name=name))
        self._progress.setRange(0, 0)
        self._progress.show()
        self._cancel.show()

    def _go_on(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _done(self) -> None:
        self._progress.hide()
        self._cancel.hide()

    def _count_lines(self, done: int, lines: int) -> None:
        self.lines.setVisible(lines > 0)
        self.lines.setRange(0, lines)
        self.lines.setValue(done)

    def _cancelled(self) -> None:
        self._bench.opener.cancel()
        self.words.setText(tr("Opening was cancelled"))

    def _show_page(self) -> None:
        """Of the paper that one writes on, where there are several."""
        leaves = self._bench.leaves
        self.page.setVisible(self._bench.current.kind == INK and leaves.count > 1)
        self.page.setText(tr("Page {page} of {count}", page=leaves.index + 1, count=leaves.count))

    def _show_zoom(self) -> None:
        zoom = tr("{share:.0f} %", share=self._bench.desk.viewport.placement.scale * 100)
        self._zoom.setText(zoom)
        self._zoom.setAccessibleName(tr("Zoom {zoom}", zoom=zoom))


def _bar(name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setFixedSize(140, 6)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar
