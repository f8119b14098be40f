"""InkML: exact round trips, the standard's encodings and units, and a sentence for all that is no ink."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from recognizer.errors import InputError, NothingToRead
from recognizer.ink import Brush, Ink, inkml, read_inkml, read_labelled_inkml, write_inkml
from recognizer.ink.ink import MAX_COORDINATE, MAX_POINTS, MAX_SECONDS, MAX_STROKES
from recognizer.ink.inkml_traces import decode_trace

NAMESPACE = 'xmlns="http://www.w3.org/2003/InkML"'


def read(inside: str) -> Ink:
    return read_inkml(f"<ink {NAMESPACE}>{inside}</ink>".encode())


def xy(ink: Ink, stroke: int = 0) -> list[list[float]]:
    return ink.strokes[stroke][:, :2].tolist()


# Round trip


@st.composite
def inks(draw: st.DrawFn) -> Ink:
    lengths = draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    places = st.floats(-MAX_COORDINATE, MAX_COORDINATE, width=32)
    times = st.floats(-MAX_SECONDS, MAX_SECONDS, width=32)
    strokes = [
        np.column_stack(
            [draw(hnp.arrays(np.float32, (n, 2), elements=places)), draw(hnp.arrays(np.float32, n, elements=times))]
        )
        for n in lengths
    ]
    if draw(st.booleans()):
        return Ink(tuple(strokes))
    return Ink(
        tuple(strokes), tuple(draw(hnp.arrays(np.float32, n, elements=st.floats(0, 1, width=32))) for n in lengths)
    )


@settings(max_examples=60)
@given(inks(), st.data())
def test_what_strokes_say_is_kept_with_them(ink: Ink, data: st.DataObject) -> None:
    some = st.frozensets(st.integers(0, len(ink.strokes) - 1), min_size=1)
    words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
    truths = data.draw(st.dictionaries(some, words, max_size=3))
    colours, widths = st.none() | st.from_regex("#[0-9a-f]{6}", fullmatch=True), st.none() | st.floats(0.01, 900)
    brush = st.builds(Brush, colours, widths)
    brushes = tuple(data.draw(st.lists(brush, min_size=len(ink.strokes), max_size=len(ink.strokes))))
    back = read_labelled_inkml(write_inkml(ink, truths, brushes))
    assert back.truths == truths
    assert back.brushes == brushes
    assert len(back.ink.strokes) == len(ink.strokes)


def test_what_xml_cannot_hold_is_left_out_and_unknown_traces_are_ignored() -> None:
    ink = Ink((np.zeros((1, 3), np.float32),))
    assert read_labelled_inkml(write_inkml(ink, {frozenset({0}): "a\x00b\ud800<&>"}))[1] == {frozenset({0}): "a b <&>"}
    other = write_inkml(ink, {frozenset({0}): "x"}).replace(b"#s0", b"#elsewhere")
    assert read_labelled_inkml(other)[1] == {}


@given(inks())
@settings(max_examples=60)
def test_what_is_written_is_read_back_exactly(ink: Ink) -> None:
    again = read_inkml(write_inkml(ink))
    assert len(again.strokes) == len(ink.strokes)
    for before, after in zip(ink.strokes, again.strokes, strict=True):
        assert np.array_equal(before, after)
    assert (again.pressures is None) == (ink.pressures is None)
    for before, after in zip(ink.pressures or (), again.pressures or (), strict=True):
        assert np.array_equal(before, after)


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    ink = Ink((np.array([[1, 2, 3]]),))
    path = tmp_path / "number.inkml"
    path.write_bytes(write_inkml(ink))
    assert np.array_equal(read_inkml(path).points, ink.points)
    assert np.array_equal(read_inkml(str(path)).points, ink.points)


# Brushes

BLUE, WIDE = '<brushProperty name="color" value="#0000FF"/>', '<brushProperty name="width" value="0.5" units="cm"/>'


@pytest.mark.parametrize(
    "inside",
    [
        f'<definitions><brush xml:id="b">{BLUE}{WIDE}</brush></definitions><trace brushRef="#b">1 2</trace>',
        f'<definitions><brush xml:id="b">{BLUE}{WIDE}</brush></definitions>'
        '<traceGroup brushRef="#b"><trace>1 2</trace></traceGroup>',
        f"<context><brush>{BLUE}{WIDE}</brush></context><trace>1 2</trace>",
        f'<definitions><brush xml:id="b">{BLUE}{WIDE}</brush><context xml:id="c" brushRef="#b"/></definitions>'
        '<trace contextRef="#c">1 2</trace>',
    ],
)
def test_a_brush_is_that_of_the_trace_its_group_or_its_context(inside: str) -> None:
    (brush,) = read_labelled_inkml(f"<ink {NAMESPACE}>{inside}</ink>".encode()).brushes
    assert brush.colour == "#0000ff"
    assert brush.width == pytest.approx(0.5 * 96 / 2.54)


@pytest.mark.parametrize("value", ["red", "#12", "url(x)", ""])
def test_what_is_no_colour_or_no_width_is_not_told(value: str) -> None:
    brush = f'<brush xml:id="b"><brushProperty name="color" value="{value}"/><brushProperty name="width" value="-1"/></brush>'
    inside = f'<definitions>{brush}</definitions><trace brushRef="#b">1 2</trace><trace brushRef="#c">1 2</trace>'
    assert read_labelled_inkml(f"<ink {NAMESPACE}>{inside}</ink>".encode()).brushes == (Brush(), Brush())


# Traces


def test_differences_as_in_the_standard() -> None:
    """The standard's own example: a point, a velocity, then accelerations; minus signs and prefixes part numbers."""
    values = decode_trace("1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2,6 8,3 6 T,2 4*T,3 6,3-6 F F", 4, 2)
    assert values[:, :2].tolist() == [
        [1125, 18432],
        [1148, 18475],
        [1178, 18510],
        [1211, 18540],
        [1251, 18567],
        [1297, 18596],
        [1349, 18633],
        [1404, 18676],
        [1461, 18723],
        [1521, 18776],
        [1584, 18823],
    ]
    assert values[7:, 2].tolist() == [1, 1, 1, 0]


