"""Progress of long work on a terminal."""

import sys

_COLUMNS = 30


def say(sentence: str) -> None:
    """A sentence on a terminal's stderr, in place of a bar."""
    if sys.stderr.isatty():
        print(f"\r{sentence}\033[K", file=sys.stderr, flush=True)


class Bar:
    """Progress on a terminal's stderr; silent where stderr is no terminal."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._shown = sys.stderr.isatty()

    def __call__(self, done: float, total: int | None, note: str = "") -> None:
        """Show that ``done`` of ``total`` steps are done (None: nobody knows of how many), and a note beside it; of a
        step that is under way ``done`` may count a part."""
        if self._shown:
            filled = int(_COLUMNS * min(done, total) / max(total, 1)) if total is not None else 0
            bar = "█" * filled + "░" * (_COLUMNS - filled)
            steps = f"{int(done)}/{'?' if total is None else total}"
            print(f"\r{self._title} {bar} {steps} {note}".rstrip() + "\033[K", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Leave the line to others."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


class ReadingBar:
    """The same of files that are read page by page, and line by line: one page of text may take a minute."""

    def __init__(self, files: int) -> None:
        self._bar, self._files, self._file = Bar("reading"), files, -1
        self._page = self._line = (0, 1)  # done, of how many

    def open(self) -> None:
        """The next file."""
        self._file += 1
        self.turn_to(0, 1)

    def turn_to(self, done: int, pages: int) -> None:
        """The page of a file after so many."""
        self._page, self._line = (done, pages), (0, 1)
        self._show("")

    def go_to(self, done: int, lines: int) -> None:
        """The line of a page after so many."""
        self._line = done, lines
        self._show(f"line {done + 1} of {lines}")

    def clear(self) -> None:
        """Leave the line to others."""
        self._bar.clear()

    def _show(self, line: str) -> None:
        (page, pages), (done, lines) = self._page, self._line
        notes = [f"page {page + 1} of {pages}"] * (pages > 1) + [line or "looking for writing"]
        self._bar(self._file + (page + done / lines) / pages, self._files, ", ".join(notes))
