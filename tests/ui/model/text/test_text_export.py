"""Text that goes to other programs."""

from pathlib import Path

import pytest

from recognizer.errors import InputError
from ui.model.text.export import write_text


@pytest.mark.parametrize(
    ("name", "joined", "written"),
    [
        ("a.txt", False, "1. a*b\nhand-\nwriting\n"),
        ("a.txt", True, "1. a*b handwriting\n"),
        ("a.md", False, "1\\. a\\*b\\\nhand-\\\nwriting\n"),
        ("a.MD", True, "1\\. a\\*b handwriting\n"),
    ],
)
def test_lines_are_kept_or_joined_and_markdown_shows_them_as_they_are(
    tmp_path: Path, name: str, joined: bool, written: str
) -> None:
    write_text(tmp_path / name, "1. a*b\nhand-\nwriting", joined)
    assert (tmp_path / name).read_text() == written


@pytest.mark.parametrize(
    ("name", "joined", "written"),
    [("a.txt", False, "a\nb\n\nc\n"), ("a.txt", True, "a b\n\nc\n"), ("a.md", False, "a\\\nb\n\nc\n")],
)
def test_pages_are_parted_by_an_empty_line(tmp_path: Path, name: str, joined: bool, written: str) -> None:
    write_text(tmp_path / name, "a\nb\n\nc", joined)
    assert (tmp_path / name).read_text() == written


def test_other_endings_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.txt or \.md"):
        write_text(tmp_path / "a.docx", "a", False)
