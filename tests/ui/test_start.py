"""The window is shown before anything heavy is imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "scipy", "numba", "torch", "PIL", "skimage", "recognizer.readers", "recognizer.gtn")
MADE = """
import sys, tempfile, pathlib
from ui.app import make_application, make_window
from ui.places import places_in
from ui.problems import Problems
from ui.readers import KINDS
application = make_application()
window = make_window(application, places_in(pathlib.Path(tempfile.mkdtemp())), KINDS, Problems())
window.show()
application.processEvents()
print([name for name in sys.argv[1:] if name in sys.modules])
"""


def run(*command: str, **variables: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_the_window_needs_nothing_heavy() -> None:
    assert run(sys.executable, "-c", MADE, *HEAVY) == "[]"


def test_the_start_is_measured_from_the_outside() -> None:
    seconds = float(run(sys.executable, "main.py", INKLATTICE_TIME_START="1"))
    print(f"window on the screen after {seconds:.2f} s")
    assert 0 < seconds < 5  # the bar is 0.5 on a quiet machine; this only sees that something has gone very wrong
