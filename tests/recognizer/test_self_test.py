"""The program's question to itself: does it read what came with it?"""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from recognizer.platform import resources_folder
from recognizer.self_test import self_test

SAMPLES = resources_folder() / "samples"


def copied(folder: Path, **names: str) -> Path:
    for old, new in names.items():
        source = next(SAMPLES.glob(f"{old}-*"))
        shutil.copy(source, folder / f"{new}{source.suffix}")
    return folder


@pytest.fixture(autouse=True)
def _own_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recognizer.platform.set_threads", lambda count: None)


@pytest.fixture
def _fake_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_kind: str) -> Any:
        return SimpleNamespace(read=lambda _source: SimpleNamespace(text="so it is"))

    monkeypatch.setattr("recognizer.readers.catalog.load_reader", load)


def test_the_models_that_ship_read_the_samples_that_ship(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test(SAMPLES) == 0, capsys.readouterr().out


@pytest.mark.usefixtures("_fake_readers")
def test_what_is_read_as_it_is_named_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path, text="text-so-it-is", number="number-so-it-is", amount="amount-so", cheque="cheque-it")
    assert self_test(folder) == 0
    printed = capsys.readouterr().out
    assert printed.count("so it is (") == 4
    assert "All 4 samples" in printed


def test_what_reads_text_on_pages_is_compiled_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: list[str] = []

    def load(kind: str) -> Any:
        kinds.append(kind)
        return SimpleNamespace(read=lambda _source: SimpleNamespace(text="amount 7"))

    monkeypatch.setattr("recognizer.readers.catalog.load_reader", load)
    assert self_test(copied(tmp_path, amount="amount-7")) == 0
    assert kinds == ["amount", "scan"]


@pytest.mark.usefixtures("_fake_readers")
def test_what_is_read_otherwise_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test(copied(tmp_path, text="text-so-it-is", amount="amount-12.00")) == 1
    assert "Not as they were written: amount-12.00.png." in capsys.readouterr().out


@pytest.mark.usefixtures("_fake_readers")
def test_a_damaged_sample_is_wrong_and_the_others_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "amount-1.png").write_bytes(b"no picture")
    assert self_test(copied(tmp_path, text="text-so")) == 1
    printed = capsys.readouterr().out
    assert "amount-1.png: " in printed
    assert "so it is (" in printed


def test_nothing_is_not_right(tmp_path: Path) -> None:
    assert self_test(tmp_path) == 1
