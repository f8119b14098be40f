"""Tables of images: all of them, or those of a split; pages with their texts; what is neither gets a sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from recognizer.errors import InputError
from recognizer.training.data.labelled_amounts import labelled_files
from recognizer.training.data.labelled_images import labelled_images


def table(folder: Path, text: str) -> Path:
    (folder / "labels.csv").write_text(text, encoding="utf-8")
    return folder


def test_lines_come_with_their_images_and_texts(tmp_path: Path) -> None:
    (line,) = labelled_images(table(tmp_path, 'file,text\n1.png,"Dear Sir,"\n'), "val")
    assert line.text == "Dear Sir,"
    assert line.file == tmp_path / "images" / "1.png"


def test_of_a_split_come_its_own(tmp_path: Path) -> None:
    folder = table(tmp_path, "file,text,split\n1.png,one,train\n2.png,two,val\n")
    assert [line.text for line in labelled_images(folder, "val")] == ["two"]
    assert [line.text for line in labelled_images(folder, "all")] == ["one", "two"]
    with pytest.raises(InputError, match="no split 'test'"):
        labelled_images(folder, "test")


@pytest.mark.parametrize("text", ["", "file,text\n", "name,text\na.png,b\n", "file\na.png\n"])
def test_another_table_gets_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="columns file and text"):
        labelled_images(table(tmp_path, text), "val")


@pytest.mark.parametrize("row", ["1.png,Dear Sir, thank you", "1.png,one,train,four"])
def test_a_text_with_a_comma_is_not_cut_off(tmp_path: Path, row: str) -> None:
    with pytest.raises(InputError, match=r"line 2: . columns where the heading has"):
        labelled_images(
            table(tmp_path, ("file,text,split\n" if row.count(",") > 2 else "file,text\n") + row + "\n"), "all"
        )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
@pytest.mark.parametrize("name", ["labels.csv", "a.txt"])
@pytest.mark.parametrize("load", [lambda folder: labelled_images(folder, "all"), labelled_files])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str, load: Callable[[Path], object]) -> None:
    (tmp_path / "a.png").touch()
    os.mkfifo(tmp_path / name)
    with pytest.raises(InputError, match=r"no ordinary file|does not exist"):
        load(tmp_path)


def test_a_folder_without_a_table_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither"):
        labelled_images(tmp_path, "val")


def test_pages_have_their_texts_beside_them(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jpg").touch()
        (tmp_path / f"{name}.txt").write_text(f"Page {name}\n")
    (tmp_path / "c.txt").write_text("no picture")
    (tmp_path / "a.json").write_text("no picture either")
    (tmp_path / "a.1.jpg").touch()  # another page, which has no text
    pages = labelled_images(tmp_path, "val")
    assert [(page.file.name, page.text) for page in pages] == [("a.jpg", "Page a\n"), ("b.jpg", "Page b\n")]
