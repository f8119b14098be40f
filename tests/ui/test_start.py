"""The window is shown before anything heavy is imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "scipy", "numba", "torch", "PIL", "skimage", "recognizer.readers.reader", "recognizer.gtn")
MADE = """
import sys, tempfile, pathlib
from ui.app import make_application, make_window
from ui.locations import locations_in
from ui.problems import Problems
from ui.model.readers import KINDS
application = make_application()
window = make_window(application, locations_in(pathlib.Path(tempfile.mkdtemp())), KINDS, Problems())
window.show()
application.processEvents()
print([name for name in sys.argv[1:] if name in sys.modules])
"""


def run(*command: str, **variables: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=True)
    return done.stdout.strip()


def test_the_window_needs_nothing_heavy() -> None:
    assert run(sys.executable, "-c", MADE, *HEAVY) == "[]"


def test_the_start_is_measured_from_the_outside() -> None:
    seconds = float(run(sys.executable, "main.py", INKLATTICE_TIME_START="1"))
    print(f"window on the screen after {seconds:.2f} s")
    assert seconds > 0  # `make bench` holds it


def test_the_time_from_pen_to_pixels_is_measured_from_the_outside() -> None:
    middle, slowest, page, stall = map(float, run(sys.executable, "main.py", INKLATTICE_TIME_CANVAS="1").split())
    print(f"pen to pixels {1e3 * middle:.1f} ms, at most {1e3 * slowest:.0f}; whole page {1e3 * page:.0f} ms")
    assert 0 < middle <= slowest
    assert page > 0
    assert stall > 0  # s that a full sheet keeps the window from answering
