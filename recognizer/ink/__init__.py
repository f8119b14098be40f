"""Pen strokes: what they are, how they are kept in files, cut and painted. Knows no page, graph or network."""

from recognizer.ink.ink import Ink
from recognizer.ink.inkml import read_inkml, read_labelled_inkml, write_inkml
from recognizer.ink.inkml_brushes import Brush
from recognizer.ink.segment import InkSegments, segment_ink

__all__ = ["Brush", "Ink", "InkSegments", "read_inkml", "read_labelled_inkml", "segment_ink", "write_inkml"]
