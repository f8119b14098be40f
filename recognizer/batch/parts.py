"""The files that results go into: each appears whole or not at all, and all of them together hold every page once."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from recognizer.batch.columns import COLUMNS, NULLABLE, Row, Type, is_row
from recognizer.errors import InputError
from recognizer.files import write_file

_NAME = re.compile(r"part-(\d+)\.(\w+)")


class Parts:
    """The parts of a folder, numbered from 1."""

    def __init__(self, folder: Path, form: str) -> None:
        self._folder, self._form = folder, FORMS[form]
        self._ending = form
        self._next = max(self.numbers(), default=0) + 1

    def numbers(self) -> list[int]:
        """Those that there are."""
        names = (_NAME.fullmatch(path.name) for path in self._folder.glob(f"part-*.{self._ending}"))
        return sorted(int(name[1]) for name in names if name)

    def add(self, rows: Sequence[Row]) -> int:
        """Write a new part; its number. Raises OSError."""
        number = self._next
        write_file(self._path(number), self._form.encode(rows))
        self._next += 1
        return number

    def read(self, number: int) -> list[Row]:
        """The rows of a part. Raises OSError, and InputError where it is damaged or what reads its format is not installed."""
        path = self._path(number)
        data = path.read_bytes()
        try:
            rows = self._form.decode(data)
        except ImportError as error:
            raise InputError("Results in Parquet need pyarrow, which is not installed here.") from error
        except Exception:  # pyarrow raises nearly anything
            rows = []
        if not rows or not all(map(is_row, rows)):
            raise InputError(
                f"{path} is damaged: take it out of its folder, and the same command reads its pages again."
            )
        return rows

    def replace(self, number: int, rows: Sequence[Row]) -> None:
        """A part has these rows now, or is gone where there are none. Raises OSError."""
        if rows:
            write_file(self._path(number), self._form.encode(rows))
        else:
            self._path(number).unlink()

    def drop(self, number: int, files: set[str]) -> list[Row]:
        """Take the rows of these files out of a part; those rows. Raises OSError."""
        rows = self.read(number)
        self.replace(number, [row for row in rows if row["file"] not in files])
        return [row for row in rows if row["file"] in files]

    def __iter__(self) -> Iterator[tuple[int, list[Row]]]:
        return ((number, self.read(number)) for number in self.numbers())

    def _path(self, number: int) -> Path:
        return self._folder / f"part-{number:06}.{self._ending}"


class Form(NamedTuple):
    """How rows become bytes, and bytes rows."""

    encode: Callable[[Sequence[Row]], bytes]
    decode: Callable[[bytes], list[Row]]


def _to_parquet(rows: Sequence[Row]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(rows), schema=_schema()), out)
    return out.getvalue()


def _from_parquet(data: bytes) -> list[Row]:
    from pyarrow import parquet

    rows: list[Row] = parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


def _schema() -> Any:
    import pyarrow as pa

    types = {
        "str": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(name, types[kind], name in NULLABLE) for name, kind in COLUMNS.items()])


def _to_jsonl(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _from_jsonl(data: bytes) -> list[Row]:
    return [json.loads(line) for line in data.splitlines()]


def _to_csv(rows: Sequence[Row]) -> bytes:
    """Lists as JSON, nothing for what is not known."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            json.dumps(row[name]) if kind in ("list", "bool") else row[name] for name, kind in COLUMNS.items()
        )
    return out.getvalue().encode()


def _from_csv(data: bytes) -> list[Row]:
    lines = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return [{name: _cell(line[name], name) for name in COLUMNS} for line in lines]


def _cell(text: str | None, name: str) -> Any:
    if not text and name in NULLABLE:
        return None
    if text is None:
        raise ValueError(f"there is no {name}")
    return _PARSERS[COLUMNS[name]](text)


_PARSERS: dict[Type, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": json.loads,
    "list": json.loads,
}


FORMS = {
    "parquet": Form(_to_parquet, _from_parquet),
    "jsonl": Form(_to_jsonl, _from_jsonl),
    "csv": Form(_to_csv, _from_csv),
}
