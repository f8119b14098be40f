"""A page of writing: its lines, each with its pixels and its base line, and what else the page shows."""

from recognizer.page.text.found import Region, TextLayout, TextLine
from recognizer.page.text.page_lines import find_text

__all__ = ["Region", "TextLayout", "TextLine", "find_text"]
