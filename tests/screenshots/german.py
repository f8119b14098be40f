"""The scenes that hold most of our own words, in German and at 100 %: python -m tests.screenshots.german FOLDER."""

import os
import sys
from pathlib import Path

from ui.language import speak

SHOWN = ("documents", "help", "teach", "write")


def main() -> None:
    """The language comes before the window is imported."""
    os.environ |= {"QT_SCALE_FACTOR": "1", "QT_QPA_PLATFORM": "offscreen"}
    speak("de")
    from tests.screenshots.__main__ import take

    take(Path(sys.argv[1]), SHOWN)


if __name__ == "__main__":
    main()
