import pytest

from recognizer.language.written import value_written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234.00"),
        ("1,234.50", "1234.50"),
        ("1.234,50 €", "1234.50"),
        ("$ 885 53/100", "885.53"),
        ("12 3/100", "12.03"),
        ("$ 1,200 0/100", "1200.00"),
        ("123/100", "1.23"),
        ("22,141 XX/100", "22141.00"),
        ("₹ 1,00,000/-", "100000.00"),
        ("Fr. 5'534.-", "5534.00"),
        ("12 zł", "12.00"),
        ("£12·50", "12.50"),
        ("007", "7.00"),
        ("12⁵⁰", "12.50"),
        ("12 ⁵⁰/₁₀₀", "12.50"),
    ],
)
def test_amounts_have_a_value(text: str, value: str) -> None:
    assert value_written(text) == value


@pytest.mark.parametrize("text", ["", " ", "illegible", "twelve", "12%", "1.2.3", "$", "5 dollars"])
def test_what_is_no_amount_has_none(text: str) -> None:
    assert value_written(text) is None
