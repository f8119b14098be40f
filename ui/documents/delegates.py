"""How cells of the table of results look, and how texts are typed over."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QValidator
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from ui.labels import tip
from ui.language import tr
from ui.model.documents.amounts import can_be_typed
from ui.model.documents.result import Row, State
from ui.theme.icons import SIZES, pixmap
from ui.theme.theme import Theme

LARGER = 1.25  # times: what was read beside what is known of it
MARK = QSize(16, 16)  # px

Index = QModelIndex | QPersistentModelIndex


class _Amounts(QValidator):
    """An editor with it is not left with what is no amount, unless by Esc."""

    def __init__(self, row: Row, editor: QLineEdit) -> None:
        super().__init__(editor)
        self._row, self._editor = row, editor

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Whatever is not one may become one."""
        good = can_be_typed(self._row, text.strip())
        return QValidator.State.Acceptable if good else QValidator.State.Intermediate, text, at

    def fixup(self, text: str) -> str:
        """Somebody wants to leave it so: say why not, where they look."""
        editor = self._editor
        editor.setToolTip(tip(tr("\u201c{text}\u201d is no amount: type it as 42, 42.50 or 1,234.50.", text=text)))
        editor.setProperty("missing", True)
        editor.style().polish(editor)
        QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), editor.toolTip(), editor)
        return text


class TextDelegate(QStyledItemDelegate):
    """Texts in larger letters; what was typed stays when the row is read again meanwhile."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """What was read is what one looks for."""
        super().initStyleOption(option, index)
        option.font = _larger(option.font)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """As large as the text."""
        editor = super().createEditor(parent, option, index)
        editor.setFont(_larger(editor.font()))
        editor.setAccessibleName(tr("What it says"))
        if isinstance(editor, QLineEdit):
            editor.setValidator(_Amounts(index.data(Qt.ItemDataRole.UserRole), editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the text of the row."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Only what was typed says anything: one may look into a cell and go away."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            super().setModelData(editor, model, index)


def _larger(font: QFont) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * LARGER)
    return larger


class StateDelegate(QStyledItemDelegate):
    """A mark before the word, so that states are told apart at a glance and not by colour alone."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: dict[State, QIcon] = {}
        theme.changed.connect(self._dress)
        self._dress()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The mark of the state."""
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon = self._marks[index.data(Qt.ItemDataRole.UserRole)]
        option.decorationSize = MARK

    def _dress(self) -> None:
        palette = self._theme.palette
        marks = {
            State.ACCEPTED: ("accepted", palette.accepted),
            State.CORRECTED: ("pen", palette.accepted),
            State.REFUSED: ("refused", palette.refused),
            State.FAILED: ("warning", palette.refused),
            State.SKIPPED: ("next", palette.muted),
        }
        for state, (name, colour) in marks.items():
            self._marks[state] = mark = QIcon()
            for size in SIZES:
                for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                    mark.addPixmap(pixmap(name, colour, size), mode)
