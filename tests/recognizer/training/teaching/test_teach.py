"""Teaching on a few words: what is corrected is learnt, what was known is kept, and the file says what it stands on."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from recognizer import cli
from recognizer.errors import Cancelled, InputError
from recognizer.ink import write_inkml
from recognizer.networks.last_layer import layer_of, with_layer
from recognizer.networks.store import load_model
from recognizer.platform import resources_folder
from recognizer.readers.catalog import load_reader
from recognizer.readers.personal import NAMES, Personal, Unfit, load_personal, save_personal, taught
from recognizer.readers.reading import Alternative
from recognizer.training.data.inksets import packed
from recognizer.training.recipes import RECIPES
from recognizer.training.synthesis.rehearsal import MEASURED, MIXED_IN, rehearsal
from recognizer.training.teaching.teach import SETTINGS, _Words, present_frames, present_segments, teach

MODELS = resources_folder() / "models"
LITTLE = replace(SETTINGS, bent=1, mixed_in=15)  # time goes by the words
PRESENT = {"displacement": present_frames, "segmentation": present_segments}


@pytest.fixture(scope="module")
def samples() -> list[tuple[object, str]]:
    """Whoever writes these means capitals."""
    return [(ink, text.capitalize()) for ink, text in rehearsal(MEASURED)[:4] if text.isalpha()]


@pytest.fixture(scope="module")
def personal(samples: list[tuple[object, str]]) -> Personal:
    return teach(samples, settings=LITTLE)


@pytest.mark.parametrize("name", NAMES)
def test_corrections_are_learnt_and_old_answers_kept(name: str, personal: Personal, samples: list) -> None:
    network = load_model(MODELS / f"{name}.safetensors").network
    new = PRESENT[name](network, _Words.of(samples), None)
    old = PRESENT[name](network, _Words.of(rehearsal(MIXED_IN)[:20]), None)
    losses, best = [], []
    for weight, bias in (layer_of(network), personal.layers[name]):
        losses.append(float(new.loss(torch.nn.functional.linear(new.inputs, weight, bias))))
        best.append(old.shares(torch.nn.functional.linear(old.inputs, weight, bias)).argmax(1))
    assert losses[1] < 0.5 * losses[0]
    assert (best[0] == best[1]).float().mean() > 0.9


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_into_the_last_layer_makes_what_comes_out(name: str, samples: list) -> None:
    network = load_model(MODELS / f"{name}.safetensors").network
    layer = layer_of(network)
    twice = with_layer(network, (2 * layer[0], 2 * layer[1]))
    for before, after in zip(layer, layer_of(twice), strict=True):
        assert torch.equal(2 * before, after)
    assert torch.equal(layer_of(network)[0], layer[0]), "the network given is left as it was"


def test_a_reader_reads_as_it_was_taught(personal: Personal, samples: list, tmp_path: Path) -> None:
    save_personal(tmp_path / "mine.safetensors", personal)
    kept = load_personal(tmp_path / "mine.safetensors")
    assert kept.card == personal.card
    for name in NAMES:
        for one, other in zip(kept.layers[name], personal.layers[name], strict=True):
            assert torch.equal(one, other)
    reader = load_reader("text", lexicon="none", extent="word")
    new = taught(reader, kept)
    believed = np.array(
        [[_belief(each.read(ink).alternatives, text) for each in (reader, new)] for ink, text in samples]
    )
    assert np.all(believed[:, 1] > believed[:, 0])
    assert believed[:, 1].mean() > believed[:, 0].mean() + 0.1


def _belief(alternatives: Sequence[Alternative], text: str) -> float:
    """The confidence that a reading has in a text."""
    return next((each.confidence for each in alternatives if each.text == text), 0.0)


def test_a_file_on_other_networks_is_refused(personal: Personal, tmp_path: Path) -> None:
    card = personal.card | {"base": dict.fromkeys(NAMES, "another")}
    save_personal(tmp_path / "mine.safetensors", Personal(personal.layers, card))
    with pytest.raises(InputError, match="teach it again"):
        load_personal(tmp_path / "mine.safetensors")
    with pytest.raises(InputError, match="no personal model"):
        load_personal(MODELS / "displacement.safetensors")


@pytest.mark.parametrize("layers", ["missing", "narrow", "not finite"])
def test_layers_that_do_not_fit_are_refused_before_anything_is_read_with_them(
    personal: Personal, tmp_path: Path, layers: str
) -> None:
    (weight, bias), other = (personal.layers[name] for name in NAMES)
    odd = {
        "missing": {NAMES[0]: (weight, bias)},
        "narrow": {NAMES[0]: (weight[:, 1:], bias), NAMES[1]: other},
        "not finite": {NAMES[0]: (weight * float("nan"), bias), NAMES[1]: other},
    }[layers]
    save_personal(tmp_path / "mine.safetensors", Personal(odd, personal.card))
    with pytest.raises(Unfit, match=r"no personal model|not finite"):
        load_personal(tmp_path / "mine.safetensors")


def test_nothing_to_teach_is_said_and_teaching_can_be_stopped(samples: list) -> None:
    with pytest.raises(InputError, match="nothing to teach"):
        teach([(samples[0][0], "\N{SNOWMAN}")])
    heard: list[float] = []

    def stop(share: float) -> None:
        heard.append(share)
        if share > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        teach(samples, stop, settings=LITTLE)
    assert heard == sorted(heard)


def test_the_command_line_learns_and_reads_with_it(
    samples: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(RECIPES, "personal", replace(RECIPES["personal"], settings=f"{__name__}:LITTLE"))
    inks, texts = [ink for ink, _ in samples], [text for _, text in samples]
    np.savez(tmp_path / "mine.npz", **packed(inks, texts, ["me"] * len(inks)))
    files = [tmp_path / f"{number}.inkml" for number in range(len(inks))]
    for file, ink in zip(files, inks, strict=True):
        file.write_bytes(write_inkml(ink))
    model = tmp_path / "me.safetensors"
    assert cli.main(["train", "personal", "--data", str(tmp_path / "mine.npz"), "--out", str(model)]) == 0
    read = ["read", "--json", "--lexicon", "none", *map(str, files)]
    found = []
    for more in ([], ["--personal", str(model)]):
        capsys.readouterr()
        assert cli.main([*read, *more]) == 0
        lines = [json.loads(line)["alternatives"] for line in capsys.readouterr().out.splitlines()]
        found.append(
            [
                _belief([Alternative(**each, labels=()) for each in line], text)
                for line, text in zip(lines, texts, strict=True)
            ]
        )
    assert np.mean(found[1]) > np.mean(found[0]) + 0.1
    assert cli.main([*read, "--personal", str(tmp_path / "none.safetensors")]) == 1
    assert "none.safetensors" in capsys.readouterr().out
