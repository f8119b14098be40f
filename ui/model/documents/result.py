"""What became of one page of a queue: what was read, what a person says about it, and the state that follows from both."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from ui.model.page.document import Box

MOST_PAGES = 1_000_000_000  # of a file
AMOUNT, CHEQUE, TEXT, NUMBER = "amount", "cheque", "text", "number"
LEAST = 0.005  # probability of words that are worth a look
PERSON, READER = "person", "reader"  # who decides


class DocumentPage(NamedTuple):
    """A page of a file."""

    file: Path
    page: int  # from 1


class State(Enum):
    """What is known of a page; the value is the word for it."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CORRECTED = "corrected"
    SKIPPED = "skipped"
    FAILED = "failed"


class LineTexts(NamedTuple):
    """A line of a page of text: the ``box`` around it, and what it may say, likeliest first, each with its confidence."""

    box: Box
    texts: tuple[tuple[str, float], ...]

    def chance_of(self, words: str) -> float:
        """The probability that it holds some words, whether in capitals or not."""
        return sum(share for text, share in self.texts if words.lower() in text.lower())


@dataclass(frozen=True)
class Result:
    """What reading a page came to: a text with its confidence, or the sentence that says why there is none."""

    place: DocumentPage
    pages: int = 1  # of the file
    kind: str = ""  # amount, cheque, text or number
    text: str = ""
    confidence: float = 0.0
    flaws: tuple[str, ...] = ()  # of the picture, in plain words
    box: Box | None = None  # where the text stands; None: all over the page
    field: Box | None = None  # where a person says that it stands
    error: str = ""
    value: str | None = None  # of an amount, with two digits after the point
    currency: str | None = None  # of an amount, as an ISO code, where one is known
    blank: bool = False  # the page is empty, as backs are; ``error`` says so
    digest: str = ""  # of what the file holds; empty: it could not be looked into
    turned: int = 0  # quarter turns to the right, as a person has turned it
    lines: tuple[LineTexts, ...] = ()  # of a page of text
    cheque: tuple[int, int] | None = None  # which it is, from 1, of how many on one picture

    def line_with(self, words: str) -> LineTexts | None:
        """The line that likeliest holds some words; None: none can."""
        best = max(self.lines, key=lambda line: line.chance_of(words), default=None)
        return best if best is not None and best.chance_of(words) >= LEAST else None


class Verdict(NamedTuple):
    """What a person says: it is right (ACCEPTED), it says ``text`` (CORRECTED), or never mind (SKIPPED)."""

    state: State
    text: str = ""
    when: str = ""  # ISO 8601, UTC


@dataclass(frozen=True)
class Row:
    """A result and what a person says about it; None: nothing yet."""

    result: Result
    verdict: Verdict | None = None

    @property
    def text(self) -> str:
        """The text that holds: the person's, else the reader's."""
        corrected = self.verdict is not None and self.verdict.state is State.CORRECTED
        return self.verdict.text if self.verdict is not None and corrected else self.result.text

    @property
    def value(self) -> str | None:
        """The value of the text that holds, where it is an amount."""
        if self.text == self.result.text or self.result.kind not in (AMOUNT, CHEQUE):
            return self.result.value
        from recognizer.language.written import value_written

        return value_written(self.text)

    def read_again(self, result: Result) -> "Row":
        """The page with another result. What a person said was of what the file held then; a file that is away says nothing."""
        if self.result.digest and not result.digest:
            return self
        return Row(result, self.verdict if result.digest == self.result.digest else None)

    def state(self, thresholds: Mapping[str, float]) -> State:
        """The person's word, else whether the confidence reaches the threshold of the kind."""
        if self.verdict is not None:
            return self.verdict.state
        if self.result.blank:
            return State.SKIPPED
        if self.result.error:
            return State.FAILED
        trusted = self.result.confidence >= thresholds.get(self.result.kind, 1.0)
        return State.ACCEPTED if trusted else State.REFUSED

    def decided_by(self, thresholds: Mapping[str, float]) -> str:
        """Who has decided what the page says; empty: nobody yet."""
        if self.verdict is not None:
            return PERSON
        return READER if self.state(thresholds) is State.ACCEPTED else ""


def as_json(result: Result) -> dict[str, Any]:
    """A result as JSON holds it."""
    return asdict(result) | {"place": [str(result.place.file), result.place.page]}


def from_json(data: dict[str, Any]) -> Result:
    """What `as_json` made. Raises TypeError, KeyError or ValueError for anything else."""
    place = place_from(data["place"])
    result = Result(**data)
    words = (result.kind, result.text, result.error, *result.flaws)
    perhaps = (result.value, result.currency)
    numbers = (
        type(result.pages) is type(result.turned) is int
        and isinstance(result.confidence, float | int)
        and 0 <= result.confidence <= 1
    )
    if not numbers or not all(
        isinstance(word, str) for word in (*words, result.digest, *(each or "" for each in perhaps))
    ):
        raise ValueError(data)
    return replace(
        result,
        place=place,
        flaws=tuple(result.flaws),
        box=_box_from(result.box),
        field=_box_from(result.field),
        lines=tuple(_line_from(box, texts) for box, texts in result.lines),
        cheque=cheque_from(result.cheque),
    )


def place_from(data: Any) -> DocumentPage:
    """The file and the number of a page. Raises TypeError or ValueError."""
    file, page = data
    if "\0" in file or type(page) is not int or not 1 <= page <= MOST_PAGES:
        raise ValueError(data)
    return DocumentPage(Path(file), page)


def cheque_from(data: Any) -> tuple[int, int] | None:
    """Which cheque of how many on one picture. Raises TypeError or ValueError."""
    if data is None:
        return None
    number, count = data
    if not (type(number) is type(count) is int and 1 <= number <= count):
        raise ValueError(data)
    return number, count


def _line_from(numbers: Any, texts: Any) -> LineTexts:
    box, found = _box_from(numbers), tuple((text, float(share)) for text, share in texts)
    if box is None or not all(isinstance(text, str) and 0 <= share <= 1 for text, share in found):
        raise ValueError(texts)
    return LineTexts(box, found)


def _box_from(numbers: Sequence[float] | None) -> Box | None:
    if numbers is None:
        return None
    left, top, right, foot = map(float, numbers)
    if not all(map(isfinite, (left, top, right, foot))):
        raise ValueError(numbers)
    return left, top, right, foot
