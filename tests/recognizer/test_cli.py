"""The command line is a contract: what scripts depend on, and what bad input gets."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from recognizer import cli
from recognizer.answers import load_reader
from recognizer.errors import Blank, InputError
from recognizer.files import write_file
from recognizer.training.evaluation.tasks import TASKS, Options
from recognizer.training.learning.loop import Run
from recognizer.training.recipes import RECIPES, Recipe

BREAKS = 13  # a grey that the fake reader has a fault with


class FakeReader:
    """Answers 42 to everything but blank paper, with a confidence of 0.9; its pictures of cheques are never good, and of ink it reads the
    first line of three."""

    def __init__(
        self,
        kind: str,
        system: str | None = None,
        max_error: float | None = None,
        country: str | None = None,
        **_options: Any,
    ) -> None:
        self.max_error, self.system, self.country = max_error or 0.01, system, country
        self.flaws = ("blurred", "too small") if kind == "cheque" else ()

    def read(self, source: Any) -> Any:
        if hasattr(source, "grey") and source.grey.min() == 255:
            raise Blank("The page is blank.")
        if hasattr(source, "grey") and source.grey.min() == BREAKS:
            raise IndexError("7 is out of range")
        others = (SimpleNamespace(text="42", confidence=0.9), SimpleNamespace(text="47", confidence=0.05))
        return SimpleNamespace(
            text="42",
            confidence=0.9,
            accepted=self.max_error >= 0.1,
            alternatives=others,
            seconds=0.01,
            flaws=self.flaws,
            unread=0 if hasattr(source, "grey") else 2,
            value="42.00" if hasattr(source, "grey") else None,
            currency=None if self.country is None else "INR",
        )


@pytest.fixture(autouse=True)
def _fake_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recognizer.readers.catalog.load_reader", FakeReader)
    monkeypatch.setattr("recognizer.platform.set_threads", lambda count: None)
    load_reader.cache_clear()


@pytest.fixture
def amount(tmp_path: Path) -> str:
    return _image(tmp_path / "amount.png", 0)


def _image(path: Path, ink: int) -> str:
    grey = np.full((40, 90), 255, np.uint8)
    grey[10:30, 20:25] = ink
    Image.fromarray(grey).save(path)
    return str(path)


def _objects(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_read_json_is_one_object_a_line(amount: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--json", amount, amount]) == 0
    first, second = _objects(capsys)
    assert list(first) == ["file", "text", "value", "currency", "confidence", "accepted", "alternatives", "seconds"]
    assert (first["value"], first["currency"]) == ("42.00", None)
    assert first["file"] == amount
    assert first["alternatives"][1] == {"text": "47", "confidence": 0.05}
    assert second == first


def test_read_tells_text_confidence_and_alternatives(amount: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", amount]) == 0
    told = "    confidence 90.0%, refused\n    alternatives: 47 5.0%\n"
    assert capsys.readouterr().out == f"{amount}: 42\n    value 42.00\n{told}"


def test_the_country_is_handed_to_the_reader(amount: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--country", "India", amount]) == 0
    assert "    value 42.00 INR\n" in capsys.readouterr().out


def test_flaws_of_a_cheque_are_told(amount: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--as", "cheque", amount]) == 0
    assert capsys.readouterr().out.endswith("    the picture is blurred, too small\n")
    assert cli.main(["read", "--as", "cheque", "--json", amount]) == 0
    assert _objects(capsys)[0]["flaws"] == ["blurred", "too small"]


def test_whole_cheques_are_told_from_amounts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.recognizer.page.test_fields import cheque_like

    path = str(tmp_path / "cheque.png")
    Image.fromarray(cheque_like()).save(path)
    assert cli.main(["read", "--json", path]) == 0
    assert _objects(capsys)[0]["flaws"]  # as only the fake reader of cheques finds


@pytest.mark.parametrize(("rate", "accepted"), [("0.2", True), ("0.01", False)])
def test_max_error_decides_what_is_accepted(
    amount: str, rate: str, accepted: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["read", "--json", "--max-error", rate, amount])
    assert _objects(capsys)[0]["accepted"] is accepted


def test_ink_is_read_as_a_number_where_that_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ink.inkml"
    path.write_text('<ink xmlns="http://www.w3.org/2003/InkML"><trace>0 0, 5 5</trace></ink>')
    assert cli.main(["read", "--json", "--as", "number", str(path)]) == 0
    assert _objects(capsys)[0]["text"] == "42"


def test_lines_that_were_left_unread_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ink.inkml"
    path.write_text('<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2, 3 4</trace></ink>')
    assert cli.main(["read", str(path)]) == 0
    assert "    lines left unread, as what stands above does not look like writing: 2\n" in capsys.readouterr().out
    assert cli.main(["read", "--json", str(path)]) == 0
    assert _objects(capsys)[0]["unread"] == 2


def test_pages_of_one_file_are_numbered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.tif"
    pages = [Image.open(_image(tmp_path / f"{ink}.png", ink)) for ink in (0, 255)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    assert cli.main(["read", "--json", str(path)]) == 0
    first, second = _objects(capsys)
    assert (first["page"], first["text"]) == (1, "42")
    assert second == {"file": str(path), "page": 2, "blank": True}  # a back
    assert cli.main(["read", str(path)]) == 0
    assert f"{path} (page 2): blank\n" in capsys.readouterr().out


def test_of_one_page_blank_paper_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--json", _image(tmp_path / "blank.png", 255)]) == 1
    assert _objects(capsys)[0]["error"] == "The page is blank."


def test_any_number_of_pages_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "many.tif"
    page = Image.open(_image(tmp_path / "page.png", 0))
    page.save(path, save_all=True, append_images=[page] * 54)
    assert cli.main(["read", "--json", str(path)]) == 0
    assert [answer["page"] for answer in _objects(capsys)] == [*range(1, 56)]


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _text(path: Path) -> Path:
    path.write_text("four hundred")
    return path


def _truncated(path: Path) -> Path:
    image = path.with_suffix(".tif")
    Image.fromarray(np.zeros((50, 50), np.uint8)).save(image)
    image.write_bytes(image.read_bytes()[:1500])
    return image


def _bomb(path: Path) -> Path:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    path.write_text(f'<!DOCTYPE ink [<!ENTITY a0 "1 1,">{entities}]><ink><trace>&a9;</trace></ink>')
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize("make", [Path, _empty, _text, _truncated, _bomb, _folder])
@pytest.mark.parametrize("name", ["x.png", "x.inkml", "x"])
def test_what_cannot_be_read_gets_a_sentence_and_the_others_go_on(
    make: Callable[[Path], Path], name: str, tmp_path: Path, amount: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(make(tmp_path / name))
    assert cli.main(["read", "--json", path, amount]) == 1
    failed, read = _objects(capsys)
    assert list(failed) == ["file", "error"]
    assert failed["file"] == path
    assert failed["error"].endswith(".")
    assert "Error" not in failed["error"]
    assert read["text"] == "42"


@pytest.mark.parametrize(
    "command",
    [["read", "nothing.png", "--format", "hocr"], ["lattice", "nothing.png"], ["train", "fake", "--data", "."]],
)
def test_where_nothing_can_be_written_is_told_before_anything_is_done(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(RECIPES, "fake", Recipe(f"{__name__}:learn", f"{__name__}:MUCH", tmp_path / "usual"))
    (tmp_path / "file").touch()
    for out in (tmp_path / "file" / "a.svg", tmp_path / "a.svg"):
        (tmp_path / "a.svg").mkdir(exist_ok=True)
        assert cli.main([*command, "--out", str(out)]) == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert told.err.startswith(f"{command[0]}: ")
        assert "choose another name" in told.err


@pytest.mark.parametrize("command", ["read", "lattice"])
def test_folders_that_are_missing_are_made_for_what_is_written(
    command: str, amount: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recognizer.readers.export.as_json", lambda reading: reading.text)
    monkeypatch.setattr("recognizer.transcripts.write", lambda _pages, _format, out: write_file(out, b""))
    out, form = tmp_path / "new" / "newer" / "a.json", ["--format", "alto"] if command == "read" else []
    assert cli.main([command, amount, "--out", str(out), *form]) == 0
    assert out.exists()


def test_what_is_missing_in_a_folder_is_told_with_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for task in TASKS:
        assert cli.main(["evaluate", task, "--data", str(tmp_path)]) == 1
        assert str(tmp_path) in capsys.readouterr().err


def test_a_fault_of_the_program_is_told_and_the_others_go_on(
    tmp_path: Path, amount: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["read", "--json", _image(tmp_path / "breaks.png", BREAKS), amount]) == 1
    failed, read = _objects(capsys)
    assert "fault of its own (IndexError: 7 is out of range)" in failed["error"]
    assert read["text"] == "42"


def test_errors_of_plain_reading_go_to_stderr(amount: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "nothing.png", amount]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("nothing.png: ")
    assert captured.out.startswith(f"{amount}: 42")


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "a.png", "--as", "poem"],
        ["read", "a.png", "--max-error", "2"],
        ["read", "a.png", "--system", "guess"],
        ["evaluate", "mnist"],
        ["evaluate", "mnist", "--data", ".", "--limit", "0"],
        ["lattice", "a.png"],
        ["dance"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["evaluate", "poems", "--data", "."], "There is no task 'poems'; there are amounts, "),
        (["evaluate", "mnist", "--data", "nowhere"], "There is nothing at nowhere."),
        (["train", "poems", "--data", "."], "There is no recipe 'poems'; there are"),
        (["bench", "poems"], "There is no benchmark 'poems'; there are "),
        (
            ["lattice", "a.png", "--models", ".", "--system", "joined", "--out", "a.bmp"],
            "A lattice is written as .svg, .dot or .json, not as a.bmp.",
        ),
    ],
)
def test_unknown_names_get_a_sentence(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 1
    assert capsys.readouterr().err.startswith(f"{arguments[0]}: {sentence}")


def count(data: Path, options: Options) -> dict[str, Any]:
    """A task."""
    options.progress(1, 2)
    return {"samples": options.limit, "error": 0.25, "seconds": 1.0, "split": options.split}


def refuse(data: Path, options: Options) -> dict[str, Any]:
    """A task that cannot be done."""
    raise InputError("The labels are missing.")


MUCH = "much"


def learn(run: Run, settings: str) -> None:
    """A recipe."""
    run.report(f"{run.data} {run.out} {run.resume}, {settings}")


def test_evaluate_hands_over_the_options_and_prints_one_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(TASKS, "count", f"{__name__}:count")
    assert cli.main(["evaluate", "count", "--data", str(tmp_path), "--limit", "7", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"task": "count", "samples": 7, "error": 0.25, "seconds": 1.0, "split": "val"}
    assert captured.err == ""


def test_train_hands_over_the_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(RECIPES, "fake", Recipe(f"{__name__}:learn", f"{__name__}:MUCH", tmp_path / "usual"))
    arguments = ["train", "fake", "--data", str(tmp_path), "--out", "model", "--resume"]
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == f"{tmp_path} model True, much\nWritten to model.\n"
    assert cli.main(arguments[:4]) == 0
    assert capsys.readouterr().out == f"{tmp_path} {tmp_path / 'usual'} False, much\nWritten to {tmp_path / 'usual'}.\n"


def test_an_error_of_a_command_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(TASKS, "refuse", f"{__name__}:refuse")
    assert cli.main(["evaluate", "refuse", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "evaluate: The labels are missing.\n"


def test_what_a_bundle_leaves_out_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], amount: str
) -> None:
    def missing() -> None:
        raise ModuleNotFoundError("No module named 'torch._dynamo'", name="torch._dynamo")

    monkeypatch.setattr("recognizer.platform.default_threads", missing)
    assert cli.main(["lattice", amount, "--out", "lattice.svg"]) == 1
    assert capsys.readouterr().err.startswith("lattice: This needs torch._dynamo, which is not installed here; ")


def test_on_a_full_disk_the_old_lattice_stays(
    amount: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    old = tmp_path / "old.json"
    old.write_text("the old drawing")
    monkeypatch.setattr("recognizer.readers.export.as_json", lambda reading: reading.text)
    monkeypatch.setattr(os, "fsync", full)
    assert cli.main(["lattice", amount, "--out", str(old)]) == 1
    assert capsys.readouterr().err == f"lattice: {old}: No space left on device.\n"
    assert old.read_text() == "the old drawing"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("command", ["read", "lattice"])
@pytest.mark.parametrize("ending", ["png", "pdf", "tif"])
def test_reading_and_drawing_take_the_same_choices_and_any_kind_of_file(
    tmp_path: Path, command: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mine, drawn, asked = tmp_path / f"amount.{ending}", tmp_path / "mine.safetensors", tmp_path / "a.svg", []
    Image.open(_image(tmp_path / "drawn.png", 0)).resize((180, 80)).save(file)

    def load(kind: str, *given: Any, **named: Any) -> FakeReader:
        asked.append((kind, *given, named["models"]))
        return FakeReader(kind)

    monkeypatch.setattr("recognizer.readers.catalog.load_reader", load)
    monkeypatch.setattr(cli, "_write_lattice", lambda reading, source, out: out.write_text(reading.text))
    out = ["--out", str(drawn)] if command == "lattice" else []
    choices = ["--as", "amount", "--system", "displacement", "--model", str(mine)]
    assert cli.main([command, str(file), *choices, *out]) == 0
    assert asked == [("amount", "displacement", mine)]
    assert drawn.exists() is (command == "lattice")
