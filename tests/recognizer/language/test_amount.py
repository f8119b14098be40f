import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import batch, best_path, chain, compose, viterbi
from recognizer.language.amount import (
    FILLER,
    FROM_ZERO,
    JUNK_INSIDE,
    JUNK_OUTSIDE,
    LONG,
    LOST,
    NO_CENTS,
    STROKE,
    UNGROUPED,
    UPRIGHT,
    amount_grammar,
    number_grammar,
    same_value,
    spellings,
    value_of,
    written_symbols,
)
from recognizer.language.money import CHARACTERS, COUNTRIES, CURRENCIES, DIGITS, RAISED, SIGNS
from recognizer.language.money_prices import FAR, prices_in

CLASSES = (*CHARACTERS, "junk")
JUNK = "j"  # what stands for junk in the texts below
SYMBOLS = written_symbols(CLASSES)
AMOUNT, NUMBER = amount_grammar(CLASSES), number_grammar(CLASSES)
PRICES = prices_in(None)

# The same amounts once more, as regular expressions: fillers and a currency, dollars, cents or none, fillers and a currency.
CURRENCY = "|".join(re.escape(c) + ("" if c in SIGNS else r"\.?") for c in CURRENCIES)
BEFORE, AFTER = rf"[*=#-]*(?:(?:{CURRENCY})[*=#-]*)?", rf"[*=#/.,-]*(?P<currency>(?:{CURRENCY}|only)[*=#/.,-]*)?"
DOLLARS = {
    "": r"[0-9](?:-?[0-9])*",
    ",": r"[0-9]{1,3}(?:,[0-9]{3})+",
    "lakh": r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}",
    ".": r"[0-9]{1,3}(?:\.[0-9]{3})+",
    "'": r"[0-9]{1,3}(?:'[0-9]{3})+",
}
DIGIT, HUNDRED = f"[0-9{RAISED}]", "(?:/|(?P<upright>1))(?:[1¹][0⁰][0⁰]|xx)"
ENDINGS = [
    *[(f"{re.escape(mark)}(?P<cents>{DIGIT}{{2}})", mark, PRICES.cents[mark]) for mark in ".,-"],
    (f"(?P<cents>[{RAISED}]{{2}})", "", PRICES.cents["raised"]),
    (f"(?P<mark>[.,-]?)(?P<cents>{DIGIT}{{2}}){HUNDRED}", "", PRICES.cents["over"]),
    ("(?P<cents>[0-9]{2})", "", LOST),
    (f"(?:xx|no)(?:{HUNDRED})?", "", PRICES.cents["over"]),
    *[(re.escape(stroke).replace("/", "(?:/|(?P<upright>1))"), "", FILLER / 2) for stroke in NO_CENTS],
    ("", "", 0.0),
]
KINDS = [
    (rf"(?P<before>{BEFORE})(?P<dollars>{dollars}){ending}(?P<after>{AFTER})", price + PRICES.thousands.get(mark, 0.0))
    for mark, dollars in DOLLARS.items()
    for ending, cents_mark, price in ENDINGS
    if not mark or cents_mark != mark.replace("lakh", ",")
]
PATTERNS = [(re.compile(kind), price) for kind, price in KINDS]


def _expected(text: str) -> dict[str, float]:
    """Every answer that an expression gives to ``text``, with its least penalty."""
    answers: dict[str, float] = {}
    for pattern, price in PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            parts = match.groupdict()
            cents = "".join(DIGITS[RAISED.index(c)] if c in RAISED else c for c in parts.get("cents") or "")
            answer = re.sub(r"\D", "", parts["dollars"]) + ("." + cents if cents else "")
            around = "".join(re.sub(rf"{CURRENCY}|only", "", parts[side]) for side in ("before", "after"))
            fillers = len(around) + bool(parts["currency"]) + bool(parts.get("mark"))
            penalty = FILLER * fillers + price + STROKE * parts["dollars"].count("-")
            penalty += FROM_ZERO * parts["dollars"].startswith("0")
            penalty += UPRIGHT * bool(parts.get("upright"))
            if re.fullmatch(DOLLARS[""], parts["dollars"]):
                count = len(re.sub(r"\D", "", parts["dollars"]))
                penalty += LONG * max(0, count - UNGROUPED)
                penalty += 2 * LONG * (price == LOST and count > UNGROUPED - 2)
            answers[answer] = min(penalty, answers.get(answer, penalty))
    return answers


