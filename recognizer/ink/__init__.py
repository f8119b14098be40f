"""Pen strokes: what they are and how they are kept in files. Knows no page, graph or network."""

from recognizer.ink.ink import Ink

__all__ = ["Ink"]
