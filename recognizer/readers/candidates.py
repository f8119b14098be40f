"""The first two graph transformers of the cheque reader: fields of a page that may hold its amount, and their segments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.gtn import Graph, graph_of, segmentation_graphs
from recognizer.page.fields import Fields, find_fields, given_field
from recognizer.page.inked import Inked, inked
from recognizer.page.layout import around
from recognizer.page.page import Page
from recognizer.page.quality import flaws_of
from recognizer.page.rectify import Sheet, project
from recognizer.page.segment import PageSegments, segment_inked
from recognizer.page.window import PageWindow, cut_out
from recognizer.segments import Segments

MOST_FIELDS = 5  # that are read
MOST_PIECES = 30  # in a field: of 100 made-up amounts that are read right none falls into more than 25
FAR_WORSE = 4.0  # nats: fields so much worse than the best are not read; 1 of 89 made-up cheques was read right by one

FieldPenalties = Callable[[np.ndarray], np.ndarray]  # from features (F, N) to penalties (F,) [nats]


@dataclass(frozen=True, eq=False)
class FieldPart:
    """A field, or the dollars or the cents of one where they stand apart, as it was cut out of the page and into pieces. What is a part
    of several fields is one object."""

    window: PageWindow
    ink: Inked
    segments: PageSegments  # on the window


@dataclass(frozen=True)
class Candidates:
    """The F fields that are read, likeliest first, and their segments, one field after the other; all places are the page's.

    Field f has ``cuts[f]`` cuts and the segments up to ``ends[f]``; ``segments`` numbers the cuts of all fields from 0. Between
    dollars and cents that stand apart there is a segment of mere paper, a link: the cents are after a point.
    """

    fields: Fields
    penalties: np.ndarray  # (F,) float32 [nats]
    segments: PageSegments
    cuts: np.ndarray  # (F,) int
    ends: np.ndarray  # (F,) int
    parts: tuple[tuple[FieldPart, ...], ...]  # of each field
    flaws: tuple[str, ...]  # of the picture, at the likeliest field

    @property
    def owners(self) -> np.ndarray:
        """(S,) int32: the field of each segment."""
        return np.repeat(np.arange(len(self.ends), dtype=np.int32), np.diff(self.ends, prepend=0))

    @cached_property
    def twins(self) -> np.ndarray:
        """(S,) int: the first segment that is the same as each, itself or that of a part which an earlier field has too."""
        twins = np.arange(len(self.segments))
        starts: dict[FieldPart, int] = {}
        start = 0
        for parts in self.parts:
            for number, part in enumerate(parts):
                start += number > 0  # the link before it
                first, count = starts.setdefault(part, start), len(part.segments)
                twins[start : start + count] = np.arange(first, first + count)
                start += count
        return twins


def find_candidates(
    page: Page, field_penalties: FieldPenalties, most: int = MOST_FIELDS, far_worse: float = FAR_WORSE
) -> Candidates:
    """The ``most`` fields of a page that are likeliest to hold the amount, cut into pieces; where its field is given, that one alone.

    Raises NothingToRead or InputError where there are none.
    """
    sheet, layout = page.sheet, page.layout
    fields = find_fields(layout) if page.field is None else given_field(layout, _on_sheet(page.field, sheet))
    penalties = field_penalties(fields.features)
    order = np.argsort(penalties, kind="stable")[:most]
    order = order[penalties[order] <= penalties[order[0]] + far_worse]
    known: dict[frozenset[int], FieldPart] = {}

    def part(patches: np.ndarray) -> FieldPart:
        which = frozenset(patches.tolist())
        if which not in known:
            known[which] = _part(cut_out(page.grey, sheet, layout, patches))
        return known[which]

    kept, cut = [], []
    for field in order.tolist():
        try:
            cut.append(tuple(map(part, fields.parts[field])))
        except InputError:
            continue
        kept.append(field)
    if not kept:
        raise NothingToRead("There is no writing here that could be an amount.")
    return Candidates(
        fields=fields.chosen(np.array(kept)),
        penalties=penalties[kept],
        segments=joined_fields(cut, page.grey.shape),
        cuts=np.array([sum(len(part.segments.cuts) for part in parts) for parts in cut]),
        ends=np.cumsum([sum(len(part.segments) for part in parts) + len(parts) - 1 for parts in cut]),
        parts=tuple(cut),
        flaws=_flaws(cut[0][0], page.grey.shape),
    )


def _part(window: PageWindow) -> FieldPart:
    """Raises InputError where the window holds no line of writing."""
    ink = inked(window.grey)
    return FieldPart(window, ink, segment_inked(ink, most=MOST_PIECES))


def _on_sheet(box: tuple[float, float, float, float], sheet: Sheet) -> np.ndarray:
    """The upright box (4,) around a rectangle of the page [px of the sheet]."""
    left, top, right, foot = box
    corners = project(np.linalg.inv(sheet.to_page), np.array([[left, top], [right, top], [right, foot], [left, foot]]))
    return np.concatenate([corners.min(0), corners.max(0)])


def _flaws(part: FieldPart, shape: tuple[int, int]) -> tuple[str, ...]:
    boxes = part.window.boxes_on_page(part.segments.boxes)
    return flaws_of(shape, part.window.grey, around(boxes))


def joined_fields(fields: Sequence[Sequence[FieldPart]], shape: tuple[int, int]) -> PageSegments:
    """The segments of the parts of all fields as segments of a page of ``shape``, with links between parts.

    Where pieces of several fields lie on one pixel the first field's counts.
    """
    joined: list[PageSegments] = []
    cuts = 0
    for parts in fields:
        for number, (window, part) in enumerate((part.window, part.segments) for part in parts):
            placed = replace(
                part,
                cuts=window.cuts_on_page(part.cuts),
                first=part.first + cuts,
                last=part.last + cuts,
                boxes=window.boxes_on_page(part.boxes),
                lines=window.lines_on_page(part.lines),
            )
            if number:
                joined.append(_link(joined[-1], placed))
            joined.append(placed)
            cuts += len(part.cuts)
    names = ("cuts", "first", "last", "boxes", "images", "features", "lines")
    arrays = {name: np.concatenate([getattr(part, name) for part in joined]) for name in names}
    return PageSegments(**arrays, draw_map=partial(_map_of, fields, shape))


def _map_of(fields: Sequence[Sequence[FieldPart]], shape: tuple[int, int]) -> np.ndarray:
    """The pieces of the parts of all fields on the page, numbered as the cuts before them."""
    piece_map = np.full(shape, -1, np.int16)
    cuts = 0
    for window, part in ((part.window, part.segments) for parts in fields for part in parts):
        window.paint_on_page(np.where(part.piece_map >= 0, part.piece_map + cuts, -1), piece_map)
        cuts += len(part.cuts)
    return piece_map


def _link(dollars: PageSegments, cents: PageSegments) -> PageSegments:
    """The paper between them as one segment."""
    x = dollars.cuts[-1], cents.cuts[0]
    box = min(x), dollars.boxes[:, 1].min(), max(x), dollars.boxes[:, 3].max()
    return PageSegments(
        cuts=cents.cuts[:0],
        first=dollars.last[-1:],
        last=cents.first[:1],
        boxes=np.array([box], np.float32),
        images=np.zeros_like(cents.images[:1]),
        features=np.zeros_like(cents.features[:1]),
        draw_map=cents.draw_map,
        lines=cents.lines[:0],
    )


def links_of(segments: Segments) -> np.ndarray:
    """(S,) bool: which segments of fields are links. Of mere paper nothing is known: all features are 0."""
    links: np.ndarray = (segments.features == 0).all(1)
    return links


def field_graph(penalties: np.ndarray) -> Graph:
    """One arc for each field, all from start to end, at its penalty (F,)."""
    fields = len(penalties)
    return graph_of([0] * fields, [1] * fields, [0] * fields, penalties, final=[1])


def segmentations(candidates: Candidates, penalties: np.ndarray) -> Graph:
    """The segmentation graphs of the fields as a batch; origins = (field,).

    The penalty (F,) of a field is on the arcs that leave its first cut: every path crosses one of them.
    """
    owners = candidates.owners
    shift = (np.cumsum(candidates.cuts) - candidates.cuts)[owners]
    first, last = candidates.segments.first - shift, candidates.segments.last - shift
    entry = np.where(first == 0, penalties[owners], 0).astype(np.float32)
    graphs = segmentation_graphs(first, last, entry, cuts=candidates.cuts, ends=candidates.ends)
    return graphs.with_origins((owners,))
