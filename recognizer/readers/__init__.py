"""Readers: from ink or a page to a text, and the trace of graphs that led to it. `catalog` has those that come with the program."""
