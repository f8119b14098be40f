"""What the options of the command line take, beside text and paths."""

from argparse import ArgumentTypeError

from recognizer.language.money import COUNTRIES


def share(text: str) -> float:
    """From 0 to 1. Raises ArgumentTypeError for anything else."""
    return _within(text, 0.0, 1.0, "is no share from 0 to 1, as 0.01")


def positive(text: str) -> float:
    """More than nothing. Raises ArgumentTypeError for anything else."""
    return _within(text, 1e-9, 1e9, "is no number above 0")


def count(text: str) -> int:
    """1 or more. Raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is no whole number from 1 on")
    return int(text)


def country(text: str) -> str:
    """As it is written among the countries, be it in capitals here or not; anything else as it is."""
    return next((known for known in COUNTRIES if known.lower() == text.lower()), text)


def _within(text: str, least: float, most: float, fault: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise ArgumentTypeError(f"{text} {fault}")
    return number
