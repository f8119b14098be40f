"""Lists whose rows are as tall as the style has them, also where they were filled before the style came."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget


class Rows(QListWidget):
    """Measures its rows when it is seen."""

    def showEvent(self, event: QShowEvent) -> None:
        """The style has come by now."""
        super().showEvent(event)
        self.ensurePolished()
        self.doItemsLayout()
