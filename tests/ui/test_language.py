"""The window speaks every one of its languages whole: all texts are translated, their fields kept, and no text escapes."""

import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings

from recognizer.errors import InputError
from tests.translations import ROOT, bare, sources, wanted
from ui import language
from ui.language import ENGLISH, NAMES, chosen, speak, titled, tr, translated, translations
from ui.problems import describe
from ui.settings import LANGUAGE, Settings

OTHERS = [name for name in NAMES if name != ENGLISH]
# Strings that look like texts and are none, or are the same in every language: names, keys, undo's own words, types in quotes.
ALLOWED = (
    r"Inklattice|Fusion|English|Deutsch|Report|Trust|License|Classifier|Return|Del|Esc|Title|\u2026|.*PySide.*",
    r"[^A-Za-z]*(\{\d+\}( nats)?[^A-Za-z{]*)+",
    r"Inklattice \{0\}.*|# Inklattice .*|Python \{0\}",
    r"InkML .*|CSV .*|d MMMM yyyy, HH:mm:ss",
    r"<.*>|<br>\{0\} \(F8\)|<svg fill.*|.*QMainWindow, QDialog.*",
    r"(add|move|remove|force|forbid) cut|training step( taken back)?|field of the amount|open \{0\}",
    r"why not|queue keeping|queue reading|keeping text|corners of the .*|the selection itself",
    r"(discriminative )?(Viterbi|forward)|best path|to check|any picture|with a flaw",
)
CASES = """
import json, sys
from ui import language
class All(dict):
    def get(self, text): return "\\u27e6" + text + "\\u27e7"
language._texts = All()
language.translated = lambda sentence: "\\u27e6" + sentence + "\\u27e7"
from tests.ui.everything import texts
print(json.dumps(texts()))
"""


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    before = QLocale()
    yield
    speak(ENGLISH)
    QLocale.setDefault(before)


@pytest.mark.parametrize("name", OTHERS)
def test_every_text_has_a_translation_and_nothing_else_is_there(name: str) -> None:
    """`make translations` adds what is new and drops what is gone; then translate what it lists."""
    known = json.loads(translations(name).read_text(encoding="utf-8"))
    for part, texts in wanted().items():
        assert [text for text in texts if not known[part].get(text)] == []
        assert set(known[part]) == set(texts)


@pytest.mark.parametrize("name", OTHERS)
def test_translations_keep_fields_spaces_and_line_ends(name: str) -> None:
    known = json.loads(translations(name).read_text(encoding="utf-8"))
    for text, told in (known["texts"] | known["sentences"]).items():
        assert sorted(_fields(text)) == sorted(_fields(told)), text
        for edge in (re.compile(r"^\s*"), re.compile(r"\s*$")):
            assert edge.search(text).group() == edge.search(told).group(), text  # type: ignore[union-attr]
        assert text.endswith("\u2026") == told.endswith("\u2026"), text


def _fields(text: str) -> list[str]:
    return [
        f"{name}:{form}!{conversion}"
        for _, name, form, conversion in string.Formatter().parse(text)
        if name is not None
    ]


def test_no_text_of_a_module_escapes() -> None:
    """Whoever reads it in the window should read it in their language: wrap it in `tr`, or allow it above."""
    allowed = re.compile("|".join(ALLOWED), re.DOTALL)
    bench = ROOT / "ui" / "bench"
    found = [(path, line, words) for path in sources() if path.parent != bench for line, words in bare(path)]
    assert [
        f"{path.relative_to(ROOT)}:{line}: {words}" for path, line, words in found if not allowed.fullmatch(words)
    ] == []


def test_nothing_that_is_shown_or_spoken_escapes() -> None:
    """Every text of the whole window, made in a language that marks what it was asked for."""
    done = subprocess.run(
        [sys.executable, "-c", CASES],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    texts = json.loads(done.stdout)
    assert len(texts) > 200
    assert [text for text in texts if "\u27e6" not in text] == []


def test_what_the_recogniser_says_is_known_again_by_its_form() -> None:
    speak("de")
    assert translated("a.png is empty: there is nothing in it.") == "a.png ist leer: Es steht nichts darin."
    assert translated("Nobody knows this sentence.") == "Nobody knows this sentence."
    assert titled("best path") == "Bester Pfad"
    assert describe(InputError("There is no ink: write something first.")).sentence.startswith("Es gibt keine Tinte")
    speak(ENGLISH)
    assert translated("There is no ink: write something first.") == "There is no ink: write something first."


def test_fields_are_filled_and_thousands_cannot_be_taken_for_decimals() -> None:
    assert tr("{count:,} pages", count=33583) == "33,583 pages"
    speak("de")
    assert tr("{count:,} pages", count=33583) == f"33{language.THIN}583 Seiten"
    assert tr("no such text, {name}", name="x") == "no such text, x"


@pytest.mark.parametrize(("stored", "spoken"), [("de", "de"), ("en", "en"), ("xx", "en")])
def test_the_language_that_was_chosen_is_spoken(tmp_path: Path, stored: str, spoken: str) -> None:
    settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    settings.set(LANGUAGE, stored)
    assert chosen(settings) == spoken


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's language is no variable")
@pytest.mark.parametrize(("system", "spoken"), [("de_AT.UTF-8", "de"), ("en_GB.UTF-8", "en"), ("fr_FR.UTF-8", "en")])
def test_otherwise_that_of_the_system(system: str, spoken: str, tmp_path: Path) -> None:
    code = "from ui.language import chosen; print(chosen())"
    variables = {
        "LANG": system,
        "LC_ALL": system,
        "LANGUAGE": "",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == spoken
