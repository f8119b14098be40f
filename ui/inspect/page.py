"""A page of the inspector."""

from abc import abstractmethod

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.model.desk import Desk


class Page(QWidget):
    """Looks at a desk, and at another one when it is told to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def watch(self) -> None:
        """Follow the desk; subclasses call it when they are ready."""
        self.desk.changed.connect(self.refresh)
        self.desk.spotlight.changed.connect(self.on_light)
        self.refresh()

    def show_desk(self, desk: Desk) -> None:
        """Look at another desk."""
        self.desk.changed.disconnect(self.refresh)
        self.desk.spotlight.changed.disconnect(self.on_light)
        self.desk = desk
        self.watch()

    def heightForWidth(self, width: int) -> int:
        """None where its policy is to be ignored, which a stack of pages asks of the wanted size alone."""
        ignored = self.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Ignored
        return 0 if ignored else super().heightForWidth(width)

    @abstractmethod
    def refresh(self) -> None:
        """There is another answer."""

    def on_light(self) -> None:
        """Something else is pointed at or chosen."""
