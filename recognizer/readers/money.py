"""What readers of amounts answer beside a text: its value and its currency."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from recognizer.gtn import Graph, chain, compose, prune, sequence_posteriors
from recognizer.language.amount import same_value, value_of
from recognizer.language.currency import SIGNS, currency_transducer
from recognizer.language.money import COUNTRIES, CURRENCIES

LIKELY = 10.0  # nats: paths so much worse than the best say nothing of the currency
# Share of the paths from which on a currency is told: on 43 cheques the corner of a frame before a printed $ is an R with up to 0.6;
# of 98 signs in 300 amounts 95 have more.
SURE = 0.75
_EACH = [(label,) for label in range(1, len(SIGNS) + 1)]


@dataclass(frozen=True)
class Money:
    """What amounts mean that a recogniser of ``classes`` reads, the last of which is no character, in a country (None: any)."""

    classes: tuple[str, ...]
    country: str | None = None

    @cached_property
    def signs(self) -> Graph:
        """From what is read to the sign of a currency in it."""
        return currency_transducer(self.classes)

    @cached_property
    def same(self) -> Callable[[tuple[int, ...]], tuple[tuple[int, ...], ...]]:
        """From the labels of a text to those of all texts of its value."""
        return same_value(self.classes)

    def value(self, text: str) -> str:
        """The value of a text, with two digits after the point."""
        return value_of(text)

    def currency(self, interpretation: Graph, labels: tuple[int, ...]) -> str | None:
        """The ISO code of the currency that the paths which write a text say, or else that of the country; None where nobody knows,
        or it is in doubt."""
        text = compose(prune(interpretation, margin=LIKELY), chain(labels))
        signs = compose(text.relabelled(text.label, text.label), self.signs)
        shares: dict[str | None, float] = {}
        for code, share in zip(CURRENCIES.values(), sequence_posteriors(signs, _EACH), strict=True):
            shares[code] = shares.get(code, 0.0) + float(share)
        likeliest = max(shares, key=shares.__getitem__)
        return likeliest if shares[likeliest] >= SURE else COUNTRIES[self.country].currency if self.country else None
