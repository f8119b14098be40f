"""What a person types as an amount, held against the grammar that readers of amounts go by."""

from ui.model.documents.result import AMOUNT, CHEQUE, Row


def can_be_typed(row: Row, text: str) -> bool:
    """May the page say this? Whatever was read may be said again."""
    if row.result.kind not in (AMOUNT, CHEQUE) or text in ("", row.result.text):
        return True
    from recognizer.language.written import value_written

    return value_written(text) is not None


def amounts_are_known() -> None:
    """Make the grammar, which takes a second, before anybody waits for it."""
    from recognizer.language.written import value_written

    value_written("0")
