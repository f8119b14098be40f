"""Screenshots of the lattice as an instrument.

Ink is read by the reader of numbers, and once as text by a made-up network, whose lattice is a long line of frames.
"""

from functools import partial
from typing import TypeVar

from recognizer.readers.catalog import load_reader
from recognizer.readers.reread import Mark
from recognizer.readers.text import text_reader
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_text import Sure
from tests.screenshots.scene import SAMPLES, Scene, State
from ui.inspect.arc import ArcPage
from ui.inspect.learning import LearningPage
from ui.inspect.network import NetworkPage
from ui.inspect.page import InspectorPage
from ui.inspect.paths import PathsPage
from ui.inspect.question import QuestionPage
from ui.inspect.table import TablePage
from ui.inspect.why_not import WhyNotPage
from ui.model.ink.commands import AddStroke
from ui.model.ink.document import ink_of, lines_of, strokes_of
from ui.model.lattice.steps import StageArc
from ui.model.readers import INK, PAGE, page_ink, pen_ink
from ui.model.reading import Kind
from ui.window import Window

SIZE = (1280, 860)


def numbers() -> Scene:
    """The readers of numbers and amounts."""
    ink = Kind(lambda _choice: load_reader("number"), pen_ink, ink_of, lines_of)
    return Scene({INK: ink, PAGE: _amounts()}, number_states, SIZE)


def frames() -> Scene:
    """A reader of text that sees rings and stems."""
    ink = Kind(lambda _choice: text_reader(Sure(), 0.0, None), pen_ink, ink_of, lines_of)
    return Scene({INK: ink, PAGE: _amounts()}, frame_states, SIZE)


def _amounts() -> Kind:
    return Kind(lambda _choice: load_reader("amount", system="segmentation"), page_ink)


P = TypeVar("P", bound=InspectorPage)


def _turn_to(window: Window, kind: type[P]) -> P:
    """A page of the inspector."""
    found = window.findChild(kind)
    window.panes.inspector.tabs.setCurrentWidget(found)
    return found


def _ask(window: Window, kind: type[QuestionPage]) -> None:
    page = _turn_to(window, kind)
    page.line.setText("7250.00")
    page.ask()


def number_states(window: Window) -> list[State]:
    """A number and an amount, through all stages and pages of the inspector."""
    pane, highlight = window.panes.lattice_pane, lambda: window.bench.desk.highlight

    def point() -> None:
        stage = window.bench.desk.answer.lattice.stages[1]
        arc = sorted(stage.best)[2]
        highlight().point_at(frozenset({int(stage.segment[arc])}), StageArc(1, arc))

    def conditions() -> None:
        lattice, revision = window.bench.desk.answer.lattice, window.panes.revision
        revision.forbid(Mark(lattice.best[1], lattice.classes.index("1") + 1))
        revision.force(Mark(lattice.best[4]))
        revision.force_cut(4)

    turn_to, ask = partial(_turn_to, window), partial(_ask, window)

    def best(place: int) -> int:
        arc: int = window.bench.desk.answer.lattice.best[place]
        return arc

    def choose_path(row: int) -> None:
        table = turn_to(PathsPage).table
        table.setCurrentItem(table.topLevelItem(row))

    return [
        ("empty", pane.show_all),
        ("all", lambda: window.files.open([SAMPLES / "number-27450.inkml"])),
        ("pointed", point),
        ("segmentation", lambda: (highlight().point_at(frozenset()), pane.choice.setCurrentIndex(1))),
        ("recognition", lambda: pane.step(1)),
        ("interpretation", lambda: pane.step(1)),
        ("best-path", lambda: pane.step(1)),
        ("amount", lambda: (pane.show_all(), window.files.open([SAMPLES / "amount-1250.00.png"]))),
        ("everything", lambda: (pane.choice.setCurrentIndex(3), pane.beam.setValue(pane.beam.maximum()))),
        ("overview", lambda: pane.choice.setCurrentIndex(0)),
        ("conditions", conditions),
        ("conditions-all", pane.show_all),
        ("why-not", lambda: (window.panes.revision.clear(), ask(WhyNotPage))),
        ("paths", lambda: choose_path(3)),
        ("learning", lambda: (highlight().follow(None), pane.beam.setValue(6), ask(LearningPage))),
        (
            "learning-forward",
            lambda: (pane.choice.setCurrentIndex(2), turn_to(LearningPage).criterion.setCurrentIndex(2)),
        ),
        ("learning-two", lambda: turn_to(LearningPage).second.setCurrentIndex(1)),
        ("network", lambda: (turn_to(NetworkPage), highlight().choose(best(1)))),
        ("table", lambda: turn_to(TablePage)),
        ("small", lambda: (window.resize(760, 520), pane.show_all())),
        (
            "arc",
            lambda: (
                window.resize(1280, 860),
                turn_to(ArcPage),
                pane.choice.setCurrentIndex(0),
                highlight().choose(best(3)),
            ),
        ),
    ]


def frame_states(window: Window) -> list[State]:
    """A line of rings and stems."""
    pane = window.panes.lattice_pane

    def write() -> None:
        for stroke in strokes_of(page((80.0, "abba   aba   abab   ababa"))):
            window.bench.undo.push(AddStroke(window.bench.ink, stroke))
        window.actions_["fit"].trigger()

    return [
        ("frames", write),
        ("frames-all", pane.show_all),
        ("frames-interpretation", lambda: pane.choice.setCurrentIndex(3)),
    ]
