"""How well images of writing are read: errors of characters and words."""

from functools import partial
from pathlib import Path
from typing import Any

from recognizer.page import Page, load_pages
from recognizer.readers.catalog import load_reader
from recognizer.training.data.labelled_images import labelled_images
from recognizer.training.data.many import evenly
from recognizer.training.evaluation.tasks import Options
from recognizer.training.evaluation.text import read_all


def evaluate_scans(data: Path, options: Options) -> dict[str, Any]:
    """The reader of scans on a folder of images of lines or pages with their texts; see `labelled_images`.

    ``word_error`` and ``character_error``: insertions, deletions and substitutions for each true one; what is not read has them all.
    """
    reader = load_reader("scan", options.system, lexicon=options.lexicon)
    images = labelled_images(data, options.split)
    chosen = [images[k] for k in evenly(len(images), options.limit)]
    found = read_all(reader, [(partial(first_page, image.file), image.text) for image in chosen], options.progress)
    return found.figures() | {"unread": 1 - len(found.outcomes) / len(found.pairs)}


def first_page(file: Path) -> Page:
    """That of a file. Raises InputError where none can be read."""
    return load_pages(file)[0]
