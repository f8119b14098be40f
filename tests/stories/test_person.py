"""Stories know a person and what a person sees; how the window is made of its parts, the person knows alone."""

import re
from pathlib import Path

INSIDE = re.compile(r"\.window\.(panes|bench|actions_|files|help|teaching)\b|(?<!\bself)\._[a-z]")


def test_stories_reach_the_window_through_the_person() -> None:
    stories = [file for file in Path(__file__).parent.glob("*.py") if file.name not in ("person.py", "conftest.py")]
    assert len(stories) > 20
    found = [
        (file.name, line) for file in stories for line in file.read_text("utf-8").splitlines() if INSIDE.search(line)
    ]
    assert found == []
