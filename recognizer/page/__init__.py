"""Scanned pages: what they are, how they are loaded and cut into segments. Knows no ink, graph or network."""

from recognizer.page.frames import PageFrames, frames_of_page
from recognizer.page.load import each_page, load_pages
from recognizer.page.page import Page
from recognizer.page.segment import PageSegments, segment_page

__all__ = ["Page", "PageFrames", "PageSegments", "each_page", "load_pages", "segment_page", "frames_of_page"]