@given(
    hnp.arrays(np.int64, st.tuples(st.integers(1, 20), st.just(2)), elements=st.integers(-9999, 9999)),
    st.integers(1, 2),
)
@settings(max_examples=60)
def test_difference_encodings_say_the_same(points: np.ndarray, order: int) -> None:
    head, differences = points[:order], np.diff(points, n=order, axis=0)
    text = [f"!{x} !{y}" for x, y in head]
    prefix = "'" if order == 1 else '"'
    text += [f"{prefix}{dx}{prefix}{dy}" for dx, dy in differences]
    assert decode_trace(",".join(text), 2, 2).tolist() == points.tolist()


def test_explicit_values_end_differences() -> None:
    assert decode_trace("1 1, '2 '3, 2 3, !9 1, 8 1", 2, 2).tolist() == [[1, 1], [3, 4], [5, 7], [9, 8], [8, 9]]


def test_repeated_unknown_and_hexadecimal_values() -> None:
    assert decode_trace("#1F 2, * ?, '1 3, * *", 2, 2).tolist() == [[31, 2], [31, 2], [32, 3], [33, 3]]


def test_channels_in_any_order_with_missing_times_and_pressures() -> None:
    ink = read('<traceFormat><channel name="Y"/><channel name="OTx"/><channel name="X"/></traceFormat>'
               "<trace>1 7 2, 3 7 4,</trace><trace> </trace><trace>5 7 6</trace>")  # fmt: skip
    assert xy(ink) == [[2, 1], [4, 3]]
    assert xy(ink, 1) == [[6, 5]]
    assert ink.pressures is None
    assert ink.points[:, 2] == pytest.approx([0, 0.01, 0.11])


def test_without_a_format_there_is_x_and_y() -> None:
    assert xy(read("<trace>1 2\n,\n3 4</trace>")) == [[1, 2], [3, 4]]
    assert xy(read_inkml(b"<ink><trace>1 2</trace></ink>")) == [[1, 2]]


def test_hovering_is_no_ink() -> None:
    assert xy(read('<trace type="penUp">9 9</trace><trace type="penDown">1 2</trace>')) == [[1, 2]]


def test_groups_of_groups() -> None:
    ink = read(
        "<traceGroup><trace>1 1</trace><traceGroup><trace>2 2</trace></traceGroup></traceGroup><trace>3 3</trace>"
    )
    assert ink.points[:, 0].tolist() == [1, 2, 3]


# Units


@pytest.mark.parametrize(
    ("units", "px"), [("in", 96), ("cm", 96 / 2.54), ("mm", 96 / 25.4), ("pt", 96 / 72), ("dev", 1), ("", 1)]
)
def test_lengths_become_pixels(units: str, px: float) -> None:
    ink = read(f'<traceFormat><channel name="X" units="{units}"/><channel name="Y"/></traceFormat><trace>2 3</trace>')
    assert xy(ink)[0] == pytest.approx([2 * px, 3])


