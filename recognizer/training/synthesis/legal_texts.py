"""What people write on cheques in words: amounts as Americans, Britons, Indians and Germans spell them."""

import numpy as np

from recognizer.language.number_words import EINER, MOST, TENS, UNITS, ZEHNER

PEOPLE = {"american": 0.64, "british": 0.12, "indian": 0.12, "german": 0.12}
_UMLAUTS = {"funf": "fünf", "zwolf": "zwölf", "dreissig": "dreißig"}


def draw_amount(generator: np.random.Generator) -> tuple[int, int]:
    """Dollars and cents of a cheque: round ones are common."""
    dollars = int(10 ** generator.uniform(0.5, 3.9))
    if generator.random() < 0.4:
        unit = 10 ** int(generator.integers(1, max(2, len(str(dollars)))))
        dollars = max(unit, dollars // unit * unit)
    cents = 0 if generator.random() < 0.5 else int(generator.integers(0, 100))
    return dollars, cents


def draw_words(generator: np.random.Generator) -> str:
    """A legal amount as somebody writes it."""
    people = str(generator.choice([*PEOPLE], p=[*PEOPLE.values()]))
    whole, cents = draw_amount(generator)
    if generator.random() < 0.5:
        whole = min(MOST, int(10 ** generator.uniform(0, 7 if people == "indian" else 5)))
    return written(whole, cents, people, generator)


def written(whole: int, cents: int, people: str, generator: np.random.Generator) -> str:
    """An amount as one of these ``people`` writes it: american, british, indian or german."""
    words = {"american": _american, "british": _british, "indian": _indian, "german": _german}[people]
    text = words(whole, cents, generator)
    case = generator.random()
    cases = [text.upper(), text.lower(), text.capitalize(), text]
    return cases[np.searchsorted([0.2, 0.45, 0.7], case)]


# ---------------------------------------------------------------- numbers


def in_words(number: int) -> str:
    """The number as a legal amount begins, in English with thousands and millions. ``number``: 0 to `number_words.MOST`."""
    return _in_scales(number, [(10**6, 1000, "Million"), (1000, 1000, "Thousand")])


def in_lakhs(number: int) -> str:
    """The same with lakh and crore."""
    return _in_scales(number, [(10**7, 100, "Crore"), (10**5, 100, "Lakh"), (1000, 100, "Thousand")])


def in_german(number: int) -> str:
    """The same in German, in one word where it is below a million."""
    words = []
    if millions := number // 10**6:
        words.append("eine Million" if millions == 1 else f"{_german_below_thousand(millions, 'ein')} Millionen")
    rest = ""
    if thousands := number // 1000 % 1000:
        rest = f"{_german_below_thousand(thousands, 'ein')}tausend"
    rest += _german_below_thousand(number % 1000, "eins")
    return " ".join([*words, rest] if rest else words) or EINER[0]


def _in_scales(number: int, scales: list[tuple[int, int, str]]) -> str:
    parts = []
    for scale, most, word in scales:
        if many := number // scale % most:
            parts += [*_below_thousand(many), word]
    return " ".join([*parts, *_below_thousand(number % 1000)]) or UNITS[0].title()


def _below_thousand(number: int) -> list[str]:
    words = [UNITS[number // 100].title(), "Hundred"] if number >= 100 else []
    number %= 100
    if number >= 20:
        words.append(TENS[number // 10].title())
        number %= 10
    return [*words, UNITS[number].title()] if number else words


def _german_below_thousand(number: int, one: str) -> str:
    words = f"{EINER[number // 100]}hundert" if number >= 100 else ""
    number %= 100
    if number >= 20:
        return words + (f"{EINER[number % 10]}und" if number % 10 else "") + ZEHNER[number // 10]
    return words + (one if number == 1 else EINER[number] if number else "")


# ---------------------------------------------------------------- amounts


def _american(dollars: int, cents: int, generator: np.random.Generator) -> str:
    draw = generator.random
    if 1100 <= dollars < 10_000 and dollars // 100 % 10 and draw() < 0.1:
        words = f"{in_words(dollars // 100)} Hundred {in_words(dollars % 100) if dollars % 100 else ''}".strip()
    else:
        words = in_words(dollars)
    words = _joined(words, generator, with_and=0.25)
    if draw() < 0.15:
        words += " dollars"
    if cents or draw() < 0.85:
        words += str(generator.choice([" and", " and", " and", " &", ""])) + _over_hundred(cents, generator)
    return words + str(generator.choice([" only", " dollars", ""], p=[0.05, 0.05, 0.9]))


def _british(pounds: int, pence: int, generator: np.random.Generator) -> str:
    words = _joined(in_words(pounds), generator, with_and=0.8)
    words += str(generator.choice([" pounds", " dollars", " euros"], p=[0.8, 0.1, 0.1]))
    if not pence:
        return words + str(generator.choice([" only", ""], p=[0.8, 0.2]))
    hundredths = "pence" if "pounds" in words else "cents"
    figures = f"{pence:02}" if generator.random() < 0.5 else _joined(in_words(pence), generator, 0)
    return f"{words} {generator.choice(['and ', ''])}{figures} {hundredths}{generator.choice([' only', ''])}"


def _indian(rupees: int, paise: int, generator: np.random.Generator) -> str:
    words = _joined(in_lakhs(rupees), generator, with_and=0.3)
    draw = generator.random
    plural = str(generator.choice(["Lakh", "Lakhs", "Lac"]))
    words = words.replace("Lakh", plural)
    before = draw() < 0.5
    words = f"{generator.choice(['Rupees', 'Rs'], p=[0.8, 0.2])} {words}" if before else words
    if paise:
        figures = f"{paise:02}" if draw() < 0.4 else _joined(in_words(paise), generator, 0)
        words += f" and paise {figures}" if draw() < 0.5 else f" and {figures} paise"
    if not before and draw() < 0.5:
        words += " rupees"
    return words + (" only" if draw() < 0.9 else "")


def _german(euros: int, cents: int, generator: np.random.Generator) -> str:
    draw, words = generator.random, in_german(euros)
    if draw() < 0.7:
        for plain, umlaut in _UMLAUTS.items():
            words = words.replace(plain, umlaut)
    if words.startswith("ein") and words[3:].startswith(("hundert", "tausend")) and draw() < 0.3:
        words = words[3:]
    money = draw() < 0.5
    words += " Euro" if money else ""
    if not cents:
        return words + ("" if draw() < 0.7 else _over_hundred(0, generator))
    if draw() < 0.5:
        return words + str(generator.choice(["", " und"])) + _over_hundred(cents, generator)
    return f"{words} {generator.choice(['und ', ''])}{cents:02} Cent"


def _joined(words: str, generator: np.random.Generator, with_and: float) -> str:
    """With "and" after hundreds, and the joints of tens and ones as somebody writes them."""
    if generator.random() < with_and:
        words = words.replace("Hundred ", "Hundred and ")
        for scale in ("Thousand", "Lakh", "Million", "Crore"):
            words = words.replace(f"Hundred and {scale}", f"Hundred {scale}")
    joint = str(generator.choice(["-", " ", ""], p=[0.4, 0.4, 0.2]))
    parts, written = words.split(), ""
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        written += part
        if following:
            written += joint if part.lower() in TENS[2:] and following.lower() in UNITS[1:10] else " "
    return written


def _over_hundred(cents: int, generator: np.random.Generator) -> str:
    """Cents over a hundred, or what says that there are none."""
    draw = generator.random
    least = 1 if draw() < 0.1 else 2
    figures = f"{cents:0{least}}" if cents or draw() < 0.6 else str(generator.choice(["no", "xx", "NO", "XX"]))
    return f" {figures}/{'xx' if draw() < 0.1 else '100'}"
