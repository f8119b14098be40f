"""Pen strokes: what they are and how they are kept in files. Knows no page, graph or network."""

from recognizer.ink.ink import Ink
from recognizer.ink.inkml import read_inkml, write_inkml

__all__ = ["Ink", "read_inkml", "write_inkml"]
