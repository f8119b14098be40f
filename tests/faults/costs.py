"""What the program takes for small files that ask for much, each in a process of its own: python -m tests.faults.costs. Prints seconds,
MB and what is said of the file, and ends with 1 where one takes more than it may, or where the good file after it is not read."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from recognizer.platform import resources_folder
from tests.recognizer.page.test_load_pdf import hostile

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = resources_folder() / "samples"
GOOD = "amount-742.50.png"
MOST_SECONDS, MOST_MB = 10.0, 1500.0


def main() -> int:
    """1 where a case costs too much."""
    dear = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / GOOD).write_bytes((SAMPLES / GOOD).read_bytes())
        usual, _, _ = _run(folder, ["read", GOOD])
        for case, file, data, arguments in _cases():
            (folder / file).write_bytes(data)
            seconds, megabytes, said = _run(folder, arguments)
            seconds -= usual if GOOD in arguments else 0
            is_dear = seconds > MOST_SECONDS or megabytes > MOST_MB or not said
            dear += [case] * is_dear
            print(f"{case:44} {seconds:5.1f} s {megabytes:6.0f} MB {'!' * is_dear} {said[:100]}", flush=True)
    return int(bool(dear))


def _run(folder: Path, arguments: list[str]) -> tuple[float, float, str]:
    """Seconds, MB at most of it or of a process that it began, and what is said first; nothing where it ended as it must not."""
    begun = time.perf_counter()
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        said.seek(0)
        text = said.read()
    is_good = os.waitstatus_to_exitcode(status) in (0, 1, 2) and "Traceback" not in text
    is_whole = GOOD not in arguments or f"{GOOD}: " in text
    return time.perf_counter() - begun, used.ru_maxrss / 1e3, text.split("\n")[0] if is_good and is_whole else ""


def _cases() -> Iterator[tuple[str, str, bytes, list[str]]]:
    """What each is called, its file, and what the program is asked."""
    for name, ink in _inks().items():
        yield name, "a.inkml", ink, ["read", "--as", "text", "a.inkml"]
    yield "JPEG, its last scan 3,000 times", "a.jpg", _progressive(), ["read", "a.jpg", GOOD]
    for name in ("pattern", "forms"):
        yield f"PDF, {name} without end", "a.pdf", hostile(name), ["read", "a.pdf", GOOD]
    yield "a table of 4 GB of zeros", "a.npz", _zeros(), ["evaluate", "lines", "--data", "a.npz"]
    ink = str(SAMPLES / "text-liquor-jugs.inkml")
    yield "a layer of 25,000 x 60,000", "a.safetensors", _model(), ["read", "--personal", "a.safetensors", ink]
    yield "a lexicon of a word of 10 MB", "a.txt", b"a" * 10_000_000, ["read", "--lexicon", "a.txt", ink]
    yield "a lexicon of 100,000 words", "a.txt", _words(), ["read", "--lexicon", "a.txt", ink]


def _inks() -> dict[str, bytes]:
    draw = np.random.default_rng(0)
    ticks = [[(3 * x, 0), (3 * x, 20)] for x in range(1000)]
    near = draw.uniform([0, 0], [600, 300], (800, 2))
    hatching = [[tuple(place), tuple(place + 28)] for place in near]
    channels = (
        "<traceFormat><channel name='X'/><channel name='Y'/><intermittentChannels>"
        + "<channel name='A'/>" * 50_000
        + "</intermittentChannels></traceFormat><trace>"
        + "1 1," * 20_000
        + "</trace>"
    )
    contexts = (
        "<inkSource xml:id='s'><traceFormat><channel name='X'/><channel name='Y'/></traceFormat>"
        + "<channelProperty/>" * 20_000
        + "</inkSource>"
        + "<context inkSourceRef='#s'/>" * 20_000
        + "<trace>1 1</trace>"
    )
    inside = {
        "1,000 ticks side by side": _traces(ticks),
        "100 ticks": _traces(ticks[:100]),
        "800 hatching strokes in 600 x 300 px": _traces(hatching),
        "50,000 intermittent channels, 20,000 points": channels,
        "20,000 contexts on a source of 20,000": contexts,
    }
    return {name: f"<ink>{text}</ink>".encode() for name, text in inside.items()}


def _traces(strokes: list[list[tuple[float, float]]]) -> str:
    """Strokes, as InkML, with points a pixel apart or so."""
    dense = []
    for stroke in strokes:
        steps = [np.linspace(*ends, 20, endpoint=False) for ends in pairwise(np.array(stroke, float))]
        dense.append(np.concatenate([*steps, [stroke[-1]]]))
    return "".join(f"<trace>{', '.join(f'{x:.1f} {y:.1f}' for x, y in stroke)}</trace>" for stroke in dense)


def _progressive() -> bytes:
    picture = Image.effect_noise((9, 9), 50).resize((2000, 2000))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", progressive=True, quality=50)
    data = stream.getvalue()
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + 3000 * scan + data[-2:]


def _zeros() -> bytes:
    """An array whose header and length say 4 GB, packed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.npy", "w", force_zip64=True) as member,
    ):
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(header, {"descr": "|u1", "fortran_order": False, "shape": (4 << 30,)})
        member.write(header.getvalue())
        for _ in range(64):
            member.write(bytes(64 << 20))
    return stream.getvalue()


def _model() -> bytes:
    told = {"network": "LastLayers", "arguments": json.dumps({"sizes": {"a": [25_000, 60_000]}}), "card": "{}"}
    header = json.dumps({"__metadata__": told}).encode()
    return len(header).to_bytes(8, "little") + header


def _words() -> bytes:
    draw = np.random.default_rng(0)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    return "\n".join("".join(draw.choice(letters, size)) for size in draw.integers(3, 12, 100_000)).encode()


if __name__ == "__main__":
    sys.exit(main())
