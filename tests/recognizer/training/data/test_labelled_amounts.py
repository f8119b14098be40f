"""Tables of labelled amounts: what is odd in them is refused with its line, never guessed."""

from pathlib import Path

import pytest

from recognizer.errors import InputError
from recognizer.training.data.labelled_amounts import labelled_files


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "1.png").touch()
    (folder / "labels.csv").write_text(text, encoding=encoding)
    return folder


def test_files_lie_beside_the_table_whatever_wrote_it(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        found = labelled_files(table(tmp_path, 'file,text\r\n1.png,"742,50"\r\nsub/2.png,7\r\n', encoding))
        assert found == [(tmp_path / "images/1.png", "742,50"), (tmp_path / "images/sub/2.png", "7")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("file,text\n1.png,742,50\n", "line 2: 3 columns where the heading has 2"),
        ("1.png,742\n1.png,5\n", "has no heading"),
        ("file,text\n", "must have a heading and rows"),
        ("file\n1.png\n", "must have a heading and rows of two columns"),
        ("file,text\n1.png,5\n../../../etc/passwd,5\n", "line 3: '../../../etc/passwd' leads out of the folder"),
        ("file,text\n/etc/passwd,5\n", "line 2: '/etc/passwd' leads out of the folder"),
    ],
)
def test_what_is_odd_is_told_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        labelled_files(table(tmp_path, text))