def _answers(texts: list[str], grammar=AMOUNT) -> list[tuple[float, str | None]]:  # type: ignore[no-untyped-def]
    """Penalty of each text and what the grammar writes for it, None where it is refused."""
    codes = {name: label for label, name in enumerate((*CLASSES[:-1], JUNK), 1)}
    whole = compose(batch([chain([codes[character] for character in text]) for text in texts]), grammar)
    penalties = viterbi(whole)
    path = best_path(whole)
    written = [
        "".join(SYMBOLS[label] for label in path.output[path.arcs[b] : path.arcs[b + 1]]) for b in range(len(texts))
    ]
    return [
        (float(penalty), text if penalty < float("inf") else None)
        for penalty, text in zip(penalties, written, strict=True)
    ]


def _check(texts: list[str]) -> None:
    for text, (penalty, answer) in zip(texts, _answers(texts), strict=True):
        expected = _expected(text)
        if not expected:
            assert answer is None, text
        else:
            least = min(expected.values())
            assert penalty == pytest.approx(least, abs=1e-4), text
            assert answer in {written for written, cost in expected.items() if cost == least}, text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1.234,50", "1234.50"),
        ("$1,250.00", "1250.00"),
        ("60.135.-", "60135"),
        ("1250/100", "12.50"),
        ("7", "7"),
        ("1,23", "1.23"),
        ("1,234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("**12,345.67**", "12345.67"),
        ("#$*742.50/-", "742.50"),
        ("1000", "1000"),
        ("1234567", "1234567"),
        ("1.23400/100", "1234.00"),
        ("5-", "5"),
        ("5.=", "5"),
        ("583-89", "583.89"),
        ("885⁵³/100", "885.53"),
        ("885xx/100", "885"),
        ("67no/100", "67"),
        ("4,304001100", "4304.00"),
        ("703501100", "703.50"),
        ("5831-", "5831"),
        ("40001100", "40.00"),
        ("997/-", "997"),
        ("12⁵⁰", "12.50"),
        ("12.⁵⁰", "12.50"),
        ("€1.234,50", "1234.50"),
        ("1.234,50€", "1234.50"),
        ("₹1,00,000/-", "100000"),
        ("fr.5'534.-", "5534"),
        ("chf12.05", "12.05"),
        ("r$48.000,02", "48000.02"),
        ("21,00kr", "21.00"),
        ("114,00zl.", "114.00"),
        ("$1,23450", "1234.50"),
    ],
)
def test_amounts_and_what_is_written_for_them(text: str, answer: str) -> None:
    assert _answers([text])[0][1] == answer


@pytest.mark.parametrize(
    "text",
    ["", "$", "-", "12.3", "1.2346", "1,23,45", "$$1", "1,234,5", "1.234.50", "1/100", "12.50.00", "¹²", "x1"],
)
def test_what_is_no_amount(text: str) -> None:
    assert _answers([text])[0][1] is None


@pytest.mark.parametrize("length", range(1, 6))
@pytest.mark.parametrize("alphabet", ["10.,/-", "1⁵x/,€", "10'onl"])
def test_all_short_texts_are_judged_as_by_a_regular_expression(alphabet: str, length: int) -> None:
    _check(["".join(text) for text in product(alphabet, repeat=length)])


@given(
    st.lists(
        st.sampled_from(PATTERNS).flatmap(lambda kind: st.from_regex(kind[0], fullmatch=True)), min_size=1, max_size=20
    ),
    st.data(),
)
@settings(max_examples=25)
def test_longer_texts_are_too_and_so_are_those_with_an_error(texts: list[str], data: st.DataObject) -> None:
    known = [text[:30] for text in texts]
    wrong = []
    for text in known:
        place = data.draw(st.integers(0, len(text)))
        wrong.append(
            text[:place] + data.draw(st.sampled_from(".,/$-*=#07⁵x")) + text[place + data.draw(st.integers(0, 1)) :]
        )
    _check(known + wrong)


@pytest.mark.parametrize("text", ["7", "1,234.50", "1.234", "$12,50", "*5-"])
def test_junk_around_and_within_an_amount_costs_and_changes_nothing(text: str) -> None:
    ((least, answer),) = _answers([text])
    around = _answers([JUNK + text, text + JUNK, JUNK + text + JUNK + JUNK])
    assert around == [(pytest.approx(least + JUNK_OUTSIDE * count), answer) for count in (1, 1, 3)]
    core = text.strip("$*-")
    for place in range(1, len(core)):
        found = _answers([core[:place] + JUNK + core[place:]])[0]
        assert found == (pytest.approx(_answers([core])[0][0] + JUNK_INSIDE), answer)


