"""Files are told apart by how they begin, and written whole or not at all."""

import os
from pathlib import Path

import pytest

from recognizer.errors import InputError
from recognizer.files import check_writable, is_ink, make_private, replacing, set_aside, write_file


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


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("call", ["open", "fsync", "chmod", "replace"])
@pytest.mark.parametrize("old", [None, b"old"])
def test_whichever_call_fails_the_old_file_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, old: bytes | None
) -> None:
    path = tmp_path / "a.inkml"
    if old is not None:
        path.write_bytes(old)

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OSError, match="No space left") as raised:
            write_file(path, b"new and longer")
    assert raised.value.filename == str(path), "the name that the user knows"
    assert {each: each.read_bytes() for each in tmp_path.iterdir()} == ({} if old is None else {path: old})


def test_a_writer_that_breaks_off_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def write() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
def test_modes_are_kept_links_followed_and_helpers_not_guessed(tmp_path: Path) -> None:
    target, link, other = tmp_path / "deep" / "a", tmp_path / "link", tmp_path / "other"
    write_file(target, b"1")
    target.chmod(0o600)
    link.symlink_to(target)
    other.write_bytes(b"mine")
    for planted in ("a.part", "a.partial", ".a.part", "a~"):
        (target.parent / planted).symlink_to(other)
    write_file(link, b"2")
    assert link.is_symlink()
    assert (target.read_bytes(), mode_of(target)) == (b"2", 0o600)
    assert other.read_bytes() == b"mine"
    assert len(list(target.parent.iterdir())) == 5


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_what_is_private_is_its_users_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "a"
    path.parent.mkdir(mode=0o755)
    path.write_bytes(b"of an earlier version")
    write_file(path, b"ink", private=True)
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_what_others_write_can_be_private_too(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "a"
    make_private(path)
    with path.open("a") as file:
        file.write("log")
    path.chmod(0o644)
    make_private(path)
    assert (path.read_text(), mode_of(path), mode_of(path.parent)) == ("log", 0o600, 0o700)


def test_what_must_not_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(InputError, match="a is write-protected"):
        write_file(path, b"new")
    with pytest.raises(InputError, match="is a folder"):
        write_file(tmp_path, b"new")
    assert path.read_bytes() == b"old"


def test_where_nothing_can_be_written_is_known_before(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    check_writable(file)
    check_writable(tmp_path / "new" / "newer" / "b")
    for wrong in (tmp_path, file / "b"):
        with pytest.raises(InputError, match=r"is (a|no) folder"):
            check_writable(wrong)
    assert [*tmp_path.iterdir()] == [file]


def test_what_is_set_aside_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for text in ("1", "2", "3"):
        path.write_text(text)
        set_aside(path, ".broken")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.broken", "a.broken2", "a.broken3"]
    assert (tmp_path / "a.broken").read_text() == "1"
