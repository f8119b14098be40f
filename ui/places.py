"""Where the program keeps its files: decided here and nowhere else."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from recognizer.platform import resources_folder

RESOURCES = resources_folder()
SAMPLES = RESOURCES / "samples"


@dataclass(frozen=True)
class Places:
    """Folders and stores of one user."""

    data: Path  # kept ink
    log: Path  # the log file
    crash: Path  # what ended the program
    words: Path  # the user's own words
    settings: QSettings


def user_places() -> Places:
    """The places that the platform wants us to use; needs a QCoreApplication with its names set."""
    data = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    return Places(data / "ink", data / "inklattice.log", data / "crash.log", data / "words.txt", QSettings())


def places_in(folder: Path) -> Places:
    """Everything inside one folder, for tests and screenshots."""
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    return Places(folder / "ink", folder / "inklattice.log", folder / "crash.log", folder / "words.txt", store)
