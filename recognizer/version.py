"""The version of the program: this is the one place that says it."""

import argparse
from pathlib import Path

from recognizer.platform import model_files, resources_folder

VERSION = "0.1.0"


def with_models() -> str:
    """The version, and a line for each model that it reads with: its name, how its file's SHA-256 begins, and where it lies if
    the user has trained it."""
    return "\n".join([f"Inklattice {VERSION}", *map(_described, model_files())])


def _described(model: Path) -> str:
    from hashlib import sha256  # which takes as long to import as much of the rest

    own = "" if model.parent.parent == resources_folder() else f" (your own: {model})"
    return f"  {model.stem} {sha256(model.read_bytes()).hexdigest()[:12]}{own}"


class PrintVersion(argparse.Action):
    """The option that prints them, which are looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print and end."""
        print(with_models())
        parser.exit()