def test_y_that_points_up_is_turned() -> None:
    ink = read('<traceFormat><channel name="X"/><channel name="Y" orientation="-ve"/></traceFormat><trace>2 3</trace>')
    assert xy(ink) == [[2, -3]]


OFFICE = """
<definitions><context xml:id="ctx0"><inkSource xml:id="src0">
  <traceFormat>
    <channel name="X" type="integer" max="1920" units="cm"/><channel name="Y" type="integer" max="1080" units="cm"/>
    <channel name="F" type="integer" max="1024" units="dev"/><channel name="T" type="integer" units="dev"/>
  </traceFormat>
  <channelProperties>
    <channelProperty channel="X" name="resolution" value="100" units="1/cm"/>
    <channelProperty channel="Y" name="resolution" value="50" units="1/cm"/>
  </channelProperties>
</inkSource></context><brush xml:id="br0"/></definitions>
<trace contextRef="#ctx0" brushRef="#br0">254 127 512 0,'0'0'0'8</trace>
"""


def test_recorded_resolutions_differ_by_axis() -> None:
    ink = read(OFFICE)
    assert xy(ink)[0] == pytest.approx([96, 96])
    assert ink.pressures is not None
    assert ink.pressures[0].tolist() == [0.5, 0.5]
    assert ink.strokes[0][:, 2] == pytest.approx([0, 0.008])


def test_contexts_by_group_by_place_and_the_only_one() -> None:
    mm = '<traceFormat xml:id="mm"><channel name="X" units="mm"/><channel name="Y" units="mm"/></traceFormat>'
    inch = '<traceFormat><channel name="X" units="in"/><channel name="Y" units="in"/></traceFormat>'
    contexts = f'<context xml:id="in">{inch}</context><context xml:id="by" traceFormatRef="#mm"/>'
    definitions = f'<definitions>{mm}{contexts}<context xml:id="as" contextRef="#in"/></definitions>'
    ink = read(
        f"{definitions}<trace>25.4 0</trace>"
        '<traceGroup contextRef="#in"><trace>1 0</trace><trace contextRef="#by">25.4 0</trace></traceGroup>'
        '<trace contextRef="#as">1 0</trace>'
        '<context contextRef="#in"/><trace>1 0</trace><trace contextRef="#nobody">1 0</trace>'
    )
    assert ink.points[:, 0] == pytest.approx([96] * 6)


def test_contexts_that_refer_to_themselves_do_not_hang() -> None:
    ink = read('<definitions><context xml:id="a" contextRef="#b"/><context xml:id="b" contextRef="#a"/></definitions>'
               '<trace contextRef="#a">1 2</trace>')  # fmt: skip
    assert xy(ink) == [[1, 2]]


def test_pressures_without_a_range_count_from_the_hardest() -> None:
    form = '<traceFormat><channel name="X"/><channel name="Y"/><channel name="F"/></traceFormat>'
    hard = read(f"{form}<trace>0 0 100, 0 0 400</trace>").pressures
    soft = read(f"{form}<trace>0 0 0.25, 0 0 0.5</trace>").pressures
    assert hard is not None
    assert hard[0].tolist() == [0.25, 1]
    assert soft is not None
    assert soft[0].tolist() == [0.25, 0.5]


TIMED = '<traceFormat><channel name="X"/><channel name="Y"/><channel name="T"/></traceFormat>'


def test_times_counted_from_the_start_of_each_trace_are_laid_in_a_row() -> None:
    ink = read(f"{TIMED}<trace>0 0 0, 0 0 200</trace><trace>0 0 0, 0 0 50</trace>")
    assert ink.points[:, 2] == pytest.approx([0, 0.2, 0.3, 0.35])


def test_times_with_offsets() -> None:
    ink = read(f'{TIMED}<trace timeOffset="100">0 0 0</trace><trace timeOffset="500">0 0 10</trace>')
    assert ink.points[:, 2] == pytest.approx([0.1, 0.51])


def test_times_of_day_count_from_the_first_point() -> None:
    ink = read(f"{TIMED}<trace>0 0 1700000000000, 0 0 1700000000010</trace><trace>0 0 1700000001000</trace>")
    assert ink.points[:, 2] == pytest.approx([0, 0.01, 1])


