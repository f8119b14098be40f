"""How many pages came to what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from recognizer.batch.columns import REASONS, STATES, Row


class Summary:
    """Counts rows, of parts and of now."""

    def __init__(self) -> None:
        self.states: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.flaws: Counter[str] = Counter()

    def add(self, rows: Iterable[Row], times: int = 1) -> None:
        """Count these, or take them away (-1)."""
        for row in rows:
            self.states[row["state"]] += times
            if row["state"] == "failed":
                self.failures[row["reason"]] += times
            for flaw in row["flaws"]:
                self.flaws[flaw] += times

    @property
    def pages(self) -> int:
        """All pages."""
        return self.states.total()

    @property
    def failed(self) -> int:
        """Those that there is no answer for."""
        return self.states["failed"]

    def figures(self) -> dict[str, Any]:
        """As an object for scripts."""
        return {
            "pages": self.pages,
            **{state: self.states[state] for state in STATES},
            "failures": _found(self.failures),
            "flaws": _found(self.flaws),
        }

    def text(self) -> str:
        """As lines for people."""
        lines = [f"{self.pages:,} pages: " + ", ".join(f"{self.states[state]:,} {state}" for state in STATES)]
        lines += [
            f"    failed {count:,}: {REASONS[reason]} ({reason})" for reason, count in _found(self.failures).items()
        ]
        lines += [f"    {count:,} {flaw}" for flaw, count in _found(self.flaws).items()]
        return "\n".join(lines)


def _found(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in sorted(counts.items(), key=lambda item: -item[1]) if count}