def test_nothing_but_junk_writes_nothing_and_costs_nothing() -> None:
    for rules in (AMOUNT, NUMBER):
        assert _answers([JUNK, JUNK * 3], rules) == [(0.0, ""), (0.0, "")]


@pytest.mark.parametrize("length", range(1, 5))
def test_a_number_is_digits_with_junk(length: int) -> None:
    texts = ["".join(text) for text in product("07.j", repeat=length)]
    for text, (penalty, answer) in zip(texts, _answers(texts, NUMBER), strict=True):
        digits = text.replace(JUNK, "")
        if not re.fullmatch(r"\d+", digits):
            assert answer == (None if digits else ""), text
            continue
        outside = len(text) - len(text.strip(JUNK))
        inside = text.count(JUNK) - outside
        assert answer == digits
        assert penalty == pytest.approx(JUNK_OUTSIDE * outside + JUNK_INSIDE * inside)


def test_symbols_are_the_text_of_labels() -> None:
    assert SYMBOLS[0] == SYMBOLS[len(CLASSES)] == ""
    assert SYMBOLS[1:11] == tuple(DIGITS)
    assert SYMBOLS[len(CLASSES) + 1 :] == tuple(f".{digit}" for digit in DIGITS)
    assert max(AMOUNT.output) == len(SYMBOLS) - 1


BLANKED = (*DIGITS, "$", ".", ",", "-", "/", "*", "=", "#", "blank")


@given(st.text("0123456789", min_size=3, max_size=6), st.integers(0, 3))
def test_spellings_are_all_ways_to_write_some_digits(digits: str, cents: int) -> None:
    """Whatever is written for an amount is a spelling of its digits, and of no others."""
    written = {
        0: digits,
        1: f"${digits}.-",
        2: f"{digits[:-2]}.{digits[-2:]}",
        3: f"{digits[:-2]}{digits[-2:]}/100",
    }
    text = written[cents]
    labels = [BLANKED.index(character) + 1 for character in text]
    reading = compose(chain(labels), amount_grammar(BLANKED))
    own = "".join(c for c in text.removesuffix("/100") if c.isdigit())
    other = own[:-1] + ("1" if own[-1] != "1" else "2")
    assert np.isfinite(viterbi(compose(reading, spellings(own, BLANKED)))[0])
    assert np.isinf(viterbi(compose(reading, spellings(other, BLANKED)))[0])
    assert np.isinf(viterbi(compose(reading, spellings(own + "0", BLANKED)))[0])


def test_a_recogniser_without_junk_reads_every_sign() -> None:
    """The grammar of classes that end in a blank has no arc for the blank: nothing is left out of a reading."""
    assert len(BLANKED) not in amount_grammar(BLANKED).label.tolist()


@given(st.text(DIGITS, min_size=1, max_size=7), st.text(DIGITS, min_size=2, max_size=2), st.booleans())
def test_texts_of_one_value_are_those_whose_value_is_the_same(dollars: str, cents: str, whole: bool) -> None:
    written = dollars if whole else f"{dollars}.{cents}"
    labels = [SYMBOLS.index(c) for c in dollars] + (
        [] if whole else [SYMBOLS.index(f".{cents[0]}"), SYMBOLS.index(cents[1])]
    )
    texts = ["".join(SYMBOLS[label] for label in same) for same in same_value(CLASSES)(tuple(labels))]
    assert written in texts
    assert {value_of(text) for text in texts} == {value_of(written)}
    assert len(texts) == (2 if whole or cents == "00" else 1)
    assert float(value_of(written)) == float(written)


@pytest.mark.parametrize(
    ("country", "text", "other"), [("US", "$1,234.50", "1.234,50"), ("Brazil", "1.234,50", "1,234.50")]
)
def test_a_country_prices_its_own_ways_least(country: str, text: str, other: str) -> None:
    prices = [_answers([each], amount_grammar(CLASSES, country))[0][0] for each in (text, other)]
    assert prices[0] == pytest.approx(0, abs=0.5)
    assert prices[1] >= FAR


def test_a_usual_way_costs_nothing_and_none_more_than_far() -> None:
    for country in (None, *COUNTRIES):
        prices = prices_in(country)
        assert min(prices.cents.values()) == 0.0
        assert max((*prices.cents.values(), *prices.thousands.values())) <= FAR


def test_there_is_no_country_that_nobody_knows() -> None:
    with pytest.raises(InputError, match="Atlantis"):
        amount_grammar(CLASSES, "Atlantis")
