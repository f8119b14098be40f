"""Which personal model is read with; and renaming, exporting, importing and deleting one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QInputDialog,
    QPushButton,
    QWidget,
)

from recognizer.errors import InputError
from ui.boxes import FLUSH, in_column, in_row
from ui.labels import text_label
from ui.language import tr
from ui.model.teach import models
from ui.model.teach.teacher import Teacher
from ui.model.workbench import Workbench
from ui.problems import describe

JOB = "import"
AS_IT_CAME = tr("Built-in reader")
FILES = tr("Personal models (*{ENDING})", ENDING=models.ENDING)


class ModelsRow(QWidget):
    """A choice and its commands; a model that was deleted comes back by one click."""

    def __init__(self, bench: Workbench, teacher: Teacher) -> None:
        super().__init__()
        self._bench, self._teacher = bench, teacher
        self._deleted: Path | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Model that is read with"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.setMaximumWidth(240)
        self.rename, self.export = QPushButton(tr("Rename\u2026")), QPushButton(tr("Export\u2026"))
        self.take_in, self.delete = QPushButton(tr("Import\u2026")), QPushButton(tr("Delete"))
        self.back = QPushButton(tr("Undo delete"))
        for button, does in ((self.rename, tr("Rename")), (self.export, tr("Export")), (self.delete, tr("Delete"))):
            button.setAccessibleName(tr("{does} the model that is read with", does=does))
        self.back.setAccessibleName(tr("Undo the deletion of the model"))
        self.message = text_label()
        self.message.setWordWrap(True)
        chosen = in_row(self.choice, self.rename, self.export, self.take_in, self.delete, self.back, None, spacing=8)
        in_column(chosen, self.message, of=self, margins=FLUSH)
        self.choice.activated.connect(self._on_choice)
        self.rename.clicked.connect(self._ask_name)
        self.export.clicked.connect(self._choose_where_to)
        self.take_in.clicked.connect(self._choose_which)
        self.delete.clicked.connect(lambda: self._try(self._delete))
        self.back.clicked.connect(lambda: self._try(self._restore))
        bench.choice_changed.connect(self.refresh)
        self.refresh()

    def leave(self) -> None:
        """Look no more."""
        self._bench.choice_changed.disconnect(self.refresh)
        self._bench.background.forget(JOB)

    @property
    def chosen(self) -> Path | None:
        """The file of the model that is read with."""
        return Path(self._bench.choice.personal) if self._bench.choice.personal else None

    def refresh(self) -> None:
        """Which models there are."""
        paths = models.personal_models(self._teacher.folder)
        self.choice.clear()
        self.choice.addItem(AS_IT_CAME, "")
        for path in paths:
            self.choice.addItem(path.stem, str(path))
        self.choice.setCurrentIndex(max(self.choice.findData(self._bench.choice.personal), 0))
        for button in (self.rename, self.export, self.delete):
            button.setEnabled(self.choice.currentIndex() > 0)
        self.back.setVisible(self._deleted is not None)
        self.message.setVisible(bool(self.message.text()))

    def _on_choice(self) -> None:
        self._use(self.choice.currentData())

    def _use(self, personal: str) -> None:
        self._bench.choose(replace(self._bench.choice, personal=personal))

    def _delete(self) -> None:
        path = self.chosen
        if path is not None:
            models.delete(path)
            self._deleted = path
            self._use("")

    def _restore(self) -> None:
        path, self._deleted = self._deleted, None
        if path is not None and models.restore(path):
            self._use(str(path))

    def _ask_name(self) -> None:
        path = self.chosen
        if path is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Rename the model"))
        dialog.setLabelText(tr("Name of the model"))
        dialog.setTextValue(path.stem)
        dialog.textValueSelected.connect(lambda name: self._try(lambda: self._use(str(models.rename(path, name)))))
        dialog.finished.connect(dialog.deleteLater)
        QTimer.singleShot(0, dialog.open)

    def _choose_where_to(self) -> None:
        path = self.chosen
        if path is None:
            return
        dialog = QFileDialog(self, tr("Export the model"), path.name, FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(models.ENDING.removeprefix("."))
        dialog.fileSelected.connect(lambda name: self._try(lambda: self.export_to(path, Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        QTimer.singleShot(0, dialog.open)

    def export_to(self, path: Path, to: Path) -> None:
        """Copy a model out. Raises OSError."""
        models.export(path, to)
        self.message.setText(tr("Exported as {name}.", name=to.name))
        self.refresh()

    def _choose_which(self) -> None:
        dialog = QFileDialog(self, tr("Import a model"), "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._try(lambda: self.import_from(Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        QTimer.singleShot(0, dialog.open)

    def import_from(self, source: Path) -> None:
        """Take a model in, off the GUI thread, and use it."""
        self._bench.background.ask(
            JOB,
            lambda: models.import_model(source, self._teacher.folder),
            lambda path: self._use(str(path)),
            self._complain,
        )

    def _try(self, act: Callable[[], None]) -> None:
        try:
            self.message.setText("")
            act()
        except (InputError, OSError) as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        self.message.setText(describe(error).sentence)
        self.refresh()