# What is no ink

BOMB = (
    '<!DOCTYPE ink [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><ink><trace>&j;</trace></ink>"
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("just words", "is no InkML, or only the beginning of one"),
        ("<ink><trace>1 2, 3", "is no InkML, or only the beginning of one"),
        ("<svg/>", "its root is <svg> and not <ink>"),
        (BOMB, "declares a document type or entities"),
        ('<!DOCTYPE ink SYSTEM "http://example.com/ink.dtd"><ink/>', "declares a document type or entities"),
        ('<!DOCTYPE ink [<!ENTITY a SYSTEM "file:///etc/passwd">]><ink>&a;</ink>', "declares a document type"),
        ('<?xml version="1.0" encoding="nonsense"?><ink/>', "unknown encoding"),
        ("<ink><trace>1 2, 3</trace></ink>", "Trace 1 has a point with 1 of its 2 numbers"),
        ("<ink><trace>1 2</trace><trace>1 2 3</trace></ink>", "Trace 2 has a point with more than its 2 numbers"),
        ("<ink><trace>1 two</trace></ink>", 'Trace 1 holds "two", which is no number'),
        ("<ink><trace>1 2; 3 4</trace></ink>", 'holds "; 3 4", which is no number'),
        ("<ink><trace>1 NaN</trace></ink>", 'holds "NaN", which is not a finite number'),
        ("<ink><trace>1 -inf</trace></ink>", 'holds "-inf", which is not a finite number'),
        ("<ink><trace>1 1e999</trace></ink>", "numbers that are not finite"),
        (
            f"<ink><traceFormat>{'<channel/>' * 101}</traceFormat><trace>1 1</trace></ink>",
            "101 channels; at most 100 can be read",
        ),
        (f"<ink>{'<a/>' * 1_000_001}</ink>", "more than 500,000 elements"),
        ('<ink><traceFormat><channel name="X"/></traceFormat><trace>1</trace></ink>', "lacks the channels X and Y"),
        (f"<ink><trace>{'1 1,' * (MAX_POINTS + 1)}</trace></ink>", "beyond the limit of .* 200,000 points"),
        (f"<ink>{'<trace>1 1</trace>' * (MAX_STROKES + 1)}</ink>", "beyond the limit of 20,000 traces"),
    ],
    ids=lambda text: text[:40],
)
def test_a_sentence_for_what_is_no_ink(text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        read_inkml(text.encode())
    assert str(caught.value).startswith("The ink")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("text", ["<ink/>", "<ink><trace/></ink>", '<ink><trace type="penUp">1 2</trace></ink>'])
def test_no_trace_is_nothing_to_read(text: str) -> None:
    with pytest.raises(NothingToRead, match="holds no trace of a pen"):
        read_inkml(text.encode())


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "novel.inkml"
    with path.open("wb") as file:
        file.truncate(inkml.MAX_INKML_BYTES + 1)
    with pytest.raises(InputError, match=r"novel\.inkml has 20 MB; at most 20 MB"):
        read_inkml(path)


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    depth = 50_000
    assert xy(read("<traceGroup>" * depth + "<trace>1 2</trace>" + "</traceGroup>" * depth)) == [[1, 2]]


SOUND = (
    write_inkml(Ink((np.ones((3, 3)), np.zeros((2, 3))), (np.ones(3), np.ones(2)))),
    f"<ink>{OFFICE}</ink>".encode(),
)


@given(st.one_of(st.binary(max_size=100), st.text(max_size=100).map(lambda text: f"<ink>{text}</ink>".encode())))
@settings(max_examples=60)
def test_any_bytes_give_a_sentence(data: bytes) -> None:
    with suppress(InputError):
        read_inkml(data)


@given(st.text("0123456789.-+eE'\"!#*?TF, \nnaif;", max_size=60))
@settings(max_examples=200)
def test_any_trace_gives_points_or_a_sentence(text: str) -> None:
    with suppress(InputError):
        read_inkml(f"<ink><trace>{text.replace('&', '')}</trace></ink>".encode())


@given(st.sampled_from(SOUND), st.data())
@settings(max_examples=150)
def test_damaged_files_give_ink_or_a_sentence(sound: bytes, data: st.DataObject) -> None:
    damaged = bytearray(sound[: data.draw(st.integers(len(sound) // 2, len(sound)))])
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=4)):
        damaged[place] = data.draw(st.integers(0, 255))
    with suppress(InputError):
        read_inkml(bytes(damaged))
