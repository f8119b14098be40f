"""Really learning, with little old material: what it learns, and what it tells."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from recognizer.errors import Cancelled, InputError, Unfit
from recognizer.ink import Ink
from recognizer.networks.store import load_model, save_model
from recognizer.platform import model_file
from recognizer.readers.catalog import load_reader
from recognizer.readers.personal import base_of, save_personal
from recognizer.training.synthesis import rehearsal as old
from recognizer.training.teaching import teach as teaching
from ui.model.choice import ANY, Choice
from ui.model.teach.collection import Correction
from ui.model.teach.teacher import learn

CHOICE = Choice(language=ANY)


@pytest.fixture(autouse=True)
def little_old_material(monkeypatch: pytest.MonkeyPatch) -> None:
    words = old.rehearsal(old.MEASURED)[:8]
    monkeypatch.setattr(old, "rehearsal", lambda split: words)
    little = replace(teaching.SETTINGS, bent=1, mixed_in=8)
    monkeypatch.setattr(teaching, "teach", partial(teaching.teach, settings=little))


def corrections() -> tuple[Correction, ...]:
    """Of somebody whose letters are a third as wide as others'."""
    words = [(ink, text) for ink, text in old.rehearsal(old.MEASURED) if text.isalpha()][:8]
    return tuple(Correction(_narrow(ink), "", text) for ink, text in words)


def _narrow(ink: Ink) -> Ink:
    return Ink(tuple(stroke * np.array([0.35, 1, 1], stroke.dtype) for stroke in ink.strokes), ink.pressures)


def test_corrections_are_read_better_afterwards() -> None:
    heard: list[float] = []
    report = learn(corrections(), CHOICE, heard.append)
    before, after = report.corrections
    assert before.words == after.words == 8
    assert after.wrong < before.wrong
    assert after.characters < before.characters
    assert report.personal.card["corrections"] == [each.wanted for each in corrections()]
    assert heard == sorted(heard)
    assert heard[-1] > 0.9


def test_an_own_model_is_what_is_taught(tmp_path: Path) -> None:
    model = load_model(model_file("displacement"))
    with torch.no_grad():
        model.network.out.bias += 0.01
    own = tmp_path / "mine.safetensors"
    save_model(own, model.network, model.arguments, model.card)
    personal = learn(corrections(), replace(CHOICE, model=str(own)), lambda share: None).personal
    assert personal.card["base"] == base_of(own) != base_of()
    save_personal(tmp_path / "taught.safetensors", personal)
    load_reader("text", models=own, personal=tmp_path / "taught.safetensors")
    with pytest.raises(Unfit, match="another version"):
        load_reader("text", personal=tmp_path / "taught.safetensors")


def test_nothing_is_learnt_of_nothing_or_after_cancelling() -> None:
    with pytest.raises(InputError, match="nothing to teach"):
        learn((), CHOICE, lambda share: None)

    def stop(_share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        learn(corrections(), CHOICE, stop)
