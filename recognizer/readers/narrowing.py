"""The beams of the readers of text: as wide as each says, and narrower where a line is longer than people write."""

from recognizer.gtn import Graph, beam_search


def narrowing_search(recognition: Graph, language: Graph, *, width: int, margin: float, pairs: int) -> Graph:
    """What a beam finds that goes on with ``pairs`` of nodes of both at most, and with ``width`` for each of ``recognition``."""
    width = max(1, min(width, pairs // int(recognition.nodes[-1])))
    return beam_search(recognition, language, width=width, margin=margin)
