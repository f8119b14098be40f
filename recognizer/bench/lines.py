"""From pen up to text: lines of forty characters, timed as `words` are."""

from recognizer.bench.words import timed, written

LINES = (
    "the old man walked slowly along the road",
    "people who write letters want an answer",
    "we should have known what this would be",
)


def run() -> dict[str, float | int]:
    """Median and 95th percentile of a reading, share of words read right, and the time until the reader is loaded."""
    return timed("text", LINES, written)
