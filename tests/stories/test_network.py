"""Someone looks into the network."""

from dataclasses import dataclass

import numpy as np

from recognizer.readers.transparent import LayerAnswer
from recognizer.segments import Segments
from tests.stories.person import Person
from tests.stories.test_conditions import settle
from ui.inspect.network import LayerMaps, NetworkPage


@dataclass
class Glass:
    """A recogniser that shows its input and one unit."""

    penalties: np.ndarray

    def __call__(self, segments: Segments) -> np.ndarray:
        return self.penalties

    def cutting(self, segments: Segments) -> np.ndarray:
        return np.zeros(len(segments))

    def layers(self, picture: np.ndarray) -> list[LayerAnswer]:
        return [
            LayerAnswer(f"input, {len(picture)} maps", picture),
            LayerAnswer("sum, 1 units", picture.sum()[None, None, None]),
        ]


def test_the_layers_and_all_classes_of_the_chosen_arc_are_shown(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    desk = person.desk
    trace = desk.answer.reading.trace
    object.__setattr__(trace.reader, "recognise", Glass(trace.penalties))
    page = person.inspect(NetworkPage)
    assert "Choose an arc" in page.message.text()
    for arc in desk.answer.lattice.best[:2]:
        person.click_arc(arc)
        settle(person)
        shown = [maps for maps in page.layers.findChildren(LayerMaps) if maps.isVisible()]
        assert [maps.accessibleName() for maps in shown][-2:] == ["Input, 5 maps", "Sum, 1 units"]
        assert page.bars.accessibleDescription().count(":") == len(desk.answer.lattice.classes)
        assert page.bars.accessibleDescription().startswith(f"{desk.answer.lattice.labels[arc]}: 0.05")


def test_a_network_that_is_closed_says_so(person: Person) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    page = person.inspect(NetworkPage)
    person.click_arc(0)
    settle(person)
    assert "cannot be looked into" in page.message.text()
    assert page.bars.isVisible()
