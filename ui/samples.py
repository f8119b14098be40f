"""The samples that come with the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recognizer.files import INK_ENDINGS, READABLE


@dataclass(frozen=True)
class SampleFile:
    """One file of resources/samples."""

    title: str
    path: Path
    is_ink: bool


def samples_in(folder: Path) -> list[SampleFile]:
    """The samples of a folder by name; an absent folder has none."""
    if not folder.is_dir():
        return []
    files = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in READABLE)
    return [
        SampleFile(path.stem.replace("-", " ").replace("_", " "), path, path.suffix.lower() in INK_ENDINGS)
        for path in files
    ]


def sample_of(samples: Sequence[SampleFile], kind: str) -> Path | None:
    """The first sample of a kind: text, number, amount or cheque."""
    return next((sample.path for sample in samples if sample.path.name.startswith(kind)), None)
