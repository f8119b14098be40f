"""Reads handwriting: ink and pages become graphs of hypotheses, and the path of lowest penalty is the answer.

`read` reads, `load_reader` gives the reader of a kind, which answers a `Reading` for an `Ink` or a `Page`; README.md beside this
file shows how. Each is imported when it is first asked for, with what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.page import Page
    from recognizer.readers.catalog import load_reader
    from recognizer.readers.reading import Reading
    from recognizer.readers.sources import read

__all__ = ["Ink", "Page", "Reading", "load_reader", "read"]

_HOMES = {
    "Ink": "recognizer.ink",
    "Page": "recognizer.page",
    "Reading": "recognizer.readers.reading",
    "load_reader": "recognizer.readers.catalog",
    "read": "recognizer.readers.sources",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'recognizer' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
