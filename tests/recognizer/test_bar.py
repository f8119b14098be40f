import pytest

from recognizer.bar import Bar, ReadingBar


def test_a_bar_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Bar("work")(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    Bar("work")(1, 2)
    assert "1/2" in capsys.readouterr().err


def test_the_bar_of_reading_grows_with_every_line_of_a_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    bar = ReadingBar(2)
    for _file in range(2):
        bar.open()
        for page in range(2):
            bar.turn_to(page, 2)
            for line in range(3):
                bar.go_to(line, 3)
    shown = [each for each in capsys.readouterr().err.split("\r") if "line " in each]
    filled = [each.count("\u2588") for each in shown]
    assert filled == sorted(set(filled))
    assert "0/2 page 1 of 2, line 1 of 3" in shown[0]
    assert "1/2 page 2 of 2, line 3 of 3" in shown[-1]
