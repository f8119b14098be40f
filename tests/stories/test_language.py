"""Someone wants the program to speak German: it says that it will, and does from the next start on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.stories.person import Person
from tests.translations import ROOT
from ui.language_menu import LanguageMenu
from ui.settings import LANGUAGE, Settings

START = """
import json, sys
from pathlib import Path
from ui.locations import locations_in
from ui.settings import Settings
places = locations_in(Path(sys.argv[1]))
from ui.language import chosen, speak
speak(chosen(Settings(places.settings)))
from tests.ui.fakes import fake_kinds
from ui.app import make_application, make_window
from ui.problems import Problems
application = make_application()
window = make_window(application, places, fake_kinds(), Problems())
from tests.stories.person import Person
person = Person(window, None, places)
"""
STARTED = """
menus = {action.text().replace("&", ""): [each.text() for each in action.menu().actions()] for action in window.menuBar().actions()}
from PySide6.QtWidgets import QDialogButtonBox
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
window.actions_["study"].trigger()
study = window.help.shown.pages["study"].toPlainText()
window.actions_["about"].trigger()
print(json.dumps([menus, box.buttons()[0].text().replace("&", ""), study + window.help.shown.pages["about"].toPlainText()]))
"""

QUEUED = """
import time
window.bench.reading.start()
window.show()
window.files.open([Path(sys.argv[2])])
queue, table = window.bench.documents.queue, person.queue.table
while queue.running or not queue.rows:
    application.processEvents()
    time.sleep(0.01)
window.grab()
assert all(table.columnWidth(column) >= table.sizeHintForColumn(column) for column in (1, 4))
print(json.dumps([table.model().index(row, 4).data() for row in range(table.model().rowCount())]))
window.close()
"""

PAGES_DE = (
    "Klassifikatoren handgeschriebener Ziffern",
    "Klassifikator",
    "Was gewählt wurde",
    "Modelle",
    "wurden trainiert mit",
)
PAGES_EN = ("Classifiers of handwritten digits", "classifier", "What was chosen", "Models", "were trained on")


def started(home: Path, story: str, *arguments: str) -> str:
    """What a story prints that goes on in another start of the program, without anything that went wrong."""
    done = subprocess.run(
        [sys.executable, "-c", START + story, str(home), *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_choice_is_remembered_and_told(person: Person) -> None:
    menu = person.window.findChildren(LanguageMenu)[0]
    german = next(action for action in menu.actions() if action.text() == "Deutsch")
    assert not german.isChecked()
    german.trigger()
    assert "next start" in person.notice()
    person.press("OK")
    assert person.notice() == ""
    assert Settings(person.locations.settings).get(LANGUAGE) == "de"
    assert german.isChecked()


def choose(person: Person, language: str) -> None:
    settings = Settings(person.locations.settings)
    settings.set(LANGUAGE, language)
    settings.flush()


@pytest.mark.parametrize(
    ("language", "menu", "cancel", "pages"),
    [("de", "Hilfe", "Abbrechen", PAGES_DE), ("en", "Help", "Cancel", PAGES_EN)],
)
def test_the_next_start_speaks_it_and_so_do_the_dialogs_of_qt(
    tmp_path: Path, person: Person, language: str, menu: str, cancel: str, pages: tuple[str, ...]
) -> None:
    choose(person, language)
    menus, button, help_pages = json.loads(started(tmp_path / "home", STARTED))
    assert [words for words in pages if words not in help_pages] == []
    assert list(menus)[-1] == menu
    assert button == cancel
    for title, commands in menus.items():  # no two of a menu are chosen by the same letter
        letters = [text[text.index("&") + 1].lower() for text in commands if "&" in text]
        assert len(letters) == len(set(letters)), (title, letters)


def test_a_queue_is_seen_in_german(tmp_path: Path, person: Person) -> None:
    choose(person, "de")
    (tmp_path / "papers").mkdir()
    grey = np.full((40, 120), 255, np.uint8)
    grey[10:30, 20:30] = 0
    Image.fromarray(grey).save(tmp_path / "papers" / "one.png")
    assert json.loads(started(tmp_path / "home", QUEUED, str(tmp_path / "papers"))) == ["Zurückgewiesen"]
