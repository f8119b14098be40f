"""Pages of paper: ink moves with them, whole, and all of it comes back."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QUndoStack

from ui.model.ink.document import InkDocument, Stroke
from ui.model.ink.leaves import HEIGHT, Leaves, leaf_of, leaves_of, parted
from ui.model.viewport import Viewport


def stroke(y: float) -> Stroke:
    return Stroke(np.array([[0, y, 0], [9, y + 8, 0.1]], np.float32), None)


def heights(document: InkDocument) -> list[float]:
    return [stroke.box[1] for stroke in document.strokes]


rows = st.lists(st.integers(-200, 4000).map(float), max_size=8)


def at(ys: list[float], index: int) -> tuple[InkDocument, QUndoStack, Leaves]:
    document, undo = InkDocument(), QUndoStack()
    leaves = Leaves(document, undo, Viewport())
    document.replace(tuple(map(stroke, ys)))
    leaves.go_to(index)
    return document, undo, leaves


@given(rows, st.integers(0, 4))
def test_a_new_page_parts_what_is_above_from_what_is_below(ys: list[float], index: int) -> None:
    document, undo, leaves = at(ys, index)
    before, count = document.strokes, leaves.count
    leaves.insert()
    assert leaves.index == index + 1
    assert leaves.count == count + 1
    assert index + 1 not in leaves_of(document.strokes)
    assert heights(document) == [y + HEIGHT * (leaf_of(stroke(y)) > index) for y in ys]
    undo.undo()
    assert document.strokes == before


@given(rows, st.integers(0, 4))
def test_a_page_goes_with_its_ink_and_comes_back(ys: list[float], index: int) -> None:
    document, undo, leaves = at(ys, index)
    before = document.strokes
    leaves.remove()
    kept = [(y, leaf_of(stroke(y))) for y in ys if leaf_of(stroke(y)) != index]
    assert heights(document) == [y - HEIGHT * (leaf > index) for y, leaf in kept]
    if document.strokes != before:
        undo.undo()
    assert document.strokes == before


@given(rows)
def test_every_stroke_is_on_one_page(ys: list[float]) -> None:
    strokes = tuple(map(stroke, ys))
    leaves = leaves_of(strokes)
    assert sorted(strokes.index(each) for leaf in leaves.values() for each in leaf) == list(range(len(strokes)))
    assert list(leaves) == sorted(leaves)


def test_text_of_pages_is_parted() -> None:
    lines = [[stroke(y)] for y in (10, 300, HEIGHT + 10, 3 * HEIGHT + 10)]
    assert parted("a\nb\nc\nd", lines) == "a\nb\n\nc\n\nd"
    assert parted("a", lines[:1]) == "a"
