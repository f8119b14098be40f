"""What was said of words on pages, as it is kept: the last one about a word counts, and what is damaged harms nothing else."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.model.page.kept_text import KeptText, said_in

HERE, ELSEWHERE, TURNED = ("d", 1, 0), ("d", 2, 0), ("d", 1, 1)
WORD, OTHER = (0.5, 1.0, 9.25, 5.0), (20.0, 1.0, 29.0, 5.0)


def test_the_last_one_counts_for_its_page_as_it_lies(qtbot: QtBot, tmp_path: Path) -> None:
    errors: list[BaseException] = []
    kept = KeptText(tmp_path / "text.jsonl", errors.append)
    kept.say(HERE, [(WORD, "a"), (OTHER, "b"), (WORD, "c")])
    kept.say(HERE, [(OTHER, None)])
    kept.say(ELSEWHERE, [(WORD, "elsewhere")])
    with qtbot.waitSignal(kept.told) as told:
        kept.ask(HERE)
    assert told.args == [HERE, {WORD: "c"}]
    kept.close()
    assert said_in(tmp_path / "text.jsonl", ELSEWHERE) == {WORD: "elsewhere"}
    assert said_in(tmp_path / "text.jsonl", TURNED) == {}
    kept.ask(HERE)  # nobody is there who would tell
    assert errors == []


def test_what_is_no_entry_is_passed_over(tmp_path: Path) -> None:
    good = '{"digest": "d", "page": 1, "turned": 0, "box": [0.5, 1.0, 9.25, 5.0], "text": "c"}'
    bad = ["{", "null", "[]", "{}", good.replace("9.25", "NaN"), good.replace('"c"', "7"), good.replace("0.5, ", "")]
    (tmp_path / "text.jsonl").write_text("\n".join([*bad, good, *bad]))
    assert said_in(tmp_path / "text.jsonl", HERE) == {WORD: "c"}


def test_a_disk_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    (tmp_path / "file").touch()
    kept = KeptText(tmp_path / "file" / "text.jsonl", errors.append)
    kept.say(HERE, [(WORD, "a")])
    kept.close()
    assert len(errors) == 1
