"""Pen ink: the document, its commands, selection, shapes, files and pictures."""
