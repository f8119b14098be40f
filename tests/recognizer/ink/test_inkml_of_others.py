"""InkML as other programs hand it over: each kind is read, or its sentence names the cause."""

import time
import tracemalloc

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.files import is_ink
from recognizer.ink import Ink, read_inkml
from recognizer.ink.ink import MAX_COORDINATE, MAX_SECONDS

INK = '<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2, 30 40</trace><trace>50 2, 80 40</trace></ink>'
SAYS_8, SAYS_16 = (f'<?xml version="1.0" encoding="{name}"?>\n' for name in ("UTF-8", "utf-16"))
PLAIN = [[[1, 2], [30, 40]], [[50, 2], [80, 40]]]
MIME = "--Part_1\r\nContent-Type: text/html\r\n\r\n<link/>\r\n--Part_1\r\nContent-Type: application/inkml+xml\r\n\r\n"
BASE_64 = "PGluaz48dHJhY2U+MSAyLCAzMCA0MDwvdHJhY2U+PHRyYWNlPjUwIDIsIDgwIDQwPC90cmFjZT48L2luaz4="


def places(ink: Ink) -> list[list[list[float]]]:
    return [stroke[:, :2].tolist() for stroke in ink.strokes]


@pytest.mark.parametrize(
    "data",
    [
        (SAYS_16 + INK).encode("utf-16"),
        b"\xfe\xff" + (SAYS_16 + INK).encode("utf-16-be"),
        (SAYS_16 + INK).encode("utf-16-le"),
        INK.encode("utf-16-be"),
        (SAYS_8 + INK).encode("utf-16"),
        (SAYS_16 + INK).encode(),
        b"\xef\xbb\xbf" + (SAYS_16 + INK).encode(),
        (" \r\n\n" + SAYS_8 + INK).encode(),
        (MIME + SAYS_8 + INK + "\r\n--Part_1--\r\n").encode(),
        (
            f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="Part_1"\n\n{MIME}{INK}\n--Part_1--\n'
        ).encode(),
        f"content-type: application/inkml+xml\nContent-Transfer-Encoding: base64\n\n{BASE_64}\n".encode(),
    ],
)
def test_every_wrapping_gives_the_same_ink(data: bytes) -> None:
    assert places(read_inkml(data)) == PLAIN
    assert is_ink(data)


def test_several_documents_are_one_ink_and_each_has_its_own_names() -> None:
    def document(units: str, x: int) -> str:
        channels = f'<channel name="X" units="{units}"/><channel name="Y" units="{units}"/>'
        context = f'<context xml:id="c"><traceFormat>{channels}</traceFormat></context>'
        return f'{SAYS_8}<ink><definitions>{context}</definitions><trace contextRef="#c">{x} 0, {x} 1</trace></ink>\n'

    ink = read_inkml((document("in", 1) + document("pc", 2)).encode())
    assert places(ink) == [[[96, 0], [96, 96]], [[32, 0], [32, 16]]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (MIME.encode() + b"--Part_1--", "is a MIME message without InkML"),
        (b"\xff\xfe<\x00i\x00", "is no InkML, or only the beginning of one"),
        (b"\xff\xfe<", "is no text in UTF-16"),
        (b'<?xml version="1.0" encoding="ascii"?><ink>\xe4</ink>', "is no text in ASCII"),
        (INK.encode() + b"\xff", "is no text in UTF-8"),
        (f"{INK}<html/>".encode(), "its root is <html>"),
        (f"{INK} and more".encode() + b"<", "is no InkML"),
    ],
)
def test_the_sentence_names_the_cause(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read_inkml(data)


def timed(*strokes: list[float]) -> Ink:
    channels = '<channel name="X"/><channel name="Y"/><channel name="T" units="s" respectTo="#t"/>'
    traces = "".join(f"<trace>{', '.join(f'{i} {i} {t!r}' for i, t in enumerate(each))}</trace>" for each in strokes)
    return read_inkml(f"<ink><traceFormat>{channels}</traceFormat>{traces}</ink>".encode())


@pytest.mark.parametrize(
    "times",
    [
        ([1.7e9, 1.7e9 + 0.25], [1.7e9 + 1, 1.7e9 + 1.5]),
        ([1.7e9, 1.7e9 + 0.25], [1.7e9 + 200_000, 1.7e9 + 200_000.5]),
        ([0.0, 0.25], [1.7e9, 1.7e9 + 0.5]),
        ([1.7e9, 1.7e9 + 0.25], [0.0, 0.5]),
        ([1e300, 2e300], [5.0, 5.5]),
    ],
)
def test_times_that_lie_far_apart_keep_the_pace_of_the_pen(times: tuple[list[float], ...]) -> None:
    ink = timed(*times)
    assert np.abs(ink.points[:, 2]).max() <= MAX_SECONDS
    for stroke, told in zip(ink.strokes, times, strict=True):
        if told[1] - told[0] < 1:
            assert np.diff(stroke[:, 2])[0] == pytest.approx(told[1] - told[0], abs=1e-2)
    assert ink.strokes[1][0, 2] >= ink.strokes[0][-1, 2]


def test_a_page_one_unit_wide_is_as_wide_as_one_of_pixels() -> None:
    small = "<trace>0.1 0.2, 0.4 0.3</trace>"
    assert places(read_inkml(f"<ink>{small}</ink>".encode())) == [[[100, 200], [400, 300]]]
    channels = '<channel name="X" units="in"/><channel name="Y" units="in"/>'
    ink = read_inkml(f"<ink><traceFormat>{channels}</traceFormat>{small}</ink>".encode())
    assert places(ink)[0][0] == pytest.approx([9.6, 19.2])


@pytest.mark.parametrize("far", [1e7, 1e9, -1e12])
@pytest.mark.parametrize("size", [100.0, 1e8])
def test_what_lies_far_away_or_is_in_fine_units_comes_near(far: float, size: float) -> None:
    ink = read_inkml(f"<ink><trace>{far} {far}, {far + size} {far}, {far} {far + size}</trace></ink>".encode())
    near = min(size, MAX_COORDINATE)
    np.testing.assert_allclose(ink.strokes[0][:, :2], [[0, 0], [near, 0], [0, near]], rtol=1e-3)


@pytest.mark.parametrize(
    "inside",
    [
        # n contexts on a source of n elements; and on formats of n channels' neighbours
        "<inkSource xml:id='s'><traceFormat><channel name='X'/><channel name='Y'/></traceFormat>"
        + "<channelProperty/>" * 20_000
        + "</inkSource>"
        + "<context inkSourceRef='#s'/>" * 20_000
        + "<trace>1 1</trace>",
        # channels beyond number, which every point would have
        "<traceFormat><channel name='X'/><channel name='Y'/><intermittentChannels>"
        + "<channel name='A'/>" * 50_000
        + "</intermittentChannels></traceFormat><trace>"
        + "1 1," * 20_000
        + "</trace>",
        "<trace>" + "1 1," * 3_000_000 + "</trace>",
    ],
    ids=["contexts", "channels", "points"],
)
def test_work_is_bounded_by_what_is_counted_before_it(inside: str) -> None:
    data = f"<ink>{inside}</ink>".encode()
    tracemalloc.start()
    begin = time.process_time()
    try:
        read_inkml(data)
    except InputError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert time.process_time() - begin < 10
    assert peak < 5e8
