"""Every recipe runs, from toys to the file that it makes, in one step of each of its stages."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import numpy as np
import pytest
from PIL import Image

from recognizer.language.lexicon import read_lexicon
from recognizer.language.prices import LINES, WORD
from recognizer.networks.store import load_model
from recognizer.platform import resources_folder
from recognizer.training.data.inksets import load_inkset
from recognizer.training.learning.loop import Run, Schedule
from recognizer.training.recipes import RECIPES
from recognizer.training.recipes.digits import LENET5, SMALL, Cycle, Settings
from recognizer.training.synthesis import rehearsal
from recognizer.training.synthesis.scanned_sets import scan_samples
from tests.recognizer.training.toys import write_amounts, write_data, write_inks

ONCE = Schedule(passes=1, rate=1e-3)
NETWORK = {"widths": [4, 4, 6, 8], "dilations": [1]}
COMPACT = {"widths": [4, 4, 8], "hidden": 8}
AMOUNTS = 10
JUDGED = 40  # digits; a multiple of ten, as the classes come one after the other


def _once(settings: Settings) -> tuple[Cycle, ...]:
    return tuple(replace(cycle, schedule=ONCE) for cycle in settings.cycles)


# What differs from the settings of the recipe, so that it takes seconds.
TOYS: dict[str, dict[str, Any]] = {
    "lenet5": {"cycles": _once(LENET5), "batch": 40, "judged": lambda digits: LENET5.judged(digits[:JUDGED])},
    "small": {"cycles": _once(SMALL), "batch": 40, "judged": lambda digits: SMALL.judged(digits[:JUDGED])},
    "amount": {
        "character": COMPACT,
        "made_up": 2,
        "strings": 8,
        "validation": 4,
        "shard": 4,
        "characters": ONCE,
        "stringwise": ONCE,
        "strings_a_pass": 4,
        "strings_a_batch": 2,
    },
    "amount-displacement": {
        "network": NETWORK,
        "made_up": 2,
        "strings": 6,
        "validation": 4,
        "steps": 1,
        "alone": ONCE,
        "whole": ONCE,
    },
    "amount-thresholds": {"amounts": 3, "shard": 3},
    "amounts": {"made_up": 4, "hands": 2, "schedule": ONCE, "beam": 1.0, "fewest": AMOUNTS},
    "amount-folds": {"made_up": 4, "hands": 2, "schedule": ONCE, "beam": 1.0, "fewest": AMOUNTS},
    "ink-number": {
        "character": COMPACT,
        "numbers": 8,
        "batch": 4,
        "cycles": (ONCE, ONCE),
        "validation": 4,
        "a_pass": 2,
    },
    "displacement": {
        "network": NETWORK,
        "shown_alone": {"chars": 1},
        "shown": {"words": 1, "text": 1, "chars": 1},
        "shown_wandering": {"words": 1, "leaning": 1, "lines": 1},
        "wandering": {"leaning": (3, 1), "lines": (2, 3)},
        "alone": ONCE,
        "cycles": (ONCE,),
        "last": ONCE,
        "validation": {"words": 3, "text": 1},
    },
    "segmentation": {
        "character": COMPACT,
        "alone": ONCE,
        "alone_steps": 1,
        "alone_batch": 4,
        "cycles": (ONCE,),
        "last": ONCE,
        "shown": {"words": 1, "text": 1, "chars": 1},
        "shown_wandering": {"words": 1, "leaning": 1, "lines": 1},
        "wandering": {"leaning": (3, 1), "lines": (2, 3)},
        "segments": 60,
        "validation": {"words": 2, "text": 1},
        "measured": 3,
    },
    "characters": {"network": COMPACT, "cycles": (ONCE,)},
    "field": {"made_up": 2, "cheques": 1, "validation": 1, "shard": 1},
    "personal": {"steps": 2, "bent": 1},
    "criteria": {
        "alone_passes": 1,
        "alone_steps": 1,
        "alone_batch": 4,
        "passes": 1,
        "steps": 1,
        "segments": 60,
        "measured": 2,
    },
    "legal": {"network": NETWORK, "lines": 4, "validation": 3, "steps": 1, "cycles": (ONCE,)},
    "scans": {"schedule": ONCE, "old": 1, "fewest": 3},
    "scan": {
        "inks": {"words": 3, "text": 2, "chars": 4},
        "lines": (2, 3),
        "set": 2,
        "shown": {"words": 1, "text": 1, "chars": 1, "lines": 1},
        "schedule": ONCE,
        "shown_last": {"words": 1},
        "last": ONCE,
        "validation": {"words": 2, "text": 1},
        "measured": {"words": 2, "text": 1},
    },
    "scan-segmentation": {
        "inks": {"words": 3, "text": 2, "chars": 4},
        "lines": (2, 3),
        "set": 2,
        "alone": ONCE,
        "alone_steps": 1,
        "alone_batch": 4,
        "cycles": (ONCE,),
        "shown": {"words": 1, "text": 1, "chars": 1, "lines": 1},
        "segments": 60,
        "validation": {"words": 2, "text": 1},
        "trusted": {"words": 2, "text": 1},
    },
    "lexicon": {"words": 50},
    "language": {"gains": (1.0, 1.0)},
    "prices": {"lines": 1, "words": 1, "measured_lines": 0, "measured_words": 0, "rounds": 0},
}


def settings_of(name: str) -> Any:
    """The recipe's settings with the toy's changes; of a network those that are named."""
    standard = resolve_name(RECIPES[name].settings)
    changes = {
        field: getattr(standard, field) | value if field in ("network", "character") else value
        for field, value in TOYS[name].items()
    }
    return replace(standard, **changes)


def train(name: str, data: Path, out: Path, resume: bool = False) -> list[str]:
    """Run the recipe on toys; the lines that it reports."""
    lines: list[str] = []
    function = resolve_name(RECIPES[name].function)
    function(Run(data, out, resume, lines.append), settings_of(name))
    return lines


def _write_lines(folder: Path, count: int) -> None:
    """Scanned words with what they say."""
    (folder / "images").mkdir(parents=True)
    rows = ["file,text"]
    for k, (image, text, _) in enumerate(scan_samples(load_inkset(rehearsal.FILE), rehearsal.MEASURED, count, 0)):
        Image.fromarray(image).save(folder / "images" / f"{k}.png")
        rows.append(f"{k}.png,{text}")
    (folder / "labels.csv").write_text("\n".join(rows), "utf-8")


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_data(tmp_path_factory.mktemp("toys"))
    write_amounts(folder / "amounts", AMOUNTS)
    write_inks(folder / "corrections.npz", {"train": ["net", "toe"]})
    _write_lines(folder / "lines", 5)
    return folder


def test_every_recipe_has_a_toy() -> None:
    assert set(TOYS) == set(RECIPES)


DATA = {
    "lenet5": "mnist",
    "small": "mnist",
    "amounts": "amounts",
    "amount-folds": "amounts",
    "personal": "corrections.npz",
    "scans": "lines",
}
MODELS = [name for name, recipe in RECIPES.items() if recipe.out.parent.name == "models"]


@pytest.mark.parametrize("name", MODELS)
def test_a_recipe_makes_a_model_that_says_how_it_was_made(name: str, toys: Path, tmp_path: Path) -> None:
    out = tmp_path / RECIPES[name].out.name
    if name == "amount-thresholds":  # measures what is there
        for model in ("amount", "amount-displacement"):
            shutil.copy(resources_folder() / "models" / f"{model}.safetensors", tmp_path)
    assert train(name, toys / DATA.get(name, "."), out)
    model = load_model(out)
    assert model.card["recipe"] == ("amount-displacement" if name == "amount-thresholds" else name)
    assert {"data", "figures"} <= set(model.card)
    if (classes := model.card.get("classes")) and name not in ("lenet5", "small"):
        assert model.arguments.get("character", model.arguments)["classes"] == len(classes)
    if list(tmp_path.glob("*.checkpoint")):  # it is there for going on
        lines = train(name, toys / DATA.get(name, "."), out, resume=True)
        assert any(line.startswith("resumed after pass") for line in lines)
        assert not any(line.startswith("pass ") for line in lines)


def _personal(out: Path) -> None:
    assert load_model(out).card["corrections"] == ["net", "toe"]


def _folds(out: Path) -> None:
    assert json.loads(out.read_text())["amounts measured"] == AMOUNTS


def _criteria(out: Path) -> None:
    found = json.loads(out.read_text())
    assert {len(passes) for name, passes in found.items() if name != "before"} == {1}
    assert "| discriminative forward |" in out.with_suffix(".md").read_text()


def _lexicon(out: Path) -> None:
    assert len(read_lexicon(out)) == 50
    assert np.load(out.with_name("characters.npz"))["penalties"].size


def _language(out: Path) -> None:
    with np.load(out) as arrays:
        assert arrays["bigrams"].sum() == len(arrays["second"]) > 0
        assert arrays["trigrams"].sum() == len(arrays["third"]) > 0


def _prices(out: Path) -> None:
    assert json.loads(out.read_text()) == {"lines": asdict(LINES), "word": asdict(WORD)}


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("personal", _personal),
        ("amount-folds", _folds),
        ("criteria", _criteria),
        ("lexicon", _lexicon),
        ("language", _language),
        ("prices", _prices),
    ],
)
def test_what_is_no_reader_is_written_too(name: str, check: Callable[[Path], None], toys: Path, tmp_path: Path) -> None:
    out = tmp_path / RECIPES[name].out.name
    assert train(name, toys / DATA.get(name, "."), out)
    check(out)
