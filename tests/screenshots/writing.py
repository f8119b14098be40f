"""Screenshots of writing: ink, what was read of it, corrections, notices and menus."""

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from recognizer.ink import read_inkml
from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal
from tests.screenshots.scene import SAMPLES, Scene, State
from ui.language import tr
from ui.model.ink.commands import AddStroke
from ui.model.ink.document import Stroke, strokes_of
from ui.model.ink.geometry import Similarity, bounds
from ui.model.readers import KINDS
from ui.problems import Offer, Problem
from ui.window import Window

OFFERED = tuple((words, lambda: None) for words in ("Restore", "Delete", "Not now"))


def scene() -> Scene:
    """Someone writes text, with the readers that ship."""
    return Scene(KINDS, states)


def states(window: Window) -> list[State]:
    """From the empty canvas to a small window."""
    bench, panes = window.bench, window.panes
    problem = Problem("page.tif is cut short: get the whole file.", "Traceback (most recent call last):\n  ...")
    offer = Offer("Ink from last time was recovered.", OFFERED)
    return [
        ("empty", lambda: None),
        ("read", lambda: window.files.open([SAMPLES / "text-liquor-jugs.inkml"])),
        ("chosen", lambda: bench.desk.highlight.choose(1)),
        ("problem", lambda: bench.problems.reported.emit(problem)),
        ("details", lambda: panes.notices.details_button.setChecked(True)),
        ("offer", lambda: (panes.notices.dismiss(), bench.offered.emit(offer))),
        ("no-writing", lambda: (panes.notices.dismiss(), bench.clear(), _scribble(window, 26))),
        ("unsure", lambda: (bench.clear(), _write_unsure(window))),
        ("doubt", lambda: window.actions_["next_doubt"].trigger()),
        ("alternatives", lambda: panes.answer.text.ask(5)),
        ("lines", lambda: (bench.clear(), _write_lines(window), window.actions_["fit"].trigger())),
        ("corrected", lambda: bench.correct(bench.desk.passage.words[-1].strokes, "corrected")),
        ("pen", lambda: window.pen_menu.popup(window.mapToGlobal(QPoint(100, 100)))),
        ("colours", lambda: _colour(window)),
        ("page-edge", lambda: _to_page_edge(window)),
        ("selected", lambda: (window.actions_["fit"].trigger(), _select(window))),
        ("replay", lambda: _replay(window)),
        *(
            (f"menu-{title.lower()}", lambda title=title: _open_menu(window, title))
            for title in ("File", "Edit", "View")
        ),
        ("menu-reading", lambda: _open_menu(window, "Reading")),
        ("menu-systems", lambda: _open_menu(window, "Reading", "systems")),
        ("menu-languages", lambda: _open_menu(window, "Reading", "languages")),
        ("menu-help", lambda: _open_menu(window, "Help")),
        ("words", lambda: _menu(window, "Reading").actions()[-1].trigger()),
        ("small", lambda: window.resize(760, 520)),
    ]


def _write_unsure(window: Window) -> None:
    """A word whose last letter may be another."""
    ink = next(ink for ink, text in rehearsal(MEASURED) if text == "domain")
    for stroke in strokes_of(ink.scaled(0.3).translated(80, 60)):
        window.bench.undo.push(AddStroke(window.bench.ink, stroke))


def _write_lines(window: Window) -> None:
    """The samples of text, one below the other."""
    top = 0.0
    for path in sorted(SAMPLES.glob("text-*.inkml")):
        strokes = strokes_of(read_inkml(path))
        left, above, _right, below = bounds(strokes)
        for stroke in strokes:
            moved = Similarity(1.0, 40 - left, top - above).of(stroke)
            window.bench.undo.push(AddStroke(window.bench.ink, moved))
        top += 1.5 * (below - above)


def _colour(window: Window) -> None:
    """The second line in another pen."""
    strokes, bench = window.bench.ink.strokes, window.bench
    bench.selection.choose(frozenset(strokes[len(strokes) // 2 :]))
    bench.pens.colour("#b3261e")
    bench.pens.width(5.0)
    bench.selection.choose(frozenset())


def _to_page_edge(window: Window) -> None:
    """Between two pages."""
    window.bench.leaves.insert()
    viewport = window.bench.desk.viewport
    viewport.place(viewport.placement.moved(0, window.panes.canvas.height() / 2))


def _select(window: Window) -> None:
    window.actions_["lasso"].trigger()
    window.bench.selection.choose(frozenset(window.bench.ink.strokes[3:9]))
    window.actions_["ruled"].trigger()


def _replay(window: Window) -> None:
    window.actions_["pen"].trigger()
    window.bench.player.play()
    window.bench.player.pause()
    window.bench.player.go_to(0.6)


def _menu(window: Window, title: str) -> QMenu:
    menus = [action.menu() for action in window.menuBar().actions() if action.text() == tr(f"&{title}")]
    assert isinstance(menus[0], QMenu)
    return menus[0]


def _open_menu(window: Window, title: str, part: str = "") -> None:
    window.bench.player.close()
    menu = _menu(window, title)
    (getattr(menu, part) if part else menu).popup(window.mapToGlobal(QPoint(100, 100)))


def _scribble(window: Window, count: int) -> None:
    step = (window.panes.canvas.width() - 80) / count
    turn = np.linspace(0, 5.2, 40)
    for number in range(count):
        x = 40 + step * (number + 0.5) + step * 0.33 * np.sin(turn)
        y = 150 + 50 * np.cos(turn * (1 + number % 3 / 2))
        points = np.stack([x, y, turn / 5 + number], axis=1).astype(np.float32)
        pressure = (0.5 + 0.45 * np.sin(turn)).astype(np.float32)
        window.bench.undo.push(AddStroke(window.bench.ink, Stroke(points, pressure)))
