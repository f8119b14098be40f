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

    def __call__(self, done: int, total: int | None, note: str = "") -> None:
        """Show that ``done`` of ``total`` steps are done (None: nobody knows of how many), and a note beside it."""
        if self._shown:
            filled = _COLUMNS * min(done, total) // max(total, 1) if total is not None else 0
            bar = "█" * filled + "░" * (_COLUMNS - filled)
            steps = f"{done}/{'?' if total is None else total}"
            print(f"\r{self._title} {bar} {steps} {note}".rstrip() + "\033[K", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Leave the line to others."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
