"""The version of the program, and of what it runs on: for the about page, the log, and details that are copied."""

import platform

from PySide6.QtCore import qVersion

from recognizer.version import VERSION


def versions() -> str:
    """One line for whoever wants to mend something."""
    return (
        f"Inklattice {VERSION}, Python {platform.python_version()}, Qt {qVersion()}, torch {_installed('torch')}, "
        f"{platform.system()} {platform.release()} on {platform.machine()}"
    )


def _installed(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # takes longer than all of help

    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
