"""The user's own words."""

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.words import WordsDialog, load_words, parsed, save_words


def test_words_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "words.txt"
    assert load_words(path) == ()
    save_words(path, ("LeCun", "lattice"))
    assert load_words(path) == ("LeCun", "lattice")
    path.write_bytes(b"\xff\xfe odd\nfine\n")
    assert load_words(path) == ("odd", "fine")


@given(st.text(max_size=60))
def test_every_token_is_a_word_or_complained_of_once(text: str) -> None:
    good, odd = parsed(text)
    assert set(good) | set(odd) == set(text.split())
    assert len(good) + len(odd) == len(set(text.split()))
    assert all(word.isascii() for word in good)


def test_many_words_and_long_ones_take_no_time(tmp_path: Path) -> None:
    text = "\n".join(
        [*(f"word{number}" for number in range(100_000)), *(f"\u00e4{number}" for number in range(20_000))]
    )
    begin = time.thread_time()
    good, odd = parsed(text + "\n" + "x" * 10_000_000)
    assert time.thread_time() - begin < 5.0  # each compared with all would be minutes
    assert (len(good), len(odd)) == (100_000, 20_001)


def test_a_hundred_thousand_words_do_not_hold_up_the_start(tmp_path: Path) -> None:
    save_words(tmp_path / "words.txt", tuple(f"word{number}" for number in range(100_000)))

    def seconds() -> float:
        begin = time.thread_time()
        assert len(load_words(tmp_path / "words.txt")) == 100_000
        return time.thread_time() - begin

    assert min(seconds() for _ in range(3)) < 0.5


def test_the_dialog_tells_what_it_leaves_out(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = WordsDialog(("one",), parent)
    dialog.show()
    assert not dialog.complaint.isVisible()
    dialog.edit.setPlainText("two two na\u00efve")
    assert "na\u00efve" in dialog.complaint.text()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == [("two",)]
