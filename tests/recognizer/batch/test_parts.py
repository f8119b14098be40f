"""Rows come back from every kind of part as they went in, and parts appear whole or not at all."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.batch.columns import COLUMNS, NULLABLE, failed, row
from recognizer.batch.parts import FORMS, Parts
from recognizer.errors import InputError

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "str": TEXT,
    "int": st.integers(0, 2**40),
    "float": st.floats(0, 1),
    "bool": st.booleans(),
    "list": st.lists(TEXT, max_size=3),
}


def _value(name: str) -> st.SearchStrategy[Any]:
    values = VALUES[COLUMNS[name]]
    # CSV has one word for nothing and for no words at all.
    return st.none() | values.filter(lambda value: value != "") if name in NULLABLE else values


ROWS = st.lists(st.fixed_dictionaries({name: _value(name) for name in COLUMNS}), min_size=1, max_size=4)


@pytest.mark.parametrize("form", FORMS)
@given(rows=ROWS)
def test_rows_come_back_as_they_were(form: str, rows: list[dict[str, Any]]) -> None:
    assert FORMS[form].decode(FORMS[form].encode(rows)) == rows


def test_a_row_has_all_columns_in_their_order() -> None:
    assert list(row()) == list(COLUMNS)
    assert list(failed(3, "crash", "It ended.")) == list(COLUMNS)


@pytest.mark.parametrize("form", FORMS)
def test_parts_are_numbered_and_rows_of_files_can_be_taken_out(form: str, tmp_path: Path) -> None:
    parts = Parts(tmp_path, form)
    assert [
        parts.add([row(file="a", state="blank"), row(file="b", state="blank")]),
        parts.add([row(file="c", state="blank")]),
    ] == [1, 2]
    assert Parts(tmp_path, form).add([row(file="d", state="blank")]) == 3
    assert [found["file"] for found in parts.drop(1, {"a"})] == ["a"]
    parts.drop(2, {"c"})
    assert [[found["file"] for found in rows] for _number, rows in parts] == [["b"], ["d"]]
    assert Parts(tmp_path, form).add([row(file="e", state="blank")]) == 4


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "damage", [lambda data: data[:-9], lambda data: data.replace(b"blank", b"blunk"), lambda _data: b""]
)
def test_a_damaged_part_is_named(form: str, damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    Parts(tmp_path, form).add([row(file="a", state="blank")])
    path = tmp_path / f"part-000001.{form}"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(InputError, match=path.name):
        Parts(tmp_path, form).read(1)


def test_a_part_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    parts = Parts(tmp_path, "parquet")
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            parts.add([row(file="a")])
    assert list(tmp_path.iterdir()) == []
    assert parts.add([row(file="a")]) == 1
