"""How well amounts are read, and how far the confidence can be trusted (1998 paper, section X-D)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from recognizer.errors import InputError
from recognizer.language.currency import currency_in
from recognizer.page import load_pages
from recognizer.readers.catalog import load_reader
from recognizer.training.data.labelled_amounts import agrees, as_written, by_value, labelled_files
from recognizer.training.evaluation.rejection import Outcome, calibration_error, judged
from recognizer.training.evaluation.tasks import Options


def evaluate_amounts(data: Path, options: Options) -> dict[str, Any]:
    """The amount reader on the images of ``labels.csv``: wrong where the value is, or, of labels without a point, any digit;
    ``compared`` says which. ``calibration_error`` is that of the confidences of what was read; where the table says how amounts are
    written, ``currencies`` counts those that say their currency, those it is told of rightly, and those a wrong one is told of."""
    files = labelled_files(data)[: options.limit]
    reader = load_reader("amount", options.system, country=options.country)
    outcomes: list[Outcome] = []
    seconds = []
    currencies: dict[int, str | None] = {}
    for done, (file, text) in enumerate(files):
        options.progress(done, len(files))
        page = load_pages(file)[0]
        try:
            reading = reader.read(page)
        except InputError:
            continue
        outcomes.append((reading.confidence, not agrees(reading.text, text)))
        seconds.append(reading.seconds)
        currencies[done] = reading.currency
    kinds = {"values" if by_value(text) else "digits" for _, text in files}
    return {
        "compared": " and ".join(sorted(kinds, reverse=True)),
        "calibration_error": calibration_error(outcomes),
        **currencies_judged(currencies, as_written(data)),
        **judged(
            outcomes, len(files), seconds, lambda rate: load_reader("amount", options.system, max_error=rate).threshold
        ),
    }


def currencies_judged(answered: Mapping[int, str | None], written: Sequence[str] | None) -> dict[str, Any]:
    """How the currencies that were told of rows compare with those that are ``written`` on them, where that is known."""
    if written is None:
        return {}
    said = {row: currency_in(written[row]) for row in answered}
    right = sum(answered[row] == code for row, code in said.items() if code)
    wrong = sum(answered[row] not in (None, code) for row, code in said.items())
    return {"currencies": {"written": sum(code is not None for code in said.values()), "right": right, "wrong": wrong}}
