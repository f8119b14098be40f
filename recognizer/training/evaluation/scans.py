"""How well images of writing are read: errors of characters and words."""

from pathlib import Path
from typing import Any

import numpy as np

from recognizer.errors import InputError
from recognizer.page import load_pages
from recognizer.readers.catalog import load_reader
from recognizer.training.data.labelled_images import labelled_images
from recognizer.training.evaluation.rejection import rejection_curve
from recognizer.training.evaluation.tasks import Options
from recognizer.training.evaluation.text import errors


def evaluate_scans(data: Path, options: Options) -> dict[str, Any]:
    """The reader of scans on a folder of images of lines or pages with their texts; see `labelled_images`.

    ``word_error`` and ``character_error``: insertions, deletions and substitutions for each true one; what is not read has them all.
    """
    reader = load_reader("scan", options.system, lexicon=options.lexicon)
    images = labelled_images(data, options.split)
    if options.limit is not None and options.limit < len(images):
        images = [images[k] for k in np.linspace(0, len(images) - 1, options.limit).astype(int)]
    pairs, outcomes, seconds = [], [], []
    for done, image in enumerate(images):
        options.progress(done, len(images))
        truth, text = " ".join(image.text.split()), ""
        try:
            reading = reader.read(load_pages(image.file)[0])
            text = " ".join(reading.text.split())
            outcomes.append((reading.confidence, text != truth))
            seconds.append(reading.seconds)
        except InputError:
            pass
        pairs.append((text, truth))
    return (
        {"samples": len(pairs), "unread": 1 - len(outcomes) / len(pairs)}
        | errors(pairs)
        | {
            "curve": rejection_curve(outcomes, len(pairs)),
            "seconds": sum(seconds),
            "median_seconds": float(np.median(seconds)) if seconds else 0.0,
        }
    )
