"""Scanned pages: what they are and how they are loaded. Knows no ink, graph or network."""

from recognizer.page.load import load_pages
from recognizer.page.page import Page

__all__ = ["Page", "load_pages"]
