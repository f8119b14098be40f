"""What a newcomer stumbled over is said otherwise now, and F11 is F11 wherever one is."""

import ast
import json
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.person import Person
from tests.stories.test_names import controls
from tests.translations import sentences, sources, texts
from ui.language import translations
from ui.model.readers import INK, PAGE

# What was said, or the beginning of it, and what is said in its place.
SAID = {
    "This is no {name}": "Never read as {name}",
    "No conditions": "Clear conditions",
    "The words below say no amount": "The amount in words does not match the figures",
    " for a person": "{count:,} to check",
    "As the program came": "Built-in reader",
    "Kept ink": "Recovered in&k",
    "Let the amount be found": "&Find the amount again",
    "Read it so": "Use this reading",
    "1 arcs": "1 arc",
    "lines together": "Confidence of line {line}: {share}",
    "is neither PNG": "{0} is not a readable image: {1} can be read.",
    "Write what is confused": "Practise &confused letters\u2026",
    "No command is called so": "No command or key matches: {wanted}",
}


@pytest.mark.parametrize(("before", "now"), SAID.items())
def test_it_is_said_in_plain_words(before: str, now: str) -> None:
    said = [text for path in sources() for text in texts(path)] + sentences()
    assert now in said
    assert [text for text in said if before in text] == []


# The same in German, and what was said before or is translated word by word.
IN_GERMAN = {
    "Never read as {name}": ("Nie als {name} lesen", "Das ist kein {"),
    "Clear conditions": ("Bedingungen aufheben", "Keine Bedingungen"),
    "The amount in words does not match the figures": (
        "Der Betrag in Worten passt nicht zu den Ziffern",
        "keinen Betrag, den",
    ),
    "{count:,} to check": ("{count:,} zu prüfen", "für einen Menschen"),
    "Built-in reader": ("Eingebauter Leser", "Wie das Programm kam"),
    "Recovered in&k": ("Wiederhergestellte Tin&te", "Aufgehobene"),
    "&Find the amount again": ("Betrag neu finden", "finden lassen"),
    "Use this reading": ("Diese Lesart nehmen", "So lesen"),
    "1 arc": ("1 Kante", "1 Kanten"),
    "Confidence of line {line}: {share}": ("Sicherheit von Zeile {line}: {share}", "Zeilen zusammen"),
    "{0} is not a readable image: {1} can be read.": (
        "{0} ist kein lesbares Bild: {1} können gelesen werden.",
        "ist weder",
    ),
    "Practise &confused letters\u2026": ("&Verwechselte Buchstaben üben\u2026", "Schreiben, was"),
    "No command or key matches: {wanted}": ("Kein Befehl und keine Taste passt: {wanted}", "heißt so"),
}


@pytest.mark.parametrize("english", IN_GERMAN)
def test_it_is_said_as_plainly_in_german(english: str) -> None:
    told = json.loads(translations("de").read_text(encoding="utf-8"))
    german = {**told["sentences"], **told["texts"]}
    now, before = IN_GERMAN[english]
    assert german[english] == now
    assert [text for text in german.values() if before in text] == []


PLURALS = "arcs|words|lines|pages|sheets|amounts|files|strokes|cuts|results|corrections|samples|conditions"


def test_of_one_thing_it_is_not_said_that_there_are_several() -> None:
    wrong = []
    for path in sources():
        said = [*texts(path)]
        for text in said:
            for found in re.finditer(rf"\{{\w+(?::[^}}]*)?\}} ({PLURALS})\b", text):
                one = re.compile(rf"\b(1|one|One) {found[1].removesuffix('s')}\b")
                if not any(map(one.search, said)) and "if len(files) > 1" not in path.read_text(encoding="utf-8"):
                    wrong.append(text)
    assert wrong == []


def test_every_number_with_decimals_is_written_as_the_language_writes_it() -> None:
    """By `tr` and `numeral`, which know how; a format string does not."""
    formed = []
    for path in sources():
        if "bench" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                    form = "".join(
                        str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant)
                    )
                    if form[-1:] in "efg%" or "," in form:
                        formed.append(f"{path.name}, line {node.lineno}")
    assert formed == []


def test_f11_gives_the_lattice_the_window_wherever_one_is(person: Person) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    person.window.activateWindow()
    person.qtbot.waitUntil(person.window.isActiveWindow, timeout=60_000)
    for kind in (INK, PAGE):
        person.bench.current.look_at(kind)
        places = controls(person.window)
        assert {person.lattice_pane.search, person.canvas if kind == INK else person.page} <= {*places}
        for place in places:
            for alone in (True, False):
                at = person.lattice if person.lattice_is_alone else place
                at.setFocus()
                QTest.keyClick(at, Qt.Key.Key_F11)
                assert person.lattice_is_alone is alone, place
