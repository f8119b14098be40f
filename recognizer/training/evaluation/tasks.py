"""What ``main.py evaluate`` knows: tasks by name, as "module:function". Importing this costs nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from recognizer.readers.catalog import System


@dataclass(frozen=True)
class Options:
    """How to evaluate, as asked on the command line."""

    system: System | None = None  # None: whichever is best
    lexicon: str | None = None
    country: str | None = None  # where amounts are written as they are; None: anywhere
    split: str = "val"
    limit: int | None = None  # samples
    progress: Callable[[int, int], None] = lambda done, total: None


# Functions of data and `Options` that give the figures of a task, every rate a share between 0 and 1.
TASKS: dict[str, str] = {
    "mnist": "recognizer.training.evaluation.digits:evaluate_mnist",
    "amounts": "recognizer.training.evaluation.amounts:evaluate_amounts",
    "cheques": "recognizer.training.evaluation.cheques:evaluate_cheques",
    "ink-numbers": "recognizer.training.evaluation.ink_numbers:evaluate_ink_numbers",
    "chars": "recognizer.training.evaluation.characters:evaluate_chars",
    "words": "recognizer.training.evaluation.text:evaluate_words",
    "scans": "recognizer.training.evaluation.scans:evaluate_scans",
    "page-lines": "recognizer.training.evaluation.page_lines:evaluate_page_lines",
    "lines": "recognizer.training.evaluation.text:evaluate_lines",
}
