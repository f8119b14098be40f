"""What a scene of screenshots is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from recognizer.platform import resources_folder
from ui.model.reading import Kind
from ui.window import Window

SAMPLES = resources_folder() / "samples"

State = tuple[str, Callable[[], object]]  # its name, and what leads to it from the state before


@dataclass(frozen=True)
class Scene:
    """A window with readers, and the states that it is led through."""

    kinds: Mapping[str, Kind]
    states: Callable[[Window], list[State]]
    size: tuple[int, int] = (1180, 760)
