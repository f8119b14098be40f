"""Corrections in their file: what goes in comes out, and what cannot be read is set aside."""

import os
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.training.data.inksets import load_inkset
from ui.model.teach.collection import BROKEN, Collection, Correction, packed_corrections, read_corrections


def ink(seed: int, size: float = 80.0) -> Ink:
    generator = np.random.default_rng(seed)
    return Ink(tuple(generator.uniform(0, (size, size, 9), (n, 3)).astype(np.float32) for n in (5, 9)))


def collection(path: Path) -> Collection:
    errors: list[BaseException] = []
    made = Collection(path, errors.append)
    made.errors = errors  # type: ignore[attr-defined]
    return made


def loaded(qtbot: QtBot, path: Path) -> Collection:
    found = collection(path)
    with qtbot.waitSignal(found.changed, timeout=60_000):
        found.load()
    return found


def wanted(path: Path) -> set[str]:
    return {each.wanted for each in read_corrections(path)}


def test_what_is_kept_is_read_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "home" / "corrections.npz"
    first = collection(path)
    first.add(Correction(ink(1), "cat", "oat"))  # before the file was looked for
    with qtbot.waitSignal(first.changed, timeout=60_000):
        first.load()
    first.add(Correction(ink(2), "", "day"))
    first.close()
    again = loaded(qtbot, path)
    assert [(each.read, each.wanted) for each in again.corrections] == [("cat", "oat"), ("", "day")]
    kept, made = again.corrections[0].ink, first.corrections[0].ink
    left, top, *_ = made.bounds
    for one, other in zip(kept.strokes, made.strokes, strict=True):
        np.testing.assert_allclose(one[:, :2], other[:, :2] - (left, top), atol=0.07)
    again.remove(again.corrections[0])
    again.close()
    assert [each.wanted for each in loaded(qtbot, path).corrections] == ["day"]


def test_the_file_is_a_set_of_ink_that_can_be_evaluated(tmp_path: Path) -> None:
    path = tmp_path / "corrections.npz"
    path.write_bytes(packed_corrections((Correction(ink(3), "a", "b"), Correction(ink(4, 90_000), "", "huge"))))
    inkset = load_inkset(path)
    assert inkset.labels.tolist() == ["b", "huge"]
    assert np.abs(inkset.points).max() <= np.iinfo(np.int16).max
    assert read_corrections(path)[1].wanted == "huge"


def test_a_file_that_cannot_be_read_is_told_and_set_aside(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "corrections.npz"
    path.write_bytes(b"no set of ink")
    found = loaded(qtbot, path)
    assert found.corrections == ()
    assert isinstance(found.errors[0], InputError)  # type: ignore[attr-defined]
    found.add(Correction(ink(5), "x", "y"))
    found.close()
    assert path.with_name(path.name + BROKEN).read_bytes() == b"no set of ink"
    assert [each.wanted for each in read_corrections(path)] == ["y"]


def test_none_left_is_kept_too(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "corrections.npz"
    path.write_bytes(packed_corrections((Correction(ink(6), "a", "b"),)))
    found = loaded(qtbot, path)
    found.replace(())
    found.close()
    assert read_corrections(path) == ()


def test_a_second_file_that_cannot_be_read_overwrites_none(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "corrections.npz"
    for text in (b"first", b"second"):
        path.write_bytes(text)
        loaded(qtbot, path).close()
    assert {each.read_bytes() for each in tmp_path.glob("*.broken*")} == {b"first", b"second"}


def test_programs_on_one_home_lose_nothing_of_each_others(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "corrections.npz"
    path.write_bytes(packed_corrections(tuple(Correction(ink(seed), "", f"old {seed}") for seed in (1, 2, 3))))
    one, other = loaded(qtbot, path), loaded(qtbot, path)
    one.add(Correction(ink(4), "a", "one's"))
    qtbot.waitUntil(lambda: wanted(path) == {"old 1", "old 2", "old 3", "one's"}, timeout=60_000)
    other.remove(other.corrections[0])
    other.add(Correction(ink(5), "b", "other's"))
    qtbot.waitUntil(lambda: wanted(path) == {"old 2", "old 3", "one's", "other's"}, timeout=60_000)
    one.remove(one.corrections[1])
    one.add(Correction(ink(6), "c", "one's too"))
    one.close()
    other.close()
    assert wanted(path) == {"old 3", "one's", "other's", "one's too"}


def test_what_could_not_be_written_is_tried_again_at_the_end(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "corrections.npz"
    found = loaded(qtbot, path)

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        found.add(Correction(ink(7), "a", "b"))
        qtbot.waitUntil(lambda: bool(found.errors), timeout=60_000)  # type: ignore[attr-defined]
    found.close()
    assert [each.wanted for each in read_corrections(path)] == ["b"]
