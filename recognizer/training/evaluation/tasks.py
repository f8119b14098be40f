"""What ``main.py evaluate`` knows: tasks by name. Every rate is a share between 0 and 1."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.errors import InputError
from recognizer.platform import resources_folder
from recognizer.training.data.labelled_amounts import agrees, by_value, labelled_files
from recognizer.training.evaluation.rejection import POINTS, accepted_at, calibration_error, rejection_curve


@dataclass(frozen=True)
class Options:
    """How to evaluate, as asked on the command line."""

    system: str | None = None  # None: whichever is best
    lexicon: str | None = None
    country: str | None = None  # where amounts are written as they are; None: anywhere
    split: str = "val"
    limit: int | None = None  # samples
    progress: Callable[[int, int], None] = lambda done, total: None


def evaluate_mnist(data: Path, options: Options) -> dict[str, Any]:
    """LeNet-5 by the book on the digits of a folder of IDX files; ``--split test`` takes the 10,000."""
    from recognizer.networks.store import load_model
    from recognizer.training.data.mnist import Digits, load_digits
    from recognizer.training.recipes.lenet5 import error_rate

    network = load_model(resources_folder() / "models" / "lenet5.safetensors").network
    digits = load_digits(data, options.split)
    digits = Digits(digits.images[: options.limit], digits.classes[: options.limit])
    start = time.perf_counter()
    error = error_rate(network, digits)
    parameters = sum(value.numel() for name, value in network.named_parameters() if name != "output.centres")
    return {
        "samples": len(digits.classes),
        "error": error,
        "seconds": time.perf_counter() - start,
        "parameters": parameters,
    }


def evaluate_amounts(data: Path, options: Options) -> dict[str, Any]:
    """The amount reader on the images of ``labels.csv``: wrong where the value is, or, of labels without a point, any digit;
    ``compared`` says which.

    ``calibration_error``: of the confidences of what was read. ``curve``: what could be accepted within each error rate;
    ``points``: what the thresholds stored with the model accept, by
    the error rate that they were measured for.
    """
    from recognizer.page import load_pages
    from recognizer.readers import load_amount_reader

    files = labelled_files(data)[: options.limit]
    reader = load_amount_reader(system=options.system, country=options.country)
    outcomes, seconds, unread = [], [], 0
    for done, (file, text) in enumerate(files):
        options.progress(done, len(files))
        page = load_pages(file)[0]
        try:
            reading = reader.read(page)
        except InputError:
            unread += 1
            continue
        outcomes.append((reading.confidence, not agrees(reading.text, text)))
        seconds.append(reading.seconds)
    wrong = sum(miss for _, miss in outcomes)
    thresholds = {rate: load_amount_reader(rate, options.system).threshold for rate in POINTS}
    return {
        "samples": len(files),
        "compared": " and ".join(sorted({"values" if by_value(text) else "digits" for _, text in files}, reverse=True)),
        "error": (wrong + unread) / len(files),
        "unread": unread / len(files),
        "calibration_error": calibration_error(outcomes),
        "curve": rejection_curve(outcomes, len(files)),
        "points": [accepted_at(outcomes, len(files), rate, threshold) for rate, threshold in thresholds.items()],
        "seconds": sum(seconds),
        "median_seconds": sorted(seconds)[len(seconds) // 2] if seconds else 0.0,
    }


def evaluate_cheques(data: Path, options: Options) -> dict[str, Any]:
    """The cheque reader on the images of ``labels.csv``: wrong where the amount has another value."""
    from recognizer.training.evaluation.cheques import evaluate_cheques

    return evaluate_cheques(labelled_files(data)[: options.limit], options.progress, options.country)


def evaluate_ink_numbers(data: Path, options: Options) -> dict[str, Any]:
    """The ink reader on strings of 1 to 8 digits set from the isolated digits of an .npz file, or of the folder that holds it."""
    from recognizer.readers import load_number_reader
    from recognizer.training.evaluation.ink_numbers import evaluate_ink_numbers

    return evaluate_ink_numbers(data, options.split, options.limit, load_number_reader(), options.progress)


def evaluate_chars(data: Path, options: Options) -> dict[str, Any]:
    """The recogniser of isolated characters on an .npz file of ink, or on ``chars.npz`` in a folder."""
    from recognizer.networks.store import load_model
    from recognizer.training.data.character_pictures import CATEGORIES, UNIPEN, make_characters
    from recognizer.training.data.inksets import load_inkset
    from recognizer.training.recipes.characters import errors

    network = load_model(resources_folder() / "models" / "characters.safetensors").network
    start = time.perf_counter()
    inkset = load_inkset(data / "chars.npz" if data.is_dir() else data)
    characters = make_characters(inkset, options.split, options.limit)
    if not len(characters.classes):
        raise InputError(f"{data} holds no single characters.")
    error, within = errors(network, characters)
    names = dict(zip(CATEGORIES, UNIPEN, strict=True))
    return {
        "samples": len(characters.classes),
        "error": error,
        "by_category": {names[name]: wrong for name, wrong in within.items()},
        "seconds": time.perf_counter() - start,
    }


def evaluate_words(data: Path, options: Options) -> dict[str, Any]:
    """The ink reader on the words of an .npz file of ink, or of ``words.npz`` in a folder; ``letters`` are those of letters only."""
    from recognizer.readers import load_ink_reader
    from recognizer.training.evaluation.text import evaluate_text

    reader = load_ink_reader(lexicon=options.lexicon, system=options.system, single=True)
    return evaluate_text(data, "words.npz", options.split, options.limit, reader, options.progress)


def evaluate_lines(data: Path, options: Options) -> dict[str, Any]:
    """The ink reader on the lines of an .npz file of ink, or of ``text.npz`` in a folder."""
    from recognizer.readers import load_ink_reader
    from recognizer.training.evaluation.text import evaluate_text

    reader = load_ink_reader(lexicon=options.lexicon, system=options.system)
    return evaluate_text(data, "text.npz", options.split, options.limit, reader, options.progress)


TASKS: dict[str, Callable[[Path, Options], dict[str, Any]]] = {
    "mnist": evaluate_mnist,
    "amounts": evaluate_amounts,
    "cheques": evaluate_cheques,
    "ink-numbers": evaluate_ink_numbers,
    "chars": evaluate_chars,
    "words": evaluate_words,
    "lines": evaluate_lines,
}
