"""Data in the layouts that recipes take, made up and as small as they can be: nobody's writing, seconds to learn from."""

import gzip
import string
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from recognizer.ink import Ink
from recognizer.training.data.inksets import packed
from recognizer.training.data.mnist import VALIDATION
from recognizer.training.synthesis.samples import GUIDES, Style, write
from tests.recognizer.ink.test_frames import page
from tests.recognizer.writing import write as painted

TRAINING = 80  # digits of MNIST's kind besides those for validation
CHARACTERS = string.digits + string.ascii_letters + "$.,-/*=#'&"
WORDS = {"train": ["no", "tie", "on", "ten", "it"], "val": ["in", "net", "toe", "xoxt"]}
LINES = {"train": ["ten on", "no tie"], "val": ["it on"]}


def write_digits(folder: Path) -> None:
    """MNIST's training files: upright strokes in ten places."""
    classes = np.arange(VALIDATION + TRAINING) % 10
    images = np.zeros((len(classes), 28, 28), np.uint8)
    images[np.arange(len(classes)), 6:22, 4 + 2 * classes] = 255
    images[np.arange(len(classes)), 6:22, 5 + 2 * classes] = 255
    folder.mkdir(parents=True, exist_ok=True)
    for kind, values in (("images-idx3", images), ("labels-idx1", classes.astype(np.uint8))):
        header = bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">u4").tobytes()
        with gzip.open(folder / f"train-{kind}-ubyte.gz", "wb", compresslevel=1) as stream:
            stream.write(header + values.tobytes())


def write_inks(path: Path, texts: dict[str, Sequence[str]], seed: int = 0) -> None:
    """A set of ink of one writer for each split, in a hand of the program's own; what it cannot write is a one."""
    generator = np.random.default_rng(seed)
    inks, labels, splits = [], [], []
    for split, written in texts.items():
        for text in written:
            inks.append(_ink(text, generator))
            labels.append(text)
            splits.append(split)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **packed(inks, labels, [f"writer of {split}" for split in splits]), split=np.array(splits))


def _ink(text: str, generator: np.random.Generator) -> Ink:
    known = "".join(c if c in GUIDES or c == " " else c.lower() if c.lower() in GUIDES else "1" for c in text)
    return write(known, 60, Style(gap=0.15), generator)


def write_texts(folder: Path) -> None:
    """Two running texts of some hundred sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sentence in (
        ("a", "The tie of no. {k} is on the net, and in London it is."),
        ("b", "No tie {k} is on it; I say."),
    ):
        lines = [sentence.format(k=k) for k in range(200)]
        (folder / f"{name}.txt.gz").write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def write_data(folder: Path) -> Path:
    """The folders mnist, unipen, pendigits and text."""
    write_digits(folder / "mnist")
    write_inks(folder / "unipen" / "chars.npz", dict.fromkeys(("train", "val"), 2 * CHARACTERS))
    write_inks(folder / "unipen" / "words.npz", WORDS, 1)
    write_inks(folder / "unipen" / "text.npz", LINES, 2)
    write_texts(folder / "text")
    write_inks(folder / "pendigits" / "train.npz", {"train": string.digits}, 3)
    return folder


def write_amounts(folder: Path, count: int) -> Path:
    """A folder of so many labelled amounts of three digits."""
    (folder / "images").mkdir(parents=True)
    generator = np.random.default_rng(1)
    rows = ["file,text"]
    for k in range(count):
        digits = "".join(generator.choice(list("01247"), 3))
        Image.fromarray(painted(digits, 24, 2.5)).save(folder / "images" / f"{k}.png")
        rows.append(f"{k}.png,{digits}")
    (folder / "labels.csv").write_text("\n".join(rows) + "\n")
    return folder


def write_rings(path: Path, texts: Sequence[str]) -> Path:
    """A set of words of rings, with stems where letters have them, each by a training writer of its own."""
    inks = [page((0.0, text)) for text in texts]
    writers = [f"writer {k}" for k in range(len(texts))]
    np.savez(path, **packed(inks, texts, writers), split=np.array(["train"] * len(texts)))
    return path
