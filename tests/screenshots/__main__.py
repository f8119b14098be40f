"""Pictures of every view in both languages, light and dark, at 100 % and 200 %, on usual and on small screens:
python -m tests.screenshots FOLDER [VIEW...] (make screenshots)."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.language import NAMES, speak

LANGUAGE = os.environ.get("INKLATTICE_LANGUAGE", "en")
speak(LANGUAGE)  # before the window is imported

from tests.screenshots import documents, helping, inspecting, teaching, writing  # noqa: E402
from tests.screenshots.scene import Scene  # noqa: E402
from ui.app import make_application, make_window  # noqa: E402
from ui.locations import locations_in  # noqa: E402
from ui.problems import Problems  # noqa: E402
from ui.theme.theme import Appearance  # noqa: E402
from ui.window import Window  # noqa: E402

SMALL = {"1": (1024, 600), "2": (720, 450)}  # by scale: a small screen, and 1440 x 900 at 200 %
PATIENCE = 60  # s
QUIET = 8  # rounds in which nothing goes on

SCENES: dict[str, Callable[[], Scene]] = {
    "write": writing.scene,
    "documents": documents.scene,
    "inspect": inspecting.numbers,
    "frames": inspecting.frames,
    "teach": teaching.scene,
    "help": helping.scene,
}


def main() -> None:
    """One process for each scale and language: both are read once."""
    if "QT_SCALE_FACTOR" in os.environ:
        take(Path(sys.argv[1]), sys.argv[2:] or list(SCENES))
        return
    for language, factor in product(NAMES, ("1", "2")):
        settings = {"QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen", "INKLATTICE_LANGUAGE": language}
        command = [sys.executable, "-m", "tests.screenshots", *sys.argv[1:]]
        subprocess.run(command, env={**os.environ, **settings}, check=True)


def take(folder: Path, views: Sequence[str]) -> None:
    """All pictures of some scenes."""
    application = make_application()
    factor = os.environ["QT_SCALE_FACTOR"]
    for view in views:
        scene = SCENES[view]()
        for size in (scene.size, SMALL[factor]):
            name = f"{LANGUAGE}-{100 * int(factor)}-{size[0]}x{size[1]}"
            with tempfile.TemporaryDirectory() as home:
                _take_scene(application, replace(scene, size=size), Path(home), folder / name / view)


def _take_scene(application: QApplication, scene: Scene, home: Path, start: Path) -> None:
    """All pictures of one scene: its window is led from state to state, and each is taken in both palettes."""
    start.parent.mkdir(parents=True, exist_ok=True)
    window = make_window(application, locations_in(home), scene.kinds, Problems())
    window.resize(*scene.size)
    window.bench.reading.start()
    window.show()
    for number, (name, act) in enumerate(scene.states(window), 1):
        window.actions_[Appearance.LIGHT.value].trigger()
        act()
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            window.actions_[appearance.value].trigger()
            _settle(application, window)
            shown = _in_front(application, window)
            shown.grab().save(f"{start}-{number:02}-{name}-{appearance.value}.png")
        shown = _in_front(application, window)
        if shown is not window:
            shown.close()
    window.close()


def _in_front(application: QApplication, window: Window) -> QWidget:
    """The menu or dialog that is open, or the window."""
    dialogs = [widget for widget in application.topLevelWidgets() if widget.isVisible() and widget is not window]
    return application.activePopupWidget() or next(iter(dialogs), window)


def _settle(application: QApplication, window: Window) -> None:
    deadline, quiet = time.monotonic() + PATIENCE, 0
    while quiet < QUIET and time.monotonic() < deadline:
        application.processEvents()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # which is for loops that run
        time.sleep(0.02)
        bench = window.bench
        reads = bench.opener.busy or bench.documents.queue.running
        busy = any(desk.stale for desk in bench.desks.values()) or bench.background.busy or reads
        busy = busy or window.teaching.teacher.busy
        quiet = 0 if busy else quiet + 1


if __name__ == "__main__":
    main()
