"""Pictures of every state of the window, light and dark, at 100 % and 200 %: python tests/stories/screenshots.py FOLDER [--fake]."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if os.environ.get("QT_SCALE_FACTOR") is None:
        for scale in ("1", "2"):
            environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
            subprocess.run([sys.executable, *sys.argv], env=environment, check=True)
        return
    from tests.ui.fakes import fake_kinds
    from ui.app import make_application, make_window
    from ui.places import places_in
    from ui.problems import Problems
    from ui.readers import KINDS
    from ui.theme.theme import Appearance

    application = make_application()
    kinds = fake_kinds() if "--fake" in sys.argv else KINDS
    scale = "200" if os.environ["QT_SCALE_FACTOR"] == "2" else "100"
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        with tempfile.TemporaryDirectory() as home:
            window = make_window(application, places_in(Path(home)), kinds, Problems())
            window._dress(appearance)
            window.bench.reading.start()
            window.show()
            for name, act in _states(window):
                act()
                _settle(application, window)
                shown = application.activePopupWidget() or window
                shown.grab().save(str(folder / f"{name}-{appearance.value}-{scale}.png"))
                if shown is not window:
                    shown.close()
            window.close()


def _settle(application: object, window: object) -> None:
    deadline = time.monotonic() + 30
    quiet = 0
    while quiet < 8 and time.monotonic() < deadline:
        application.processEvents()
        time.sleep(0.03)
        busy = any(desk.stale for desk in window.bench.desks.values()) or window.bench.opener.busy
        quiet = 0 if busy else quiet + 1


def _states(window: object) -> list[tuple[str, Callable[[], None]]]:
    from ui.problems import Offer, Problem
    from ui.readers import INK, PAGE

    bench = window.bench
    samples = ROOT / "resources" / "samples"
    ink = sorted(samples.glob("number-*.inkml"))
    pictures = sorted([*samples.glob("*.png"), *samples.glob("*.tif*"), *samples.glob("*.jpg")])

    def write() -> None:
        if ink:
            window.open_paths([ink[0]])
        else:
            _scribble(window, 7)

    def choose(arc: int) -> Callable[[], None]:
        return lambda: bench.desk.spotlight.choose(arc)

    def point() -> None:
        bench.desk.spotlight.point_at(bench.desk.answer.lattice.arcs_over(frozenset({2})))

    return [
        ("1-empty", lambda: None),
        ("2-read", write),
        ("3-chosen", choose(1)),
        ("4-pointed", point),
        (
            "5-problem",
            lambda: bench.problems.reported.emit(Problem("page.tif is cut short: get the whole file.", "x\ny")),
        ),
        ("6-details", lambda: window.panes.notices.details_button.setChecked(True)),
        ("7-many", lambda: (window.panes.notices.dismiss(), bench.clear(), _scribble(window, 26))),
        ("14-written", lambda: (bench.clear(), _write_lines(window), window._fit())),
        ("15-doubt", lambda: window.actions_["next_doubt"].trigger()),
        ("16-alternatives", lambda: window.panes.answer.text.ask(0)),
        ("17-corrected", lambda: _correct(window)),
        ("18-selected", lambda: _select(window)),
        ("19-replay", lambda: _replay(window)),
        ("20-reading", lambda: _open_menu(window, "&Reading")),
        ("21-systems", lambda: _open_menu(window, "&Reading", "systems")),
        ("22-edit", lambda: _open_menu(window, "&Edit")),
        ("8-no-page", lambda: bench.look_at(PAGE)),
        ("9-page", lambda: window.open_paths(pictures[:1] or [_picture()])),
        ("10-page-chosen", choose(0)),
        ("12-pages", lambda: window.open_paths([_document()])),
        ("13-offer", lambda: bench.offered.emit(Offer("Ink from the last time was kept.", OFFERED))),
        ("11-small", lambda: (bench.look_at(INK), window.resize(760, 520))),
    ]


def _write_lines(window: object) -> None:
    """The samples of text, one below the other."""
    from recognizer.ink import read_inkml
    from ui.ink.commands import AddStroke
    from ui.ink.document import strokes_of
    from ui.ink.geometry import Similarity, bounds

    top = 0.0
    for path in sorted((ROOT / "resources" / "samples").glob("text-*.inkml")):
        strokes = strokes_of(read_inkml(path))
        left, above, _right, below = bounds(strokes)
        for stroke in strokes:
            moved = Similarity(1.0, 40 - left, top - above).of(stroke)
            window.bench.undo.push(AddStroke(window.bench.ink, moved))
        top += 1.5 * (below - above)


def _correct(window: object) -> None:
    word = window.bench.desk.passage.words[-1]
    window.bench.correct(word.strokes, "corrected")


def _select(window: object) -> None:
    window.actions_["lasso"].trigger()
    window.bench.selection.choose(frozenset(window.bench.ink.strokes[3:9]))
    window.actions_["ruled"].trigger()


def _replay(window: object) -> None:
    window.actions_["pen"].trigger()
    window.bench.player.play()
    window.bench.player.pause()
    window.bench.player.go_to(0.6)


def _open_menu(window: object, title: str, part: str = "") -> None:
    from PySide6.QtCore import QPoint

    window.bench.player.close()
    menu = next(action.menu() for action in window.menuBar().actions() if action.text() == title)
    (getattr(menu, part) if part else menu).popup(window.mapToGlobal(QPoint(100, 100)))


OFFERED = tuple((words, lambda: None) for words in ("Restore", "Delete", "Not now"))


def _document() -> Path:
    from PIL import Image

    page = Image.open(_picture())
    path = Path(tempfile.gettempdir()) / "made-amounts.tiff"
    page.save(path, save_all=True, append_images=[page, page])
    return path


def _picture() -> Path:
    import numpy as np
    from PIL import Image

    grey = np.full((160, 900), 235, np.uint8)
    for digit in range(9):
        grey[40:120, 60 + digit * 90 : 100 + digit * 90] = 40
    path = Path(tempfile.gettempdir()) / "made-amount.png"
    Image.fromarray(grey).save(path)
    return path


def _scribble(window: object, count: int) -> None:
    import numpy as np

    from ui.ink.commands import AddStroke
    from ui.ink.document import Stroke

    step = (window.panes.canvas.width() - 80) / count
    turn = np.linspace(0, 5.2, 40)
    for number in range(count):
        x = 40 + step * (number + 0.5) + step * 0.33 * np.sin(turn)
        y = 150 + 50 * np.cos(turn * (1 + number % 3 / 2))
        points = np.stack([x, y, turn / 5 + number], axis=1).astype(np.float32)
        pressure = (0.5 + 0.45 * np.sin(turn)).astype(np.float32)
        window.bench.undo.push(AddStroke(window.bench.ink, Stroke(points, pressure)))


if __name__ == "__main__":
    main()
