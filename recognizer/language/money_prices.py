"""What each way of writing money costs in a country, from how often it is taken there."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from recognizer.errors import InputError
from recognizer.language.money import COUNTRIES, Shares

FAR = 4.0  # what is never written so somewhere costs this, and nothing costs more [nats]


@dataclass(frozen=True)
class MoneyPrices:
    """Penalties [nats] of ways of writing: the usual one costs nothing."""

    thousands: Mapping[str, float]  # by the mark between groups, or "lakh"
    cents: Mapping[str, float]  # by the mark before them, or "raised", or "over" a hundred


def prices_in(country: str | None) -> MoneyPrices:
    """Those of a country of `money.COUNTRIES`; None: of all of them. Raises InputError where there is no such country."""
    if country is not None and country not in COUNTRIES:
        raise InputError(f"No ways of writing money are known for {country!r}, only for {', '.join(COUNTRIES)}.")
    chosen = [COUNTRIES[country]] if country else [*COUNTRIES.values()]
    return MoneyPrices(
        thousands=_prices([each.thousands for each in chosen], {mark: mark for mark in (",", ".", "'", "lakh")}),
        cents=_prices(
            [_by_kind(each.cents) for each in chosen], {kind: kind for kind in (".", ",", "-", "raised", "over")}
        ),
    )


def _by_kind(cents: Shares) -> Shares:
    """The shares of ways of writing cents by what they go by."""
    found: dict[str, float] = {}
    for way, share in cents.items():
        kind = "over" if "/" in way else "raised" if way[0] == "r" else way[0].replace("·", ".")
        found[kind] = found.get(kind, 0.0) + share
    return found


def _prices(shares: list[Shares], kinds: Mapping[str, str]) -> dict[str, float]:
    sums = {kind: sum(each.get(kind, 0.0) / sum(each.values()) for each in shares) for kind in kinds}
    most = max(sums.values())
    return {kind: min(FAR, log(most / share)) if share else FAR for kind, share in sums.items()}
