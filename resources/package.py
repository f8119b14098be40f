"""The program as a package: in an installation this is `inklattice/__init__.py`, beside main.py, ui and resources (pyproject.toml).

Those find each other by the names that they have in the repository, which are too common for the top of site-packages: so their
folder is looked in once the program runs, and only then.
"""

import sys
from pathlib import Path


def run() -> int:
    """Run what the command line asks for; returns the exit status."""
    sys.path.insert(0, str(Path(__file__).parent))
    from main import main

    return main()
