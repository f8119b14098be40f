"""Where the source (ink or page) lies in its view: the one transform that canvas, page and lattice share."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTransform

SMALLEST, LARGEST = 0.02, 32.0  # view pixels per source pixel
_MOST_MARGIN = 0.125  # of the room, at each side


@dataclass(frozen=True)
class Placement:
    """view = source * scale + offset, in both directions; an immutable value."""

    scale: float = 1.0
    left: float = 0.0  # view x of source x 0 [px]
    top: float = 0.0  # view y of source y 0 [px]

    def x_in_view(self, x: float) -> float:
        """View x of a source x."""
        return x * self.scale + self.left

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """View position of a source position."""
        return x * self.scale + self.left, y * self.scale + self.top

    def to_source(self, x: float, y: float) -> tuple[float, float]:
        """Source position of a view position."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale

    @property
    def transform(self) -> QTransform:
        """The same for a QPainter."""
        return QTransform(self.scale, 0, 0, self.scale, self.left, self.top)

    def zoomed(self, factor: float, x: float, y: float) -> "Placement":
        """Zoom by ``factor`` so that what is at view position (x, y) stays there."""
        scale = min(max(self.scale * factor, SMALLEST), LARGEST)
        source_x, source_y = self.to_source(x, y)
        return Placement(scale, x - source_x * scale, y - source_y * scale)

    def moved(self, dx: float, dy: float) -> "Placement":
        """Shift by view pixels."""
        return Placement(self.scale, self.left + dx, self.top + dy)


def fitted(
    box: tuple[float, float, float, float], width: float, height: float, margin: float = 24.0, largest: float = 4.0
) -> Placement:
    """The placement that centres ``box`` (left, top, right, bottom in source pixels) in a view, at most ``largest`` times; a low or
    narrow view has less of a ``margin`` [px]."""
    left, top, right, bottom = box
    box_width, box_height = max(right - left, 1.0), max(bottom - top, 1.0)
    room_x, room_y = (max(room - 2 * min(margin, _MOST_MARGIN * room), 1.0) for room in (width, height))
    scale = min(max(min(room_x / box_width, room_y / box_height), SMALLEST), largest)
    return Placement(
        scale, (width - box_width * scale) / 2 - left * scale, (height - box_height * scale) / 2 - top * scale
    )


class Viewport(QObject):
    """The placement in use; views of the same source hold the same viewport and so stay aligned."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._placement = Placement()

    @property
    def placement(self) -> Placement:
        """The transform from source to view."""
        return self._placement

    @property
    def transform(self) -> QTransform:
        """The same for a QPainter."""
        return self._placement.transform

    def place(self, placement: Placement) -> None:
        """Show the source elsewhere or at another size."""
        if placement != self._placement:
            self._placement = placement
            self.changed.emit()
