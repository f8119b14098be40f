import numpy as np
import pytest

from recognizer.frames import STRIDE
from recognizer.language.money import DIGITS
from recognizer.training.synthesis.placed_pictures import PlacedPictures, make_placed
from tests.recognizer.training.hands import hands


@pytest.fixture(scope="module")
def made() -> PlacedPictures:
    return make_placed(hands(), 20, np.random.default_rng(5))


def test_every_character_has_a_place_on_its_line_and_they_come_in_the_order_of_the_text(made: PlacedPictures) -> None:
    assert len(made) >= 12
    for image, text, places in zip(made.pictures.images, made.pictures.texts, made.places, strict=True):
        assert len(places) == len(text)
        assert np.all((places > 0) & (places < image.shape[2] / STRIDE))
        digits = places[[character in DIGITS for character in text]]
        assert np.all(np.diff(digits) >= 0)  # those of a hundred are small and close


def test_there_is_ink_around_the_place_of_a_digit(made: PlacedPictures) -> None:
    for image, text, places in zip(made.pictures.images, made.pictures.texts, made.places, strict=True):
        for character, place in zip(text, places, strict=True):
            middle = round(place) * STRIDE
            assert not character.isdigit() or image[0, :, max(0, middle - 8) : middle + 8].max() > 0
