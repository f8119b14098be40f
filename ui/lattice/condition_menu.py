"""The menu that sets conditions at an arc or a node."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from ui.language import tr
from ui.model.desk import Desk
from ui.model.lattice.steps import StageArc
from ui.model.revision import Revision

if TYPE_CHECKING:
    from recognizer.readers.reread import Constraints
    from ui.model.lattice.lattice import Lattice


def arc_menu(parent: QWidget, desk: Desk, revision: Revision, segment: int, at: StageArc | None) -> QMenu | None:
    """What may be asked of an arc: of its ink, of what it was read as, and of the cuts at its ends."""
    answer, now = desk.answer, revision.constraints
    if answer is None or now is None:
        return None
    from recognizer.readers.reread import Mark

    menu = QMenu(parent)
    lattice = answer.lattice
    for label in _labels(lattice, segment, at):
        name, mark = lattice.classes[label - 1], Mark(segment, label)
        _add(menu, tr("This is {name}", name=name), mark in now.forced, lambda on, m=mark: revision.force(m, on))
        _add(
            menu,
            tr("Never read as {name}", name=name),
            mark in now.forbidden,
            lambda on, m=mark: revision.forbid(m, on),
        )
        menu.addSeparator()
    mark = Mark(segment)
    _add(menu, tr("This ink is one character"), mark in now.forced, lambda on: revision.force(mark, on))
    _add(menu, tr("This ink is not one character"), mark in now.forbidden, lambda on: revision.forbid(mark, on))
    for cut, side in (
        (int(lattice.first[segment]), tr(" at its left end")),
        (int(lattice.last[segment]), tr(" at its right end")),
    ):
        if 0 < cut < lattice.end:
            menu.addSeparator()
            _add_cut(menu, revision, now, cut, side)
    return menu


def cut_menu(parent: QWidget, desk: Desk, revision: Revision, cut: int) -> QMenu | None:
    """What may be asked of a cut; nothing of the ends of the ink."""
    answer, now = desk.answer, revision.constraints
    if answer is None or now is None or not 0 < cut < answer.lattice.end:
        return None
    menu = QMenu(parent)
    _add_cut(menu, revision, now, cut, tr(" here"))
    return menu


def _add_cut(menu: QMenu, revision: Revision, now: "Constraints", cut: int, where: str) -> None:
    _add(
        menu, tr("Characters part{where}", where=where), cut in now.forced_cuts, lambda on: revision.force_cut(cut, on)
    )
    _add(
        menu,
        tr("No characters part{where}", where=where),
        cut in now.forbidden_cuts,
        lambda on: revision.forbid_cut(cut, on),
    )


def _labels(lattice: "Lattice", segment: int, at: StageArc | None) -> list[int]:
    """The label of the arc where one is meant; else that of the best path, or of the best class."""
    if at is not None:
        stage = lattice.stages[at.stage]
        if not stage.pictured and stage.read[at.arc] > 0:
            return [int(stage.read[at.arc])]
    return [lattice.classes.index(lattice.ranked_classes(segment)[0][0]) + 1]


def _add(menu: QMenu, words: str, on: bool, act: object) -> None:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(act)
