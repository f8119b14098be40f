"""Evidence from the words of an amount: what agrees, what contradicts, and what says nothing."""

import numpy as np
import pytest

from recognizer.language.legal_amount import CLASSES
from recognizer.page import Page
from recognizer.readers.legal_amount_opinion import ILLEGIBLE, LegalAmountOpinion, LegalLine
from recognizer.training.synthesis.legal_texts import in_words
from tests.recognizer.page.test_fields import sheet
from tests.recognizer.readers.test_cheque import reader_of

BLANK = len(CLASSES) - 1
TEXTS = ["200.00", "260.00", "200.45", "7", "123456.00"]


def frames(text: str, doubt: float = 12.0, apart: int = 4) -> np.ndarray:
    """Penalties of frames that show a text and hardly anything else; every character ``apart`` frames from the next."""
    penalties = np.full((apart * len(text) + 2, len(CLASSES)), doubt, np.float32)
    penalties[:, BLANK] = 0
    for place, character in enumerate(text):
        penalties[apart * place + 1] = doubt
        penalties[apart * place + 1, CLASSES.index(character)] = 0
    return penalties


def evidence_of(penalties: np.ndarray) -> np.ndarray:
    return LegalAmountOpinion(lambda picture: penalties).of_line(penalties, TEXTS)


@pytest.mark.parametrize(
    ("words", "agrees"),
    [("twohundredand00/100", 0), ("twohundredsixty", 1), ("twohundred&45/100", 2), ("sevenand00/100dollars", 3)],
)
def test_the_amount_that_the_words_say_has_the_evidence(words: str, agrees: int) -> None:
    evidence = evidence_of(frames(words))
    assert evidence[agrees] == 1
    assert (np.delete(evidence, agrees) < 0.2).all()


def test_words_of_another_amount_speak_for_all_others() -> None:
    evidence = evidence_of(frames("ninehundredthirty-oneand16/100"))
    assert evidence[-1] == 1
    assert (evidence[:-1] < 0.05).all()


@pytest.mark.parametrize("words", ["", "qjkqmmq", "anna&brosqmilliondegrees", "hundredhundredhundred"])
def test_what_is_no_amount_says_nothing(words: str) -> None:
    np.testing.assert_allclose(evidence_of(frames(words, doubt=40.0)), 1, rtol=1e-3)


def test_evidence_never_exceeds_what_a_line_that_cannot_be_read_leaves() -> None:
    """However sure a network is of a character, ILLEGIBLE bounds what speaks against an amount."""
    penalties = frames("twohundredand00/100", doubt=80.0)
    assert evidence_of(penalties)[:-1].min() >= 0.9 * np.exp(-ILLEGIBLE * len(penalties))


def page() -> Page:
    return Page(sheet(("12 5", 560, 140), *(("1247124", 100, top) for top in (190, 240, 290))))


def test_what_is_not_heard_changes_nothing_and_what_says_nothing_neither() -> None:
    unheard = reader_of((0.5, 0.5)).read(page())
    for penalties, weight in ((frames("twohundred"), 0.0), (frames("qqqqqqqq", 40.0), 1.0)):
        reading = reader_of((0.5, 0.5, weight), legal=LegalAmountOpinion(lambda picture, p=penalties: p)).read(page())
        assert reading.text == unheard.text
        assert reading.confidence == pytest.approx(unheard.confidence, rel=1e-3)


def test_contradiction_refuses_and_agreement_lifts_confidence() -> None:
    unheard = reader_of((1.0, 0.0)).read(page())
    assert unheard.confidence > 1e-3
    dollars, cents = f"{float(unheard.text):.2f}".split(".")
    words = f"{in_words(int(dollars))}{cents}/100".lower().replace(" ", "")
    agreed, contradicted = (
        reader_of((1.0, 0.0, 1.0), legal=LegalAmountOpinion(lambda picture, text=text: frames(text, 40.0))).read(page())
        for text in (words, "fourhundredninety-oneand16/100")
    )
    assert agreed.text == unheard.text
    assert agreed.confidence > 1.5 * unheard.confidence
    assert contradicted.confidence < 0.5 * unheard.confidence


def test_the_line_is_told_with_its_place_its_letters_and_the_amount_that_it_speaks_for() -> None:
    spoken = frames("twelveand50/100")
    reading = reader_of((0.5, 0.5, 1.0), legal=LegalAmountOpinion(lambda picture: spoken)).read(page())
    assert reading.words is not None
    assert reading.words.letters == "twelveand50/100"
    left, top, right, foot = reading.words.box
    assert 80 < left < right < 500
    assert 180 < top < foot < 340
    assert reader_of((0.5, 0.5)).read(page()).words is None


def test_words_that_say_nothing_or_another_amount_are_told_as_no_amount() -> None:
    line = LegalLine((0, 0, 9, 9), frames("twohundredsixty"))
    assert line.on_page(TEXTS, evidence_of(line.penalties)).text == "260.00"
    for words in ("ninehundredthirty-oneand16/100", "qjkqmmq"):
        line = LegalLine((0, 0, 9, 9), frames(words, doubt=40.0))
        assert line.on_page(TEXTS, evidence_of(line.penalties)).text == ""
