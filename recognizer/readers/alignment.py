"""The paths that write a wanted text: what the reader's own graphs make of it, however little they like it."""

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.gtn import Graph, alignments, graph_of, viterbi
from recognizer.gtn.arrays import numbers
from recognizer.readers.reader import LatticeReader
from recognizer.readers.reading import Reading


def writings(text: str, symbols: tuple[str, ...]) -> Graph:
    """The label sequences that write ``text``, as an acceptor: node k is after k characters. ``symbols``: text of each label.

    Raises InputError, naming the character, where no label writes on.
    """
    if not text:
        raise InputError("There is no text to look for: type one.")
    arcs = [
        (place, place + len(symbol), label)
        for place in range(len(text))
        for label, symbol in enumerate(symbols)
        if symbol and text.startswith(symbol, place)
    ]
    leaves, enters, labels = zip(*arcs, strict=True) if arcs else ((), (), ())
    for place in range(len(text)):
        if place not in leaves:
            after = f" after {text[:place]!r}" if place else ""
            raise InputError(f"This reader writes no {text[place]!r}{after}.")
    return graph_of(leaves, enters, labels, final=[len(text)], nodes=len(text) + 1)


def reader_of(reading: Reading) -> LatticeReader[object]:
    """The reader whose grammar decodes the reading. Raises InputError where none is known."""
    if not isinstance(reading.trace.reader, LatticeReader):
        raise InputError("This reading cannot be decoded again: its trace names no reader.")
    return reading.trace.reader


def paths_writing(text: str, reading: Reading, recognition: Graph | None = None) -> Graph:
    """All paths that write ``text``, also those that a search has left out; origins = (arc of recognition, arc of grammar).

    ``recognition`` may stand for the reading's own graph with other penalties. Raises InputError or NothingToRead, in words for
    the user, where there is none.
    """
    reader = reader_of(reading)
    target = writings(text, reader.symbols)
    graph = reading.trace.recognition if recognition is None else recognition
    paths = reader.weigh(alignments(graph, reader.grammar, target), graph)
    if not np.isfinite(numbers(viterbi(paths))[0]):
        raise NothingToRead(f"No way of cutting and reading this ink writes {text!r}.")
    return paths
