"""The amounts that a person has read, as a folder that ``train amounts`` learns from: ``labels.csv`` beside ``images/``."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.errors import InputError
from recognizer.files import write_file
from ui.language import tr
from ui.model.documents.files import digest_of
from ui.model.documents.look import greys_of
from ui.model.documents.result import AMOUNT, CHEQUE, Result, Row, State
from ui.problems import log

if TYPE_CHECKING:
    import numpy as np

MARGIN = 0.4  # heights of an amount on a cheque, of what is left around it
LABELS, IMAGES = "labels.csv", "images"


def labelled_in(rows: Sequence[Row]) -> list[Row]:
    """Those of amounts that a person has corrected, or said to be right."""
    said = (State.ACCEPTED, State.CORRECTED)
    return [
        row
        for row in rows
        if row.verdict is not None
        and row.verdict.state in said
        and row.result.kind in (AMOUNT, CHEQUE)
        and any(character in "0123456789" for character in row.text)
    ]


def write_labelled(folder: Path, rows: Sequence[Row]) -> int:
    """Write the pictures of the amounts of ``rows``, and last what they say; how many there are. A page that cannot be read any
    more, or is another one by now, is left out. Raises OSError, and InputError where there are labelled amounts already, or none to write.
    """
    return write_samples(folder, ((grey, row.text) for grey, row in _pictures(rows)))


def write_samples(folder: Path, samples: "Iterable[tuple[np.ndarray, str]]") -> int:
    """Write pictures, and last what they say; how many there are. Raises OSError, and InputError where there are samples already,
    or none to write."""
    if (folder / LABELS).exists():
        raise InputError(tr("{folder} holds samples already: choose another folder.", folder=folder))
    labels: list[tuple[str, str]] = []
    for grey, text in samples:
        name = f"{len(labels) + 1:05}.png"
        write_file(folder / IMAGES / name, _png(grey))
        labels.append((name, text))
    if not labels:
        raise InputError(tr("None of the pages can be read any more."))
    out = io.StringIO()
    csv.writer(out).writerows([("file", "text"), *labels])
    write_file(folder / LABELS, out.getvalue().encode())
    return len(labels)


def _pictures(rows: Sequence[Row]) -> "Iterator[tuple[np.ndarray, Row]]":
    """The amount of each row, page by page."""
    files: dict[Path, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        files[row.result.place.file][row.result.place.page] = row
    for file, rows_of in files.items():
        digest = digest_of(file)
        pages = {number: row for number, row in rows_of.items() if row.result.digest == digest}
        try:
            for number, grey in enumerate(greys_of(file) if pages else (), 1):
                if number in pages:
                    yield _amount(grey, pages[number].result), pages[number]
        except (InputError, OSError) as error:
            log.info("%s: %s", file, error)


def _amount(grey: "np.ndarray", result: Result) -> "np.ndarray":
    """The part of a page that the amount stands on, as a person has turned it."""
    import numpy as np

    grey = np.rot90(grey, -result.turned)
    box = result.field or (result.box if result.kind == CHEQUE else None)
    if box is None:
        return grey
    left, top, right, foot = box
    margin = MARGIN * (foot - top)
    rows = slice(max(0, round(top - margin)), round(foot + margin))
    return grey[rows, max(0, round(left - margin)) : round(right + margin)]


def _png(grey: "np.ndarray") -> bytes:
    import numpy as np
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(grey)).save(out, "PNG")
    return out.getvalue()
