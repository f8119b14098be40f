"""Every text of the whole window: what it shows and what a screen reader says, in many states, without what is data."""

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)

from recognizer.platform import resources_folder
from tests.stories.person import Person
from tests.ui.fakes import fake_kinds
from ui.app import make_application, make_window
from ui.help.licences import LicencePage
from ui.inspect.learning import LearningPage
from ui.inspect.why_not import WhyNotPage
from ui.locations import locations_in
from ui.problems import Problems
from ui.window import Window

SAMPLES = resources_folder() / "samples"
# Names, numbers, what was written, keys, and the words of classes.
DATA = re.compile(
    r"[^A-Za-z]*|.*[Ii]nklattice.*|(English|Deutsch|junk|blank|space|nats|px|InkML|SVG|CSV|JSON|PDF|PNG)|.*%|[^ ]*\d[^ ]*|"
    r"(amount|cheque|number|text) [a-z0-9. ]+|[^ ]*\.(png|jpg|inkml|tif|pdf)|(Ctrl|Shift|Alt|F\d|Pg).*|Scroll (Left|Right)|"
    r"([^ ]+: [\d.]+(, )?)*|[A-Za-z]|[\d. ]+nats|"
    r"Sprache \(Language\)"
)


def texts() -> list[str]:
    """All of them, each once."""
    application = make_application()
    with tempfile.TemporaryDirectory() as home:
        window = make_window(application, locations_in(Path(home)), fake_kinds(), Problems())
        window.show()
        window.bench.reading.start()
        found: dict[str, None] = {}
        for _state in _states(application, window):
            for widget in application.allWidgets():
                if not isinstance(widget.window(), QWidget) or _is_data(widget):
                    continue
                found |= dict.fromkeys(text for text in _of(widget) if text and not DATA.fullmatch(text))
        window.close()
    return list(found)


def _is_data(widget: QWidget) -> bool:
    """Documents, licences, and what Qt has made for itself."""
    page = widget
    while page is not None:
        if isinstance(page, QTextBrowser | LicencePage) or page.metaObject().className() in (
            "QFileDialog",
            "QMessageBox",
        ):
            return True
        page = page.parentWidget()
    return widget.objectName().startswith("qt_")


def _of(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(number) for number in range(widget.count()))
        yield from (widget.tabToolTip(number) for number in range(widget.count()))
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QTreeWidget):
        yield from (widget.headerItem().text(column) for column in range(widget.columnCount()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _headers(widget.model())
    for action in widget.actions():
        if isinstance(action, QAction):
            yield from (
                action.text(),
                action.toolTip().replace("...", "\u2026") if action.toolTip() != action.text() else "",
            )


def _headers(model: QAbstractItemModel) -> Iterator[str]:
    for column in range(model.columnCount()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            told = model.headerData(column, Qt.Orientation.Horizontal, role)
            if isinstance(told, str):
                yield told


def _states(application: QApplication, window: Window) -> Iterator[None]:
    """What the window is led through."""
    person = Person(window, None, None)  # type: ignore[arg-type]
    bench, panes = window.bench, window.panes
    yield _settle(application, window)
    person.draw_number(4)
    yield _settle(application, window)
    bench.desk.highlight.choose(1)
    for number in range(panes.inspector.tabs.count()):
        panes.inspector.tabs.setCurrentIndex(number)
        yield _settle(application, window)
    panes.lattice_pane.show_all()
    for kind in (WhyNotPage, LearningPage):
        page = person.inspect(kind)
        page.line.setText("41")
        page.ask()
    yield _settle(application, window)
    for name in ("next_doubt", "replay", "log", "select_all"):
        person.do(name)
        yield _settle(application, window)
    window.files.open([SAMPLES / "amount-1250.00.png"])
    yield _settle(application, window)
    window.files.open([SAMPLES / "README.md"])
    yield _settle(application, window)
    for name in ("welcome", "shortcuts", "about", "licences"):
        person.do(name)
        yield _settle(application, window)


def _settle(application: QApplication, window: Window) -> None:
    quiet, deadline = 0, time.monotonic() + 20
    while quiet < 5 and time.monotonic() < deadline:
        application.processEvents()
        time.sleep(0.01)
        bench = window.bench
        busy = any(desk.stale for desk in bench.desks.values()) or bench.opener.busy or bench.background.busy
        quiet = 0 if busy else quiet + 1
