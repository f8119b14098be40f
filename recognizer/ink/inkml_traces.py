"""The inner language of InkML: channels with their units, and the text of a trace.

Source: W3C, Ink Markup Language (InkML), Recommendation of 20 September 2011, sections on trace formats and traces.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np

from recognizer.errors import InputError

MAX_CHANNELS = 100
PX_PER_INCH = 96.0  # as in CSS; ink recorded in lengths comes out at this scale
PX_PER_LENGTH = {
    "in": PX_PER_INCH,
    "m": PX_PER_INCH / 0.0254,
    "cm": PX_PER_INCH / 2.54,
    "mm": PX_PER_INCH / 25.4,
    "himetric": PX_PER_INCH / 2540,
    "pt": PX_PER_INCH / 72,
    "pc": PX_PER_INCH / 6,
}
SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}

VALUE = re.compile(
    r"""\s*(?P<prefix>['"!]?)\s*(?:
        (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      | \#(?P<hexadecimal>[0-9A-Fa-f]{1,16})
      | (?P<boolean>[TF])
      | (?P<repeat>\*)
      | (?P<unknown>\?)
    )""",
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True)
class Channel:
    """One column of a trace."""

    name: str
    scale: float = 1.0  # px (X, Y) or s (T) for one recorded unit; below 0 where the axis points the other way
    low: float = 0.0  # least value that can be recorded
    high: float | None = None  # greatest; None: the file does not say
    measured: bool = False  # is it told in which unit?
    absolute: bool = False  # times count from one moment of the whole ink, not from the start of their trace


DEFAULT_CHANNELS = (Channel("X"), Channel("Y"))


def read_channels(
    trace_format: Element, resolutions: Mapping[str, tuple[float, str]]
) -> tuple[tuple[Channel, ...], int]:
    """The channels in the order of a trace's values, and how many of them every point must have.

    ``resolutions`` gives for a channel its recorded units per unit of length, such as (1000, "1/cm"); it wins over the
    channel's own ``units``, which then say what the device measures and not how it was written. Raises InputError.
    """
    channels: list[Channel] = []
    regular = 0
    for element in trace_format.iter():
        kind = element.tag.rpartition("}")[2]
        if kind == "channel":
            channels.append(_channel(element, resolutions))
        elif kind == "intermittentChannels":
            regular = len(channels)
            channels.extend(_channel(child, resolutions) for child in element)
            break
    else:
        regular = len(channels)
    if len(channels) > MAX_CHANNELS:
        raise InputError(f"Its trace format has {len(channels):,} channels; at most {MAX_CHANNELS} can be read.")
    names = [channel.name for channel in channels[:regular]]
    if "X" not in names or "Y" not in names:
        raise InputError("Its trace format lacks the channels X and Y: it does not say where the pen was.")
    return tuple(channels), regular


def _channel(element: Element, resolutions: Mapping[str, tuple[float, str]]) -> Channel:
    name = element.get("name", "")
    units = element.get("units", "")
    scale = 1.0
    if name in ("X", "Y"):
        scale = PX_PER_LENGTH.get(units, 1.0)  # device units and unknown ones are taken as pixels
        if name in resolutions:
            per_length, unit = resolutions[name]
            scale = PX_PER_LENGTH.get(unit.removeprefix("1/"), 1.0) / per_length
        if element.get("orientation") == "-ve":
            scale = -scale
    elif name == "T":
        scale = SECONDS.get(units, SECONDS["ms"])
    return Channel(
        name,
        scale,
        attribute(element, "min") or 0.0,
        attribute(element, "max"),
        measured=bool(units) or name in resolutions,
        absolute=element.get("respectTo") is not None,
    )


def attribute(element: Element, name: str) -> float | None:
    """A finite number from an attribute; None where there is none."""
    try:
        value = float(element.get(name, ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def decode_trace(text: str, columns: int, regular: int) -> np.ndarray:
    """The values of a trace, (points, columns) float64, with differences summed up.

    A prefix says how values of its channel are meant from there on: ``!`` explicit, ``'`` difference to the point
    before, ``"`` difference of differences. ``*`` repeats the number before in the same sense; ``?`` (not known) and
    what is left out keep the channel where it was. Raises InputError (the end of a sentence about a trace).
    """
    rows: list[list[float]] = []
    states = [_ChannelState() for _ in range(columns)]
    for point in text.split(","):
        if not point or point.isspace():
            continue
        count = _read_point(point, states)
        if count < regular:
            raise InputError(f"has a point with {count} of its {regular} numbers")
        rows.append([state.value for state in states])
    return np.array(rows, np.float64).reshape(-1, columns)


class _ChannelState:
    """Where one channel stands between two points."""

    __slots__ = ("number", "prefix", "value", "velocity")

    def __init__(self) -> None:
        self.prefix = "!"
        self.number = 0.0  # as last written, whatever it meant
        self.value = 0.0
        self.velocity = 0.0

    def advance(self) -> None:
        before = self.value
        if self.prefix == "!":
            self.value = self.number
            self.velocity = self.value - before
        else:
            self.velocity = self.number if self.prefix == "'" else self.velocity + self.number
            self.value += self.velocity


def _read_point(point: str, states: list[_ChannelState]) -> int:
    """Moves the channels on by the values of one point; returns how many it gave."""
    place = count = 0
    point = point.rstrip()
    while place < len(point):
        match = VALUE.match(point, place)
        if match is None:
            raise _not_understood(point[place:].strip())
        if count == len(states):
            raise InputError(f"has a point with more than its {count} numbers")
        place = match.end()
        state = states[count]
        count += 1
        if match["unknown"]:
            continue
        state.prefix = match["prefix"] or state.prefix
        if match["number"]:
            state.number = float(match["number"])
        elif match["hexadecimal"]:
            state.number = float(int(match["hexadecimal"], 16))
        elif match["boolean"]:
            state.number = float(match["boolean"] == "T")
        state.advance()
    return count


def _not_understood(text: str) -> InputError:
    if re.match(r"[+-]?(nan|inf)", text, re.IGNORECASE):
        return InputError(f'holds "{text[:12]}", which is not a finite number')
    return InputError(f'holds "{text[:12]}", which is no number')
