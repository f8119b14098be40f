"""Models whose cards or networks were made by hand: read with, or refused in a sentence that names the file."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.ink import read_inkml
from recognizer.networks.card import model_card
from recognizer.networks.store import load_model, save_model
from recognizer.page.load import load_pages
from recognizer.platform import model_file, model_files, resources_folder
from recognizer.readers.catalog import CATALOG, Kind, System, load_reader, load_trust

SAMPLES = resources_folder() / "samples"
READABLE: dict[Kind, Callable[[], Any]] = {
    "number": lambda: read_inkml(SAMPLES / "number-1998.inkml"),
    "amount": lambda: load_pages(SAMPLES / "amount-742.50.png")[0],
}
ENTRIES = [(kind, system, model) for (kind, system), entry in CATALOG.items() for model in entry.models]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([10**30, 1e300, float("nan"), float("inf"), -float("inf"), 0.5, 1.1, "", "0", "junk", "x" * 3]),
    st.floats(0, 1),
)
VALUES = st.recursive(
    LEAVES,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=3), each, max_size=3),
    max_leaves=5,
)


NOTHING = object()
READ_WITH = ("classes", "thresholds", "curve", "joined thresholds", "joined curve", "joined", "weights")


def places(holder: Any, key: Any) -> Iterator[tuple[Any, Any]]:
    """A place of a card, and all below it."""
    yield holder, key
    inside = holder[key]
    for below in inside if isinstance(inside, dict) else range(len(inside)) if isinstance(inside, list) else ():
        yield from places(inside, below)


def changed(card: dict[str, Any], entry: int, place: int, value: Any) -> dict[str, Any]:
    """A card of which something that is read with is another ``value``, or is not there."""
    result = copy.deepcopy(card)
    there = [name for name in READ_WITH if name in card]
    if there:
        found = list(places(result, there[entry % len(there)]))
        holder, key = found[place % len(found)]
        holder[key] = value
        if value is NOTHING:
            del holder[key]
    return result


def put(card: dict[str, Any], model: str, folder: Path) -> None:
    """The model with another card, in a folder of all models."""
    data = model_file(model).read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header["__metadata__"]["card"] = json.dumps(card)
    changed = json.dumps(header).encode()
    for path in model_files():
        (folder / path.name).unlink(missing_ok=True)
        (folder / path.name).symlink_to(path)
    own = folder / f"{model}.safetensors"
    own.unlink()
    own.write_bytes(len(changed).to_bytes(8, "little") + changed + data[8 + length :])


def read(kind: Kind, system: System, model: str, folder: Path) -> None:
    """Load the reader and let it read: an answer, or a sentence that names the file."""
    said, reader = "", None
    try:
        load_trust(kind, system, folder)
        reader = load_reader(kind, system, models=folder, lexicon="none")
    except InputError as error:
        said = str(error)
    assert reader is not None or f"{model}.safetensors" in said
    if reader is not None and kind in READABLE:
        assert 0 <= reader.read(READABLE[kind]()).confidence <= 1


@pytest.mark.parametrize(("kind", "system", "model"), ENTRIES)
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(entry=st.integers(0, 9), place=st.integers(0, 5) | st.integers(0, 200), value=VALUES | st.just(NOTHING))
def test_any_card_is_read_with_or_refused_in_a_sentence(
    kind: Kind, system: System, model: str, entry: int, place: int, value: Any, tmp_path: Path
) -> None:
    put(changed(model_card(model_file(model)), entry, place, value), model, tmp_path)
    read(kind, system, model, tmp_path)


# ---------------------------------------------------------------- what was found


def refused(kind: Kind, system: System, model: str, folder: Path, **entries: Any) -> str:
    """What is said of a model with these entries in its card."""
    put({**model_card(model_file(model)), **entries}, model, folder)
    with pytest.raises(InputError) as caught:
        load_reader(kind, system, models=folder)
    return str(caught.value)


JOINED = model_card(model_file("amount-displacement"))["joined"]


@pytest.mark.parametrize(
    "joined",
    [
        3,
        None,
        [],
        {},
        {"weights": None},
        JOINED | {"weights": [1.0]},
        JOINED | {"weights": [1.0, "1"]},
        JOINED | {"weights": [1.0, -1.0]},
        JOINED | {"weights": [1.0, True]},
        JOINED | {"calibration": None},
        JOINED | {"calibration": [[0.5]]},
        JOINED | {"calibration": [[0.5, 0.5], [0.4, 0.6]]},
        JOINED | {"calibration": [[0.4, 0.6], [0.5, 0.5]]},
        JOINED | {"calibration": [[0.4, 0.6], [0.4, 0.7]]},
        JOINED | {"calibration": [[0.5, 1.5]]},
        JOINED | {"curve": [[0.5, 0.5]]},
        JOINED | {"curve": {"a": 1}},
        JOINED | {"thresholds": {"often": 0.5}},
        JOINED | {"thresholds": {"0.01": "sure"}},
    ],
)
def test_what_is_said_of_both_systems_is_held_against_what_it_must_be(joined: Any, tmp_path: Path) -> None:
    said = refused("amount", "joined", "amount-displacement", tmp_path, joined=joined)
    assert "amount-displacement.safetensors" in said
    assert "the entry joined of its card is not what it should be" in said


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("entry", ["thresholds", "figures"])
def test_what_is_no_number_is_refused(entry: str, number: float, tmp_path: Path) -> None:
    said = refused("number", "segmentation", "ink-number", tmp_path, **{entry: {"0.01": number}})
    assert f"the entry {entry} of its card is not what it should be" in said


@pytest.mark.parametrize(
    ("kind", "system", "model", "classes"),
    [
        ("number", "segmentation", "ink-number", [*"012345678", "x", "junk"]),
        ("number", "segmentation", "ink-number", [*"0123456789", "blank"]),
        ("number", "segmentation", "ink-number", [*"0123456789"]),
        ("amount", "segmentation", "amount", [*"0123456789.", "junk"]),
        ("amount", "displacement", "amount-displacement", []),
    ],
)
def test_classes_are_those_that_the_network_tells_and_its_grammar_needs(
    kind: Kind, system: System, model: str, classes: list[str], tmp_path: Path
) -> None:
    assert f"{model}.safetensors is no model for" in refused(kind, system, model, tmp_path, classes=classes)


@pytest.mark.parametrize(("kind", "system"), [("amount", "joined"), ("cheque", "segmentation")])
def test_models_that_read_together_know_the_same_characters(kind: Kind, system: System, tmp_path: Path) -> None:
    first, second, *others = model_card(model_file("amount"))["classes"]
    said = refused(kind, system, "amount", tmp_path, classes=[second, first, *others])
    assert "amount.safetensors" in said
    assert "they know different characters" in said


@pytest.mark.parametrize("weights", ["averaged", "ab", [1.0], [1.0] * 4])
def test_a_cheque_is_read_by_two_or_three_opinions(weights: Any, tmp_path: Path) -> None:
    said = refused("cheque", "segmentation", "field", tmp_path, weights=weights)
    assert "field.safetensors is no model for finding amounts on cheques" in said


SHAPES: dict[str, tuple[Kind, System, dict[str, Any]]] = {
    "displacement": ("text", "displacement", {"rows": 24}),
    "segmentation": ("text", "segmentation", {"features": 6}),
    "scan-displacement": ("scan", "displacement", {"input_channels": 11}),
    "ink-number": ("number", "segmentation", {"features": 5}),
    "amount": ("amount", "segmentation", {"features": 6}),
    "amount-displacement": ("amount", "displacement", {"classes": 51}),
    "legal": ("cheque", "segmentation", {"dilations": [1, 2, 0]}),
    "field": ("cheque", "segmentation", {"features": 20}),
}


@pytest.mark.parametrize("model", SHAPES)
def test_a_network_that_cannot_take_what_it_is_given_is_refused(model: str, tmp_path: Path) -> None:
    kind, system, changes = SHAPES[model]
    put(model_card(model_file(model)), model, tmp_path)
    ours = load_model(model_file(model))
    arguments = ours.arguments | changes
    own = tmp_path / f"{model}.safetensors"
    own.unlink()
    save_model(own, type(ours.network)(**arguments), arguments, ours.card)
    with pytest.raises(InputError, match=rf"{model}\.safetensors is no model for .*: it was made for another task"):
        load_reader(kind, system, models=tmp_path)
