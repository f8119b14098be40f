"""What is named becomes a stream of files, each with the state that tells whether it was replaced."""

import io
import os
from pathlib import Path

import pytest

from recognizer.batch.listing import Source, batches, sources_of
from recognizer.errors import InputError


def _touch(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"words")
    return str(path)


def _names(*names: str) -> list[str]:
    return sorted(source.file for source in sources_of(names))


def test_folders_give_what_can_be_read_at_any_depth(tmp_path: Path) -> None:
    wanted = [_touch(tmp_path / name) for name in ("a.PNG", "deep/er/b.tif", "deep/c.inkml")]
    for name in (".hidden.png", "notes.txt", ".git/d.png"):
        _touch(tmp_path / name)
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path)
    assert _names(str(tmp_path)) == sorted(wanted)


def test_files_globs_and_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [_touch(tmp_path / name) for name in ("a.png", "b.png", "sub/c.png", "[1].png")]
    assert _names(str(tmp_path / "[ab].png")) == files[:2]
    assert _names(str(tmp_path / "**" / "c*")) == [files[2]]
    assert _names(files[3]) == [files[3]]
    (tmp_path / "list").write_text("\n".join([files[0], "", str(tmp_path / "sub"), str(tmp_path / "b*")]) + "\r\n")
    assert _names(f"@{tmp_path / 'list'}") == files[:3]
    monkeypatch.setattr("sys.stdin", io.StringIO(files[1]))
    assert _names("-") == [files[1]]
    monkeypatch.chdir(tmp_path)
    assert _names("a.png") == [files[0]]


def test_a_name_that_nothing_bears_is_a_source_too(tmp_path: Path) -> None:
    assert list(sources_of([str(tmp_path / "absent.png")])) == [Source(str(tmp_path / "absent.png"), 0, "")]
    with pytest.raises(InputError, match="cannot be read"):
        list(sources_of(["@absent"]))
    with pytest.raises(InputError, match="store that cannot be used"):
        list(sources_of(["gopher9://host/a.png"]))


def test_a_file_that_is_replaced_has_another_state(tmp_path: Path) -> None:
    name = _touch(tmp_path / "a.png")
    (before,) = sources_of([name])
    os.utime(name, ns=(1, 1))
    (after,) = sources_of([name])
    assert (before.file, before.size) == (after.file, after.size) == (name, 5)
    assert before.stamp != after.stamp


def test_stores_are_listed_as_folders_are() -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    for name in ("/box/a.png", "/box/deep/b.jpg", "/box/notes.txt"):
        store.pipe(name, b"words")
    assert _names("memory://box") == ["memory://box/a.png", "memory://box/deep/b.jpg"]
    assert _names("memory:///box/*.png") == _names("memory:///box/a.png") == ["memory:///box/a.png"]
    assert [source.size for source in sources_of(["memory:///box/a.png", "memory:///box/none.png"])] == [5, 0]


def test_a_store_that_lets_nobody_in_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no credentials")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "isdir", refuse)
    with pytest.raises(InputError, match=r"memory://box cannot be listed: no credentials\."):
        _names("memory://box")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="a device of Linux")
def test_a_list_that_has_no_lines_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="longer than any name"):
        list(sources_of(["@/dev/zero"]))
    monkeypatch.setattr("sys.stdin", io.StringIO("a.png\n" + "x" * 1_000_000))
    with pytest.raises(InputError, match="longer than any name"):
        list(sources_of(["-"]))


def test_listing_streams() -> None:
    taken = 0

    def endless():  # type: ignore[no-untyped-def]
        nonlocal taken
        while True:
            taken += 1
            yield Source(str(taken), 0, "")

    assert len(next(batches(endless(), 7))) == taken == 7
