from PySide6.QtGui import QUndoStack

from ui.model.change import Change


def test_undoing_and_redoing_goes_to_and_fro_between_two_values() -> None:
    values, stack = ["old"], QUndoStack()
    stack.push(Change("words", values[-1], "new", values.append))
    assert (values, stack.undoText()) == (["old", "new"], "words")
    stack.undo()
    stack.redo()
    assert values == ["old", "new", "old", "new"]
