"""How well cheques are read, and how far their confidence can be trusted (1998 paper, section X-D)."""

from pathlib import Path
from time import perf_counter
from typing import Any

from recognizer.errors import InputError
from recognizer.page import load_pages
from recognizer.readers.catalog import load_reader
from recognizer.training.data.labelled_amounts import labelled_files
from recognizer.training.evaluation.rejection import Outcome, judged
from recognizer.training.evaluation.tasks import Options


def evaluate_cheques(data: Path, options: Options) -> dict[str, Any]:
    """The cheque reader on the images of ``labels.csv``: wrong where the amount has another value.

    Seconds are those of a whole cheque, the file's decoding included.
    """
    files = labelled_files(data)[: options.limit]
    reader = load_reader("cheque", country=options.country)
    outcomes: list[Outcome] = []
    seconds = []
    for done, (file, amount) in enumerate(files):
        options.progress(done, len(files))
        start = perf_counter()
        try:
            reading = reader.read(load_pages(file)[0])
        except InputError:
            pass
        else:
            outcomes.append((reading.confidence, float(reading.text) != _value(amount)))
        seconds.append(perf_counter() - start)
    judgement = judged(outcomes, len(files), seconds, lambda rate: load_reader("cheque", max_error=rate).threshold)
    return {"compared": "values"} | judgement


def _value(amount: str) -> float:
    """The value of an amount as labels give it: 1,234.50 and $ 1234.5 are the same."""
    try:
        return float(amount.replace(",", "").strip("$ "))
    except ValueError:
        raise InputError(f"{amount!r} is no amount: labels of cheques are numbers like 1234.50.") from None
