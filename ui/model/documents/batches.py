"""Batches whose refused pages are in the queue: what a person decides goes back into their folders."""

from collections.abc import Container, Iterable
from pathlib import Path

from recognizer.batch.folder import is_batch
from recognizer.batch.review import DECISIONS, decision, refused_files
from ui.model.documents.jsonl import append_lines
from ui.model.documents.result import Row


class Batches:
    """Used from the thread that writes."""

    def __init__(self) -> None:
        self._folder_of: dict[Path, Path] = {}  # by file

    def open(self, paths: Iterable[Path], files: Container[Path], rows: Iterable[Row]) -> None:
        """These paths were opened, perhaps batches whose ``files`` are in the queue; what was said of their pages is told.

        Raises InputError, OSError.
        """
        for folder in filter(is_batch, paths):
            self._folder_of |= {file: folder for file in refused_files(folder) if file in files}
        for row in rows:
            if row.verdict is not None:
                self.tell(row)

    def tell(self, row: Row) -> None:
        """What a person has said of a page, or taken back. Raises OSError."""
        file, page = row.result.place
        if folder := self._folder_of.get(file):
            state = None if row.verdict is None else row.verdict.state.value
            append_lines(folder / DECISIONS, [decision(file, page, state, row.text, row.value)], private=False)
