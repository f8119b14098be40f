"""Ink in a queue."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from recognizer.ink import Ink, write_inkml
from recognizer.readers.reader import ignore
from recognizer.readers.reading import Reading
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_lines import reader
from ui.model.documents.reader import read_file
from ui.model.documents.result import Result, Row, State


class _Disagreeing:
    """Reads lines in which two systems find no text in common, but for the first of them."""

    threshold = 0.3

    def __init__(self) -> None:
        self._lines, self._read = reader(), 0

    def read(self, source: Ink, on_stage: Callable[[str], None] = ignore) -> Reading:
        self._read += 1
        return replace(self._lines.read(source, on_stage), agreed=self._read == 1)


def _result(tmp_path: Path, lines: int) -> Result:
    file = tmp_path / "page.inkml"
    file.write_bytes(write_inkml(page(*((250.0 * k, "abba abba abba") for k in range(lines)))))
    (result,) = read_file(file, frozenset(), {}, "text", lambda _kind: _Disagreeing(), lambda: None)
    return result


def test_a_page_that_is_given_up_says_why_and_keeps_what_was_read(tmp_path: Path) -> None:
    whole, given_up = _result(tmp_path, lines=2), _result(tmp_path, lines=40)
    assert not whole.error
    assert given_up.text.startswith(whole.text)
    assert "left unread" in given_up.error
    assert Row(given_up).state({"text": 0.0}) is State.FAILED
