"""Opens the application. The window is shown before anything of the recogniser is imported."""

import gc
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from recognizer import platform
from ui.bench import begin, trial
from ui.crashes import CrashLog
from ui.ending import Ending
from ui.help.versions import VERSION
from ui.language import speak_qt
from ui.lattice.pane import preload
from ui.locations import Locations, locations_in, user_locations
from ui.model.choice import remembered
from ui.model.readers import KINDS
from ui.model.reading import Kind
from ui.model.workbench import Workbench
from ui.problems import Problem, Problems, log, log_to
from ui.settings import APPEARANCE, Settings
from ui.theme.icons import pixmap
from ui.theme.theme import Appearance, Theme
from ui.window import Window
from ui.words import load_words

ICON_COLOUR = "#3f83e0"  # seen on light and on dark task bars
GIVING_BACK = 2_000  # ms: what a reading took for itself must not add up to that of the next ones
GIL_SWITCH = 0.0002  # s; at Python's 5 ms every call into Qt may wait that long while a reading computes


def make_application() -> QApplication:
    """The QApplication, prepared for pens."""
    QCoreApplication.setOrganizationName("Inklattice")
    QCoreApplication.setApplicationName("Inklattice")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    speak_qt(application)
    application.setWindowIcon(QIcon(pixmap("lattice", ICON_COLOUR, 64)))
    return application


def make_window(
    application: QApplication, locations: Locations, kinds: Mapping[str, Kind], problems: Problems
) -> Window:
    """The window with everything behind it; nothing is running yet."""
    settings = Settings(locations.settings)
    try:
        appearance = Appearance(settings.get(APPEARANCE))
    except ValueError:
        appearance = Appearance.SYSTEM
    bench = Workbench(locations, kinds, problems)
    bench.choose(remembered(settings, load_words(locations.words)))
    theme = Theme(application, appearance)
    window = Window(bench, theme, settings, locations)
    theme.dress()  # last: with a style sheet on, every widget is dressed anew each time it is put into another
    return window


def begin_work(bench: Workbench) -> None:
    """Begin to load the readers, and what earlier sessions left; now and then memory is given back, beside the GUI thread."""
    platform.share_memory()
    giving = QTimer(bench, interval=GIVING_BACK)
    giving.timeout.connect(lambda: Thread(target=platform.give_back_memory, daemon=True).start())
    giving.start()
    bench.reading.start(preload)
    bench.collection.load()
    bench.offer_left_over()
    bench.documents.queue.restore()


def run(paths: Sequence[str] = ()) -> int:
    """Open the application with files; returns its exit status."""
    sys.setswitchinterval(GIL_SWITCH)
    platform.set_threads(platform.default_threads())
    application = make_application()
    locations = user_locations() if trial() is None else _trial_locations()
    log_to(locations.log)
    log.info("Inklattice %s", VERSION)
    crash_log = CrashLog(locations.crash)
    last_crash = crash_log.left_over()
    crash_log.begin()
    try:
        return _run(application, locations, last_crash, paths)
    except Exception as error:
        crash_log.write(error)
        raise
    finally:
        crash_log.end()


def _trial_locations() -> Locations:
    from tempfile import mkdtemp  # which takes as long to import as a part of the window to make

    return locations_in(Path(mkdtemp()))


def _run(application: QApplication, locations: Locations, last_crash: Problem | None, paths: Sequence[str]) -> int:
    problems = Problems()
    problems.catch_uncaught()
    window = make_window(application, locations, KINDS, problems)
    window.show()
    gc.freeze()  # see ReadingService
    gc.enable()
    figure = trial()
    if figure is not None and not begin(figure, window):
        return application.exec()
    QTimer.singleShot(0, lambda: begin_work(window.bench))
    if figure is None and not paths:
        QTimer.singleShot(0, window.help.greet)
    if last_crash is not None:
        problems.reported.emit(last_crash)
    window.files.open([Path(path) for path in paths])

    def end() -> None:
        window.end()
        application.quit()

    ending = Ending(application, window.keep, end)
    try:
        return application.exec()
    finally:
        ending.stop()
