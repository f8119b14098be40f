"""Does the program read what came with it? What a new installation, and a bundle, can be asked: ``main.py --self-test``."""

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer import platform
from recognizer.errors import InputError

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading

ENDINGS = (".inkml", ".png", ".jpg")


def self_test(samples: Path) -> int:
    """Read every sample and print what was read; 1 where one is read as something else than its name says, or not at all.

    Compiles what is not compiled yet, so that nobody waits for it later.
    """
    from recognizer.gtn import compile_kernels

    platform.set_threads(platform.default_threads())
    compile_kernels()
    files = sorted(file for file in samples.glob("*-*") if file.suffix in ENDINGS)
    wrong = [file.name for file in files if not _reads(file)]
    _compile_for_text(files)
    if wrong or not files:
        print(f"Not as they were written: {', '.join(wrong)}." if wrong else f"There are no samples in {samples}.")
        return 1
    print(f"All {len(files)} samples were read as they were written.")
    return 0


def _compile_for_text(files: list[Path]) -> None:
    """Of a page of text there is no sample: an amount is read as one, time and again, whatever comes of it."""
    import numpy as np

    from recognizer.page import Page, load_pages
    from recognizer.readers import catalog

    for file in files:
        if file.suffix == ".png":
            with suppress(InputError):
                catalog.load_reader("scan").read(Page(np.tile(load_pages(file)[0].grey, (5, 2))))
            break


def _reads(file: Path) -> bool:
    kind, _, written = file.stem.partition("-")
    begun = time.perf_counter()
    try:
        reading = _read(kind, file)
    except InputError as error:
        print(f"{file.name}: {error}", flush=True)
        return False
    print(f"{file.name}: {reading.text} ({time.perf_counter() - begun:.1f} s)", flush=True)
    return written.replace("-", " ") in reading.text


def _read(name: str, file: Path) -> "Reading":
    """The reading of the first page of a file whose name begins with its kind."""
    from recognizer.readers import catalog
    from recognizer.readers.sources import sources_in

    (kind,) = (kind for kind in catalog.KINDS if kind == name)
    return catalog.load_reader(kind).read(sources_in(file, kind)[0])
