"""What must be fast, measured: each module here holds one benchmark, ``run() -> dict`` of named figures.

The name of a figure ends in its unit (``median_ms``), so that a table and a JSON object need no further explanation.
"""

BENCHES = (
    "batch",
    "canvas",
    "cheques",
    "gtn",
    "lattice",
    "networks",
    "read",
    "words",
    "lines",
    "scans",
    "pages",
    "start",
)
