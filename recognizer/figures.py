"""Figures that were measured, as lines to be read."""

from collections.abc import Iterator, Mapping
from typing import Any

_NAME = 24  # characters that names are given


def lines_of(figures: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """A line for each figure, by its name; of tables one for each row, and of figures of a part one each, below the name of the part."""
    for name, value in figures.items():
        words = indent + name.replace("_", " ")
        if isinstance(value, Mapping):
            yield words
            yield from lines_of(value, indent + "  ")
        elif isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
            yield words
            yield from (f"{indent}  " + ", ".join(f"{_said(key)} {_said(row[key])}" for key in row) for row in value)
        else:
            yield f"{words:{_NAME}} {_said(value)}"


def _said(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value).replace("_", " ")
