from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.documents.papers import TEXTS, write_folder
from ui.model.documents.files import files_in


def test_folders_hold_what_can_be_read_in_order_and_files_are_taken_as_they_are(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "papers")
    assert [path.name for path in files_in([folder])] == list(TEXTS)
    notes = folder / "notes.txt"
    assert files_in([notes, folder / "b.png", folder, notes])[:3] == [notes, folder / "b.png", folder / "a.png"]


def test_links_that_lead_round_in_a_circle_end(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "papers")
    (folder / "more" / "round").symlink_to(folder, target_is_directory=True)
    assert [path.name for path in files_in([folder])] == list(TEXTS)


def test_a_folder_that_may_not_be_entered_keeps_no_other_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "papers")
    entered = Path.iterdir

    def guarded(path: Path) -> Iterator[Path]:
        if path.name == "more":
            raise PermissionError(13, "Permission denied", str(path))
        return entered(path)

    monkeypatch.setattr(Path, "iterdir", guarded)
    assert [path.name for path in files_in([folder])] == [*list(TEXTS)[:-1], "more"]


def test_what_does_not_exist_is_kept_to_be_told(tmp_path: Path) -> None:
    assert files_in([tmp_path / "absent.png"]) == [tmp_path / "absent.png"]
