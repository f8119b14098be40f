from pathlib import Path

from recognizer.training.data.character_pictures import category, make_characters
from recognizer.training.data.inksets import load_inkset
from tests.recognizer.training.data.test_word_pictures import small_set


def test_single_characters_are_those_of_one_letter(tmp_path: Path) -> None:
    inkset = load_inkset(small_set(tmp_path / "ink.npz"))
    assert len(make_characters(inkset, "train").classes) == 1
    assert [category(chr(33 + c)) for c in make_characters(inkset, "val").classes] == [2, 0, 3]
    assert len(make_characters(inkset, "val", limit=2).classes) == 2
