"""A page of the inspector."""

from abc import abstractmethod

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.boxes import Part, in_column
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk


class InspectorPage(QWidget):
    """Looks at the current desk."""

    def __init__(self, current: CurrentDesk) -> None:
        super().__init__()
        self._current = current

    @property
    def desk(self) -> Desk:
        """The desk that is looked at."""
        return self._current.desk

    def watch(self) -> None:
        """Follow the desk; subclasses call it when they are ready."""
        self._current.changed.connect(self.refresh)
        self._current.highlighted.connect(self.on_light)
        self.refresh()

    def lay_out(self, *parts: Part) -> QVBoxLayout:
        """Put parts below each other, as every page does."""
        return in_column(*parts, of=self, margins=(0, 8, 0, 0), spacing=8)

    def heightForWidth(self, width: int) -> int:
        """None where its policy is to be ignored, which a stack of pages asks of the wanted size alone."""
        ignored = self.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Ignored
        return 0 if ignored else super().heightForWidth(width)

    @abstractmethod
    def refresh(self) -> None:
        """There is another answer."""

    def on_light(self) -> None:
        """Something else is pointed at or chosen."""
