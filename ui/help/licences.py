"""The licences of the program and of everything that it comes with."""

import platform
import re
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from ui.boxes import in_column
from ui.help.versions import VERSION
from ui.language import tr
from ui.locations import RESOURCES
from ui.rows import Rows

ROOT = RESOURCES.parent
GNU = {"LGPL-3": "LGPL-3.0.txt", "GPL-3": "GPL-3.0.txt"}  # texts that packages name and do not bring
LONGEST_NAME = 60  # letters of a licence that is named and not quoted


@dataclass(frozen=True)
class Licence:
    """Of one package: what it is called, and the texts."""

    package: str
    name: str
    text: str


def licences() -> Iterator[Licence]:
    """Ours first, then Python's, then those of the packages that are here, in the order of requirements.txt."""
    yield Licence(f"Inklattice {VERSION}", "MIT", _text(ROOT / "LICENSE"))
    yield Licence(f"Python {platform.python_version()}", "PSF-2.0", _python())
    lines = _text(ROOT / "requirements.txt").splitlines()
    for package in re.findall(r"^([\w-]+)==", "\n".join(lines), re.MULTILINE):
        try:
            yield _licence(distribution(package))
        except PackageNotFoundError:  # not in the bundle, or not installed
            continue


def _licence(package: Distribution) -> Licence:
    about = package.metadata
    named = [about[field] for field in ("License-Expression", "License") if field in about]
    stated = next(filter(None, named), _classified(about.get_all("Classifier") or ()))
    name = stated if len(stated) <= LONGEST_NAME and "\n" not in stated else tr("see the text")
    own = [file for file in package.files or () if ".dist-info" in str(file.parent) and _is_licence(file.name)]
    texts = [f"{file.name}\n\n{_text(Path(str(file.locate())))}" for file in own]
    if not texts:
        texts = [stated, *(_text(RESOURCES / "licences" / file) for named, file in GNU.items() if named in stated)]
    return Licence(f"{about['Name']} {package.version}", name, "\n\n\n".join(filter(None, texts)))


def _classified(classifiers: Iterable[str]) -> str:
    return ", ".join(each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::"))


def _is_licence(name: str) -> bool:
    return bool(re.match(r"(?i)licen[cs]e|copying|notice|authors|apache|bsd|mit", name))


def _python() -> str:
    places = (ROOT / "python" / "LICENSE.txt", Path(sysconfig.get_path("stdlib")) / "LICENSE.txt")
    return next((text for text in map(_text, places) if text), "https://docs.python.org/3/license.html")


def _text(path: Path) -> str:
    """The text of a file; none where there is no such file."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


class LicencePage(QWidget):
    """A list of packages, and the text of the one that is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._licences = list(licences())
        self.packages = Rows()
        self.packages.setAccessibleName(tr("Packages and their licences"))
        self.packages.addItems([f"{each.package} \u2013 {each.name}" for each in self._licences])
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(tr("Text of the licence"))
        self.packages.currentRowChanged.connect(lambda row: self.text.setPlainText(self._licences[row].text))
        self.packages.setCurrentRow(0)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.packages)
        parts.addWidget(self.text)
        parts.setChildrenCollapsible(False)
        in_column(parts, of=self, margins=(16, 14, 16, 14))
