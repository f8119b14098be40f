"""What a model's file says of itself, read without the network, and held against what each entry must be."""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from recognizer.errors import InputError
from recognizer.files import check_file

MAX_MODEL_BYTES = 500_000_000
MAX_HEADER_BYTES = 10_000_000
_MOST = 10_000  # entries of a list or table
_MUCH = 1e12  # figures and counts are smaller
_NEVER = 2.0  # thresholds reach up to here: one that no confidence does is a little over 1


def model_card(path: Path) -> dict[str, Any]:
    """Recipe, data, figures and more, as `store.save_model` wrote them. Raises InputError where the file holds none, or an entry is
    not what all that read it take it for."""
    check_file(path, MAX_MODEL_BYTES)
    try:
        with path.open("rb") as file:  # safetensors: the length of the header in 8 bytes, then the header as JSON
            header = json.loads(file.read(min(int.from_bytes(file.read(8), "little"), MAX_HEADER_BYTES)))
        card = json.loads(header["__metadata__"]["card"])
    except OSError as error:
        raise InputError(f"The model {path} cannot be read: {error.strerror or error}.") from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is no model of this program: it does not begin as one.") from error
    if not isinstance(card, dict):
        raise InputError(f"{path} is no model of this program: its card is no table.")
    wrong = [name for name in card if not _fits({name: card[name]}, _ENTRIES)]
    if wrong:
        raise InputError(
            f"{path} is no model of this program: the entry {wrong[0]} of its card is not what it should be."
        )
    return card


# ---------------------------------------------------------------- what the entries must be

_Sound = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(low: float, high: float) -> _Sound:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _list(sound: _Sound) -> _Sound:
    return lambda value: isinstance(value, list) and len(value) <= _MOST and all(map(sound, value))


def _row(*sound: _Sound) -> _Sound:
    """A list of so many, each of its own kind."""
    return lambda value: (
        isinstance(value, list)
        and len(value) == len(sound)
        and all(fits(each) for fits, each in zip(sound, value, strict=True))
    )


def _table(sound: _Sound, name: _Sound = _text) -> _Sound:
    return lambda value: (
        isinstance(value, dict) and len(value) <= _MOST and all(map(name, value)) and all(map(sound, value.values()))
    )


def _names(value: Any) -> bool:
    return _list(_text)(value) and all(value) and len(set(value)) == len(value)


def _written_share(value: str) -> bool:
    try:
        return _share(float(value))
    except ValueError:
        return False


def _rising(value: Any) -> bool:
    """Pairs of shares, the first of which rise, and the second do not fall."""
    if not _list(_row(_share, _share))(value):
        return False
    return all(before[0] < after[0] and before[1] <= after[1] for before, after in pairwise(value))


def _fits(table: Any, kinds: Mapping[str, _Sound]) -> bool:
    """Is it a table whose entries that are among these kinds are sound?"""
    return isinstance(table, dict) and all(kinds[name](table[name]) for name in table.keys() & kinds.keys())


def _figures(value: Any, deep: int = 4) -> bool:
    """A table of numbers and words, or of tables: a model that is fitted to somebody's data tells those before and after of what was
    held out."""

    def is_figure(each: Any) -> bool:
        return _text(each) or _number(-_MUCH, _MUCH)(each) or (deep > 1 and _figures(each, deep - 1))

    return _table(is_figure)(value)


def _joined(value: Any) -> bool:
    """What is said of both systems together, and how much each of them counts."""
    return _fits(value, _JOINED) and "weights" in value


_share = _number(0, 1)
_confidence = _number(0, _NEVER)
_counts = _list(_number(0, 100))  # exponents of systems
_thresholds = _table(_confidence, _written_share)  # by the share that may be wrong
_curve = _list(_row(_confidence, _share, _share))

_JOINED: Mapping[str, _Sound] = {
    "weights": _row(_number(0, 100), _number(0, 100)),
    "calibration": _rising,
    "reliability": _list(_row(_share, _share, _number(0, _MUCH))),
    "thresholds": _thresholds,
    "curve": _curve,
}
_ENTRIES: Mapping[str, _Sound] = {
    "recipe": _text,
    "data": _text,
    "figures": _figures,
    "classes": _names,
    "thresholds": _thresholds,
    "curve": _curve,
    "joined thresholds": _thresholds,
    "joined curve": _curve,
    "joined": _joined,
    "weights": lambda value: _text(value) or _counts(value),  # a recipe tells in words what its weights are
}
