"""The characters that amounts of money are written with, and how each country writes them: the table behind grammar and synthesis."""

from collections.abc import Mapping
from dataclasses import dataclass

DIGITS = "0123456789"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # digits that are smaller and stand higher than others: cents, with a line under them or without
SIGNS = "$£€₹"
MARKS = ".,'-/*=#"
# Of currencies, of "xx" and "no" for no cents, and of "only"; capitals count as small ones.
LETTERS = "bcdefghiklnoprsuxyz"
CHARACTERS = (*DIGITS, *RAISED, *SIGNS, *MARKS, *LETTERS)

# What says which currency, as the characters above, and its ISO code; None: one of several.
CURRENCIES: Mapping[str, str | None] = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "r$": "BRL",
    "fr": "CHF",
    "sfr": "CHF",
    "rs": "INR",
    "kr": None,
    "zl": "PLN",
} | {code.lower(): code for code in ("USD", "GBP", "EUR", "CHF", "INR", "BRL", "SEK", "NOK", "DKK", "PLN")}

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Country:
    """How amounts are written somewhere: ways, each with how often it is taken beside the others of its kind.

    In the ways of writing cents ``c`` stands for a digit and ``r`` for a raised one; a space is a gap.
    """

    currency: str | None  # its ISO code; None: there are several
    before: Shares  # what stands before the digits, and
    after: Shares  # what stands behind them
    thousands: Shares  # what stands between groups of digits; "lakh" is a comma before the last three and then before every two
    cents: Shares
    whole: Shares  # what is written where there are no cents


_OVER = {" cc/100": 1.0, " rr/100": 0.7, " rr/rrr": 0.5, " rr/₁₀₀": 0.5}
_NO_CENTS = {
    " xx/100": 1.0,
    " no/100": 0.7,
    " 00/100": 1.0,
    "⁰⁰": 1.0,
    " XX/100": 0.4,
    " ⁰⁰/¹⁰⁰": 0.4,
    " ⁰⁰/₁₀₀": 0.4,
    " xx": 0.15,
    " no": 0.1,
}

COUNTRIES: Mapping[str, Country] = {
    "US": Country(
        "USD",
        {"$": 5, "$ ": 2, "": 3, "USD ": 0.5},
        {"": 9, " USD": 0.4, "$": 0.1},
        {",": 6, "": 4, " ": 0.3},
        {".cc": 5, ".rr": 1, "rr": 2, "-cc": 0.6, "-rr": 0.3, **_OVER},
        {".00": 4, "": 1, "-": 0.4, ".-": 0.3, ".⁰⁰": 0.7, "-00": 0.5, **_NO_CENTS},
    ),
    "UK": Country(
        "GBP",
        {"£": 6, "£ ": 2, "": 2, "GBP ": 0.5},
        {"": 9, " GBP": 0.4, " only": 0.2},
        {",": 6, "": 4, " ": 0.3},
        {".cc": 5, "-cc": 3, "·cc": 1, "rr": 0.6, ".rr": 0.4},
        {".00": 4, "-00": 2.5, "": 1, "-": 0.6, "=": 0.3, ".-": 0.4, "·00": 0.6},
    ),
    "euro area": Country(
        "EUR",
        {"€ ": 3, "€": 3, "": 3, "EUR ": 0.8},
        {"": 6, " €": 2, "€": 1, " EUR": 0.7},
        {".": 6, "": 4, " ": 0.8, "'": 0.2},
        {",cc": 6, ",rr": 1, "-cc": 0.5, ".cc": 0.6, "rr": 0.4},
        {",00": 5, ",-": 1.5, ",--": 0.8, "": 1, ".-": 0.5, "-": 0.4, ",=": 0.3, ",⁰⁰": 0.4, "=": 0.3, ".00": 0.4},
    ),
    "Switzerland": Country(
        "CHF",
        {"": 4, "Fr. ": 2.5, "CHF ": 2, "SFr. ": 0.3, "Fr ": 0.4},
        {"": 9, " Fr.": 0.5, " CHF": 0.5},
        {"'": 6, "": 3.5, " ": 0.7},
        {".cc": 6, ".rr": 1, "rr": 0.5, "-cc": 0.3},
        {".00": 3, ".-": 4, ".--": 1, "": 0.7, "-": 0.4, ".⁰⁰": 0.3, "=": 0.2},
    ),
    "India": Country(
        "INR",
        {"₹ ": 3, "₹": 3, "": 2, "Rs. ": 1.5, "Rs ": 0.7, "INR ": 0.3},
        {"": 8, " only": 0.5},
        {"lakh": 6, ",": 0.8, "": 3},
        {".cc": 5, "-cc": 0.5, "rr": 0.3},
        {"/-": 5, ".00": 2, "/=": 0.4, "": 0.7, ".00/-": 0.5, "-": 0.2, "=": 0.2},
    ),
    "Brazil": Country(
        "BRL",
        {"R$ ": 4, "R$": 3, "": 3, "BRL ": 0.2},
        {"": 1},
        {".": 7, "": 3},
        {",cc": 8, ",rr": 0.6, "-cc": 0.3},
        {",00": 7, "": 1, ",-": 0.5, ",--": 0.3, "-": 0.2, "=": 0.2},
    ),
}

# Countries whose signs are read, but that nobody can choose: their ways of writing are those of the others. Scandinavia, Poland.
NEIGHBOURS = (
    Country(
        None,
        {"": 4, "kr ": 2, "SEK ": 0.4, "NOK ": 0.4, "DKK ": 0.4, "kr. ": 0.6},
        {"": 3, " kr": 3, " kr.": 0.6, " SEK": 0.3, " DKK": 0.3},
        {" ": 3, ".": 4, "": 3},
        {",cc": 6, ".cc": 0.5},
        {",00": 4, ",-": 3, "": 1, "-": 0.5},
    ),
    Country(
        "PLN",
        {"": 9, "PLN ": 0.6},
        {"": 3, " zł": 5, "zł": 1, " PLN": 0.8},
        {" ": 4, ".": 2, "": 4},
        {",cc": 7, ".cc": 0.5},
        {",00": 5, "": 1, ",-": 1, "-": 0.5},
    ),
)

# Strokes against additions: what is written before an amount, and behind it.
FILLERS_BEFORE: Shares = {
    "": 80,
    "*": 2,
    "**": 3,
    "***": 3,
    "=": 4,
    "-": 3,
    "#": 2,
    "--": 1,
    "==": 0.5,
    "#*": 0.2,
    "****": 0.5,
}
FILLERS_AFTER: Shares = {
    "": 76,
    "*": 2,
    "**": 2,
    "***": 2,
    "=": 4,
    "-": 4,
    " -": 2,
    "--": 1.5,
    "#": 1.5,
    "- -": 0.5,
    "/": 1,
    "---": 0.7,
}


def character_of(written: str) -> str:
    """The one of CHARACTERS that a written character counts as."""
    plain = _PLAIN.get(written, written)
    return plain if plain in SIGNS or plain in RAISED else plain.lower()


_SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉"  # small ones at the foot, as in a hundred below a slash
_PLAIN = {"·": ".", "ł": "l"} | dict(zip(_SUBSCRIPT, DIGITS, strict=True))
