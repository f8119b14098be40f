"""Amounts that a person has read, as a folder to train on."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognizer.errors import InputError
from recognizer.training.data.labelled_amounts import labelled_files
from ui.model.documents.files import digest_of
from ui.model.documents.labelled import labelled_in, write_labelled
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict

RIGHT, OTHER, SKIPPED = Verdict(State.ACCEPTED), Verdict(State.CORRECTED, "7.50"), Verdict(State.SKIPPED)


def row(file: Path, kind: str = "amount", verdict: Verdict | None = RIGHT, **more: object) -> Row:
    more.setdefault("digest", digest_of(file))
    return Row(Result(DocumentPage(file, 1), kind=kind, text="12.00", **more), verdict)  # type: ignore[arg-type]


def picture(path: Path) -> Path:
    grey = np.full((100, 300), 255, np.uint8)
    grey[40:60, 200:280] = 0
    Image.fromarray(grey).save(path)
    return path


def test_only_amounts_that_a_person_has_judged_are_lessons(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    taken = [row(file), row(file, "cheque", OTHER)]
    none = Row(Result(DocumentPage(file, 1), kind="amount", text="12"), Verdict(State.CORRECTED, "illegible"))
    assert labelled_in([*taken, row(file, "text"), row(file, verdict=None), row(file, verdict=SKIPPED), none]) == taken


def test_the_folder_is_one_that_is_learnt_from(tmp_path: Path) -> None:
    one, other, cheque = (picture(tmp_path / name) for name in ("a.png", "b.png", "c.png"))
    box = (200.0, 40.0, 280.0, 60.0)
    rows = [row(one), row(other, verdict=OTHER, field=box), row(tmp_path / "gone.png"), row(cheque, "cheque", box=box)]
    assert write_labelled(tmp_path / "out", rows) == 3
    found = labelled_files(tmp_path / "out")
    assert [text for _, text in found] == ["12.00", "7.50", "12.00"]
    pictures = [np.asarray(Image.open(file)) for file, _ in found]
    assert [each.shape for each in pictures] == [(100, 300), (36, 96), (36, 96)]
    assert all((each == 0).sum() == 20 * 80 for each in pictures)


def test_another_picture_under_the_name_is_no_lesson_and_a_turned_one_is_upright(tmp_path: Path) -> None:
    other, turned = row(picture(tmp_path / "a.png")), row(picture(tmp_path / "b.png"), turned=1)
    Image.new("L", (50, 50)).save(tmp_path / "a.png")
    assert write_labelled(tmp_path / "out", [other, turned]) == 1
    ((file, _text),) = labelled_files(tmp_path / "out")
    assert (np.asarray(Image.open(file)) == np.rot90(np.asarray(Image.open(tmp_path / "b.png")), -1)).all()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    rows = [row(picture(tmp_path / "a.png"))]
    write_labelled(tmp_path / "out", rows)
    with pytest.raises(InputError, match="another folder"):
        write_labelled(tmp_path / "out", rows)
    with pytest.raises(InputError, match="can be read"):
        write_labelled(tmp_path / "none", [row(tmp_path / "gone.png")])
    assert not (tmp_path / "none" / "labels.csv").exists()
