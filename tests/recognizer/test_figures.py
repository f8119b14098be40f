"""Figures are told one a line, tables one row a line."""

from recognizer.figures import lines_of


def test_figures_tables_and_parts_have_lines_of_their_own() -> None:
    curve = [{"max_error": 0.01, "accepted": 1 / 3}, {"max_error": 0.02, "accepted": 0.5}]
    told = list(
        lines_of({"task": "words", "word_error": 0.25, "curve": curve, "letters": {"samples": 65, "of": [1, 2]}})
    )
    assert told == [
        f"{'task':24} words",
        f"{'word error':24} 0.25",
        "curve",
        "  max error 0.01, accepted 0.3333",
        "  max error 0.02, accepted 0.5",
        "letters",
        f"{'  samples':24} 65",
        f"{'  of':24} [1, 2]",
    ]
