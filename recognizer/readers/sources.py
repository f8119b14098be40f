"""The front door: what a file holds, and which reader suits it. What was found to tell stays with the page for its reader."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from recognizer.errors import InputError
from recognizer.files import Source, is_ink
from recognizer.readers import catalog
from recognizer.readers.catalog import OF_WORDS, Kind
from recognizer.readers.protocol import Reader

if TYPE_CHECKING:
    import numpy as np

    from recognizer.ink import Ink
    from recognizer.page import Page
    from recognizer.readers.reading import Reading


def kind_of(source: "Ink | Page") -> Kind:
    """The kind of reader that suits a source: text for ink; cheque for a page that shows one, or of which a part was said to be
    the amount; scan for one that shows lines of handwriting; amount for other pages."""
    from recognizer.page import Page
    from recognizer.page.fields import shows_cheque
    from recognizer.page.kind import shows_text

    if not isinstance(source, Page):
        return "text"
    if source.field is not None:
        return "cheque"
    if shows_text(source):
        return "scan"
    return "cheque" if shows_cheque(source) else "amount"


def suited(kind: Kind, source: "Ink | Page") -> Kind:
    """The kind of reader for a source of which somebody says that it is of this ``kind``: text may be ink or an image."""
    from recognizer.page import Page

    if kind in OF_WORDS:
        return "scan" if isinstance(source, Page) else "text"
    return kind


def sources_in(file: Source, kind: Kind | None = None) -> "Sequence[Ink | Page]":
    """What a file holds, or is said to hold for a reader of this ``kind``: one ink, or a page or more.

    Raises InputError where it cannot be opened.
    """
    return list(each_source(file, kind))


def each_source(
    file: Source, kind: Kind | None = None, on_page: Callable[[int, int], None] = lambda done, total: None
) -> "Iterator[Ink | Page]":
    """The same one after the other, so that a file may have any number of pages; ``on_page(done, total)`` is called before each."""
    named = not isinstance(file, bytes) and os.fspath(file).lower().endswith(".inkml")
    if kind == "number" or ((kind is None or kind in OF_WORDS) and (named or is_ink(file))):
        from recognizer.ink import read_inkml

        try:
            ink = read_inkml(file)
        except InputError as error:
            if named or is_ink(file):
                raise
            raise InputError(
                "Numbers are read from pen ink, and this is none: digits on a picture are an amount."
            ) from error
        yield ink
        return
    from recognizer.page import each_page

    yield from each_page(file, on_page)


def read(
    source: "Source | Ink | Page | np.ndarray | Sequence[np.ndarray]", kind: Kind | None = None
) -> "list[Reading]":
    """Read a file, what would be in one, ink, a page, or arrays: a picture (H, W) uint8, 255 = paper, or strokes, each (n, 3) of x
    right, y down [px], t [s]. One reading, or of a file one for each of its pages. A page of text that does not lie upright is turned
    first: how it lay is among the flaws, and places are those of the page so turned.

    ``kind``: text, number, amount or cheque; None for what it looks like. Raises NothingToRead or InputError.
    """
    from recognizer.ink import Ink
    from recognizer.page import Page
    from recognizer.readers.upright import read_by

    found: Sequence[Any]
    if isinstance(source, Ink | Page):
        found = [source]
    elif isinstance(source, str | bytes | os.PathLike):
        found = sources_in(source, kind)
    else:
        found = [_of_arrays(source)]
    return [read_by(_reader(suited(kind, each) if kind else kind_of(each)), each)[0] for each in found]


def _of_arrays(arrays: "np.ndarray | Sequence[np.ndarray]") -> "Ink | Page":
    import numpy as np

    from recognizer.ink import Ink
    from recognizer.page import Page

    if isinstance(arrays, np.ndarray):
        return Page(arrays)
    if isinstance(arrays, list | tuple):
        return Ink(tuple(arrays))
    raise InputError(f"A {type(arrays).__name__} is nothing that could be read: give a file, ink, a page or arrays.")


@cache
def _reader(kind: Kind) -> Reader[Any]:
    return catalog.load_reader(kind)
