"""Ink is told from pictures by how it begins, wherever it comes from."""

from pathlib import Path

import pytest

from recognizer.files import is_ink


@pytest.mark.parametrize(
    ("head", "ink"),
    [
        (b"\xef\xbb\xbf <?xml version='1.0'?>", True),
        (b"\r\n\t<ink>", True),
        (b"\x89PNG\r\n", False),
        (b"", False),
    ],
)
def test_xml_is_ink_and_nothing_else_is(tmp_path: Path, head: bytes, ink: bool) -> None:
    (tmp_path / "file").write_bytes(head)
    assert is_ink(head) == is_ink(tmp_path / "file") == ink


def test_what_cannot_be_opened_is_no_ink(tmp_path: Path) -> None:
    assert not is_ink(tmp_path)
    assert not is_ink(tmp_path / "absent")
