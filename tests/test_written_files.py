"""What the program writes for others is what they take it for: every kind is parsed by a library that did not write it."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyparsing as pp
import pypdfium2
import pytest
from PySide6.QtCore import QJsonDocument, QJsonParseError, QXmlStreamReader
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from recognizer import cli
from recognizer.ink import Ink
from recognizer.platform import resources_folder
from ui.model.documents.export import COLUMNS, write_results
from ui.model.documents.result import DocumentPage, Result, Row
from ui.model.ink.document import Content, strokes_of
from ui.model.ink.export import ENCODERS

SAMPLES = resources_folder() / "samples"
ODD = "<img src=x> \u202e\x1b[31m \"'&,;\n\\ \u00e4\u65e5"  # that texts and names may hold


def strict_json(data: bytes) -> Any:
    """Parsed by Qt, which takes nothing but JSON."""
    error = QJsonParseError()
    document = QJsonDocument.fromJson(data, error)
    assert error.error == QJsonParseError.ParseError.NoError, error.errorString()
    return document.toVariant()


def elements(data: bytes) -> list[str]:
    """The names of a document's elements, by Qt's parser."""
    reader, found = QXmlStreamReader(data.decode()), []
    while not reader.atEnd():
        if reader.readNext() == QXmlStreamReader.TokenType.StartElement:
            found.append(str(reader.name()))
    assert not reader.hasError(), reader.errorString()
    return found


def dot_arcs(text: str) -> int:
    """How many edges a graph in DOT has, by the grammar that Graphviz gives for its language."""
    name = pp.QuotedString('"', esc_char="\\", multiline=True) | pp.Word(pp.alphanums + "_.")
    settings = pp.nested_expr("[", "]", content=None, ignore_expr=pp.QuotedString('"', esc_char="\\", multiline=True))
    edge = pp.Group(name + "->" + name + pp.Optional(settings))("edge*")
    assignment = name + "=" + name
    statement = edge | assignment | (name + pp.Optional(settings))
    graph = pp.Keyword("digraph") + pp.Optional(name) + "{" + pp.ZeroOrMore(statement + pp.Optional(";")) + "}"
    return len(graph.parse_string(text, parse_all=True)["edge"])


@pytest.mark.parametrize("sample", ["number-1998.inkml", "text-liquor-jugs.inkml", "amount-742.50.png"])
def test_lattices(tmp_path: Path, sample: str) -> None:
    for ending in ("json", "svg", "dot"):
        assert cli.main(["lattice", str(SAMPLES / sample), "--out", str(tmp_path / f"a.{ending}")]) == 0
    lattice = strict_json((tmp_path / "a.json").read_bytes())
    assert "svg" in elements((tmp_path / "a.svg").read_bytes())
    assert dot_arcs((tmp_path / "a.dot").read_text(encoding="utf-8")) == len(lattice["segments"])


def test_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    odd = tmp_path / f"{ODD.replace(chr(0), '')[:40]}.png".replace("/", "")
    odd.write_bytes(b"no picture")
    cli.main(["read", "--json", str(SAMPLES / "number-1998.inkml"), str(odd)])
    answers = [strict_json(line.encode()) for line in capsys.readouterr().out.splitlines()]
    assert [sorted(answer)[:2] for answer in answers] == [["accepted", "alternatives"], ["error", "file"]]
    assert answers[1]["file"] == str(odd)


def test_results_of_a_queue(tmp_path: Path) -> None:
    rows = [Row(Result(DocumentPage(Path(f"{ODD}.png"), 1), 1, "text", ODD, 0.5, (ODD,), error=ODD))]
    for ending in ("json", "csv"):
        write_results(tmp_path / f"a.{ending}", rows, {})
    (entry,) = strict_json((tmp_path / "a.json").read_bytes())
    assert (entry["text"], entry["flaws"]) == (ODD, [ODD])
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8-sig") as file:
        heading, row = csv.reader(file, strict=True)
    assert tuple(heading) == COLUMNS
    assert row[3] == ODD


def test_ink(qtbot: QtBot) -> None:
    strokes = strokes_of(Ink((np.array([[1, 2, 0], [30, 40, 1]], np.float32), np.array([[5, 6, 2]], np.float32))))
    content = Content(strokes, {frozenset(strokes): ODD})
    assert elements(ENCODERS[".inkml"](content)).count("trace") == 2
    assert elements(ENCODERS[".svg"](content))[0] == "svg"
    assert not QImage.fromData(ENCODERS[".png"](content)).isNull()
    assert len(pypdfium2.PdfDocument(ENCODERS[".pdf"](content))) == 1
