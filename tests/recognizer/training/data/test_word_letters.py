"""Letters that are taken out of words: whole strokes of the word, in the order of its text, and none of another text."""

import numpy as np
import pytest
from torch import nn

from recognizer.ink import Ink
from recognizer.language.alphabet import labels_of
from recognizer.networks.store import load_model
from recognizer.platform import resources_folder
from recognizer.training.data.word_letters import letters_of_word
from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal

WORDS = [(ink, text) for ink, text in rehearsal(MEASURED) if text.isalpha()][:8]


@pytest.fixture(scope="module")
def network() -> nn.Module:
    return load_model(resources_folder() / "models" / "segmentation.safetensors").network


def test_letters_are_whole_strokes_in_the_order_of_the_text(network: nn.Module) -> None:
    found = [letters_of_word(ink, text, network) for ink, text in WORDS]
    assert sum(map(bool, found)) >= len(WORDS) / 2
    for (ink, text), letters in zip(WORDS, found, strict=True):
        taken = [stroke.tobytes() for letter, _ in letters for stroke in letter.strokes]
        assert len(set(taken)) == len(taken)
        assert set(taken) <= {stroke.tobytes() for stroke in ink.strokes}
        rest = iter(labels_of(text) or [])
        assert all(label in rest for _, label in letters)


def test_what_was_meant_to_be_another_text_gives_no_letters(network: nn.Module) -> None:
    assert not any(letters_of_word(ink, text[::-1] * 2, network) for ink, text in WORDS)


def test_a_letter_that_shares_a_stroke_is_left_out(network: nn.Module) -> None:
    ink, text = WORDS[0]
    joined = Ink((np.concatenate(ink.strokes),))
    assert not letters_of_word(joined, text, network)
