"""Screenshots of the lattice as an instrument.

Ink is read by the reader of numbers, and once as text by a made-up network, whose lattice is a long line of frames.
"""

from recognizer.readers.catalog import load_reader
from recognizer.readers.reread import Mark
from recognizer.readers.text import text_reader
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_text import Sure
from tests.screenshots.scene import SAMPLES, Scene, State
from ui.ink.commands import AddStroke
from ui.ink.document import ink_of, lines_of, strokes_of
from ui.lattice.steps import StageArc
from ui.readers import INK, PAGE, page_ink, pen_ink
from ui.reading import Kind
from ui.window import Window

SIZE = (1280, 860)


def numbers() -> Scene:
    """The readers of numbers and amounts."""
    ink = Kind(lambda _choice: load_reader("number"), pen_ink, ink_of, lines_of)
    return Scene({INK: ink, PAGE: _amounts()}, number_states, SIZE)


def sweep() -> Scene:
    """A reader of text that sees rings and stems."""
    ink = Kind(lambda _choice: text_reader(Sure(), 0.0, None), pen_ink, ink_of, lines_of)
    return Scene({INK: ink, PAGE: _amounts()}, sweep_states, SIZE)


def _amounts() -> Kind:
    return Kind(lambda _choice: load_reader("amount", system="segmentation"), page_ink)


def number_states(window: Window) -> list[State]:
    """A number and an amount, through all stages and pages of the inspector."""
    panes, tabs = window.panes, window.panes.inspector.tabs
    pane, spot = window.panes.lattice_pane, lambda: window.bench.desk.spotlight

    def point() -> None:
        stage = window.bench.desk.answer.lattice.stages[1]
        arc = sorted(stage.best)[2]
        spot().point_at(frozenset({int(stage.segment[arc])}), StageArc(1, arc))

    def conditions() -> None:
        lattice, revision = window.bench.desk.answer.lattice, window.panes.revision
        revision.forbid(Mark(lattice.best[1], lattice.classes.index("1") + 1))
        revision.force(Mark(lattice.best[4]))
        revision.force_cut(4)

    def ask(text: str) -> None:
        tabs.setCurrentIndex(2)
        window.panes.why_not.line.setText(text)
        window.panes.why_not.ask()

    def learn(text: str) -> None:
        tabs.setCurrentWidget(panes.learning)
        panes.learning.line.setText(text)
        panes.learning.ask()

    def best(place: int) -> int:
        arc: int = window.bench.desk.answer.lattice.best[place]
        return arc

    def choose_path(row: int) -> None:
        table = window.panes.routes.table
        table.setCurrentItem(table.topLevelItem(row))

    return [
        ("empty", pane.show_all),
        ("all", lambda: window.open_paths([SAMPLES / "number-27450.inkml"])),
        ("pointed", point),
        ("segmentation", lambda: (spot().point_at(frozenset()), pane.choice.setCurrentIndex(1))),
        ("recognition", lambda: pane.step(1)),
        ("interpretation", lambda: pane.step(1)),
        ("best-path", lambda: pane.step(1)),
        ("amount", lambda: (pane.show_all(), window.open_paths([SAMPLES / "amount-1250.00.png"]))),
        ("everything", lambda: (pane.choice.setCurrentIndex(3), pane.beam.setValue(pane.beam.maximum()))),
        ("overview", lambda: pane.choice.setCurrentIndex(0)),
        ("conditions", conditions),
        ("conditions-all", pane.show_all),
        ("why-not", lambda: (window.panes.revision.clear(), ask("7250.00"))),
        ("paths", lambda: (tabs.setCurrentIndex(1), choose_path(3))),
        ("learning", lambda: (spot().follow(None), pane.beam.setValue(6), learn("7250.00"))),
        ("learning-forward", lambda: (pane.choice.setCurrentIndex(2), panes.learning.criterion.setCurrentIndex(2))),
        ("network", lambda: (tabs.setCurrentWidget(panes.network), spot().choose(best(1)))),
        ("table", lambda: tabs.setCurrentWidget(panes.table)),
        ("small", lambda: (window.resize(760, 520), pane.show_all())),
        (
            "arc",
            lambda: (
                window.resize(1280, 860),
                tabs.setCurrentIndex(0),
                pane.choice.setCurrentIndex(0),
                spot().choose(best(3)),
            ),
        ),
    ]


def sweep_states(window: Window) -> list[State]:
    """A line of rings and stems."""
    pane = window.panes.lattice_pane

    def write() -> None:
        for stroke in strokes_of(page((80.0, "abba   aba   abab   ababa"))):
            window.bench.undo.push(AddStroke(window.bench.ink, stroke))
        window.actions_["fit"].trigger()

    return [
        ("sweep", write),
        ("sweep-all", pane.show_all),
        ("sweep-interpretation", lambda: pane.choice.setCurrentIndex(3)),
    ]
