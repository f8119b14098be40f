"""The beams of the readers of text: as wide as each says, and narrower where a line has more to it than people write."""

from recognizer.gtn import Graph, beam_search


def narrowing_search(recognition: Graph, language: Graph, *, width: int, margin: float, steps: int) -> Graph:
    """What a beam finds that goes on with ``width`` nodes of the language at most, and takes as many steps: arcs of
    ``recognition``, each from so many nodes."""
    width = max(1, min(width, steps // max(1, len(recognition.label))))
    return beam_search(recognition, language, width=width, margin=margin)
