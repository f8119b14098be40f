"""Pictures of the lattice as an instrument, light and dark, at 100 % and 200 %: python tests/stories/lattice_screenshots.py FOLDER.

Ink is read by the reader of numbers, and once as text by a made-up network, whose lattice is a long line of frames.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if os.environ.get("QT_SCALE_FACTOR") is None:
        for scale in sys.argv[2:] or ("1", "2"):
            environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
            subprocess.run([sys.executable, *sys.argv[:2]], env=environment, check=True)
        return
    from tests.stories.screenshots import _settle
    from ui.app import make_application, make_window
    from ui.places import places_in
    from ui.problems import Problems
    from ui.theme.theme import Appearance

    application = make_application()
    scale = "200" if os.environ["QT_SCALE_FACTOR"] == "2" else "100"
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        for kinds, states in ((numbers(), number_states), (sweeps(), sweep_states)):
            with tempfile.TemporaryDirectory() as home:
                window = make_window(application, places_in(Path(home)), kinds, Problems())
                window._dress(appearance)
                window.resize(1280, 860)
                window.bench.reading.start()
                window.show()
                for name, act in states(window):
                    act()
                    _settle(application, window)
                    window.grab().save(str(folder / f"{name}-{appearance.value}-{scale}.png"))
                window.close()


def numbers() -> dict[str, Any]:
    """The readers of numbers and amounts."""
    from recognizer.readers import load_number_reader
    from ui.ink.document import ink_of, lines_of
    from ui.readers import INK, PAGE, pen_ink
    from ui.reading import Kind

    return {INK: Kind(lambda _choice: load_number_reader(), pen_ink, ink_of, lines_of), PAGE: amounts()}


def amounts() -> Any:
    """The reader of amounts by segmentation."""
    from recognizer.readers import load_amount_reader
    from ui.readers import page_ink
    from ui.reading import Kind

    return Kind(lambda _choice: load_amount_reader(system="segmentation"), page_ink)


def sweeps() -> dict[str, Any]:
    """A reader of text that sees rings and stems."""
    from recognizer.readers.text import text_reader
    from tests.recognizer.readers.test_text import Sure
    from ui.ink.document import ink_of, lines_of
    from ui.readers import INK, PAGE, pen_ink
    from ui.reading import Kind

    return {INK: Kind(lambda _choice: text_reader(Sure(), 0.0, None), pen_ink, ink_of, lines_of), PAGE: amounts()}


def number_states(window: Any) -> list[tuple[str, Callable[[], None]]]:
    samples = ROOT / "resources" / "samples"
    panes, tabs = window.panes, window.panes.inspector.tabs
    pane, spot = window.panes.lattice_pane, lambda: window.bench.desk.spotlight

    def point() -> None:
        from ui.lattice.steps import StageArc

        stage = window.bench.desk.answer.lattice.stages[1]
        arc = sorted(stage.best)[2]
        spot().point_at(frozenset({int(stage.segment[arc])}), StageArc(1, arc))

    def conditions() -> None:
        from recognizer.readers.reread import Mark

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
        ("01-empty", pane.show_all),
        ("02-all", lambda: window.open_paths([samples / "number-27450.inkml"])),
        ("03-pointed", point),
        ("04-segmentation", lambda: (spot().point_at(frozenset()), pane.choice.setCurrentIndex(1))),
        ("05-recognition", lambda: pane.step(1)),
        ("06-interpretation", lambda: pane.step(1)),
        ("07-best-path", lambda: pane.step(1)),
        ("08-amount", lambda: (pane.show_all(), window.open_paths([samples / "amount-1250.00.png"]))),
        ("09-everything", lambda: (pane.choice.setCurrentIndex(3), pane.beam.setValue(pane.beam.maximum()))),
        ("10-overview", lambda: pane.choice.setCurrentIndex(0)),
        ("11-conditions", conditions),
        ("12-conditions-all", pane.show_all),
        ("13-why-not", lambda: (window.panes.revision.clear(), ask("7250.00"))),
        ("14-paths", lambda: (tabs.setCurrentIndex(1), choose_path(3))),
        ("15-learning", lambda: (spot().follow(None), pane.beam.setValue(6), learn("7250.00"))),
        ("16-learning-forward", lambda: (pane.choice.setCurrentIndex(2), panes.learning.criterion.setCurrentIndex(2))),
        ("17-network", lambda: (tabs.setCurrentWidget(panes.network), spot().choose(best(1)))),
        ("19-table", lambda: tabs.setCurrentWidget(panes.table)),
        ("23-small", lambda: (window.resize(760, 520), pane.show_all())),
        (
            "18-arc",
            lambda: (
                window.resize(1280, 860),
                tabs.setCurrentIndex(0),
                pane.choice.setCurrentIndex(0),
                spot().choose(best(3)),
            ),
        ),
    ]


def sweep_states(window: Any) -> list[tuple[str, Callable[[], None]]]:
    from tests.recognizer.ink.test_frames import page
    from ui.ink.commands import AddStroke
    from ui.ink.document import strokes_of

    pane = window.panes.lattice_pane

    def write() -> None:
        for stroke in strokes_of(page((80.0, "abba   aba   abab   ababa"))):
            window.bench.undo.push(AddStroke(window.bench.ink, stroke))
        window._fit()

    return [
        ("20-sweep", write),
        ("21-sweep-all", pane.show_all),
        ("22-sweep-interpretation", lambda: pane.choice.setCurrentIndex(3)),
    ]


if __name__ == "__main__":
    main()
