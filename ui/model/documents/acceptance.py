"""How sure is sure enough: the share of wrong answers that is put up with, and what follows from it by what was measured."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ui.language import numeral, tr
from ui.model.documents.result import AMOUNT, CHEQUE, NUMBER, TEXT, Result, Row, State

if TYPE_CHECKING:
    from recognizer.readers.trust import Trust

MEASURED = {AMOUNT: tr("amounts"), CHEQUE: tr("cheques"), TEXT: tr("words"), NUMBER: tr("numbers")}
THOUSAND = 1000
FEW = 10  # of a thousand

Trusts = Mapping[str, "Trust"]  # by kind of result


def stops(trusts: Trusts) -> tuple[float, ...]:
    """The shares of wrong answers at which anything changes, rising."""
    return tuple(sorted({point.wrong for trust in trusts.values() for point in trust.points}))


def nearest(rates: tuple[float, ...], rate: float) -> int:
    """Which of the rates, rising, is the largest one up to ``rate``; the first where none is."""
    return max((number for number, stop in enumerate(rates) if stop <= rate), default=0)


def thresholds(trusts: Trusts, rate: float) -> dict[str, float]:
    """The confidence from which on each kind is accepted."""
    return {kind: trust.at(rate).confidence for kind, trust in trusts.items()}


def commonest(results: Iterable[Result]) -> str:
    """The kind that most results are of; amounts where there are none."""
    kinds = Counter(result.kind for result in results if result.kind)
    return kinds.most_common(1)[0][0] if kinds else AMOUNT


def promise(trusts: Trusts, kind: str, rate: float) -> str:
    """What accepting at this rate comes to, as a sentence about a thousand."""
    if kind not in trusts:
        return tr(
            "Nothing was measured of the reader of {things}: a person looks at all of them.", things=MEASURED[kind]
        )
    point, things = trusts[kind].at(rate), MEASURED[kind]
    if point.accepted is None:
        wrong = _thousandths(rate)
        return tr(
            "Of 1,000 {things} at most {wrong} are accepted wrongly. How many are read is not stored with this model.",
            things=things,
            wrong=wrong,
        )
    read, wrong = _thousandths(point.accepted), _thousandths(point.wrong)
    return tr(
        "Expected per 1,000 {things}, as measured on {samples:,}: {read} accepted (about {wrong} wrong), {thousandths} to check.",
        things=things,
        samples=trusts[kind].samples,
        read=read,
        wrong=wrong,
        thousandths=_thousandths(1 - point.accepted),
    )


def own_count(rows: Iterable[Row], confidences: Mapping[str, float]) -> str:
    """What accepting comes to in a queue itself, and how often that was wrong of what a person has checked; empty: there is none."""
    read = [(row, Row(row.result).state(confidences) is State.ACCEPTED) for row in rows]
    if not read:
        return ""
    checked = [
        (row, taken) for row, taken in read if row.verdict and row.verdict.state in (State.ACCEPTED, State.CORRECTED)
    ]
    words = tr("Here: {accepted:,} of {count:,} accepted", accepted=sum(taken for _row, taken in read), count=len(read))
    if not checked:
        return f"{words}."
    wrong = sum(taken and row.verdict.state is State.CORRECTED for row, taken in checked if row.verdict)
    return tr(
        "{here}; {wrong:,} wrong among {checked:,} that were checked.", here=words, wrong=wrong, checked=len(checked)
    )


def _thousandths(share: float) -> str:
    """Few ones to a tenth."""
    count = round(share * THOUSAND, 1)
    return numeral(count, ",.0f" if count >= FEW or count == int(count) else ".1f")
