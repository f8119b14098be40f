"""Where the program keeps its files: decided here and nowhere else."""

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from recognizer.platform import resources_folder

RESOURCES = resources_folder()
SAMPLES = RESOURCES / "samples"


@dataclass(frozen=True)
class Locations:
    """Folders and stores of one user."""

    data: Path  # kept ink
    log: Path  # the log file
    crash: Path  # what ended the program
    words: Path  # the user's own words
    queue: Path  # folder of queues of documents
    page_corrections: Path  # what people said about documents
    page_text: Path  # and about words on pages of text
    corrections: Path  # what the user has corrected, with its ink
    models: Path  # what was taught of them
    settings: QSettings


def command_line(*arguments: str) -> str:
    """How someone calls this program from a terminal: its bundle, or its sources."""
    import shlex

    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(RESOURCES.parent / "main.py")]
    return shlex.join([*program, *arguments])


def user_locations() -> Locations:
    """The places that the platform wants us to use; needs a QCoreApplication with its names set."""
    data = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    return _below(data, QSettings())


def locations_in(folder: Path) -> Locations:
    """Everything inside one folder, for tests and screenshots."""
    return _below(folder, QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))


def _below(data: Path, settings: QSettings) -> Locations:
    return Locations(
        data=data / "ink",
        log=data / "inklattice.log",
        crash=data / "crash.log",
        words=data / "words.txt",
        queue=data / "queue",
        page_corrections=data / "answers.jsonl",
        page_text=data / "text.jsonl",
        corrections=data / "corrections.npz",
        models=data / "models",
        settings=settings,
    )
