"""Readers: from ink or a page to a text, and the trace of graphs that led to it."""

from recognizer.readers.composed import ComposedReader
from recognizer.readers.doubt import DoubtingReader
from recognizer.readers.joined import JoinedReader
from recognizer.readers.reader import Reader
from recognizer.readers.reading import Alternative, Reading, Stage, Trace
from recognizer.readers.shelf import (
    MAX_ERROR,
    TEXT_MAX_ERROR,
    load_amount_reader,
    load_cheque_reader,
    load_ink_reader,
    load_number_reader,
)

__all__ = [
    "MAX_ERROR",
    "TEXT_MAX_ERROR",
    "Alternative",
    "ComposedReader",
    "DoubtingReader",
    "JoinedReader",
    "Reader",
    "Reading",
    "Stage",
    "Trace",
    "load_amount_reader",
    "load_cheque_reader",
    "load_ink_reader",
    "load_number_reader",
]
