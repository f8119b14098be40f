"""Small pictures of pages, made when they are asked for, in a thread of their own; only some hundreds are remembered."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap, QTransform

from ui.model.documents.look import greys_of
from ui.model.documents.result import DocumentPage
from ui.model.opening import halvings
from ui.model.worker import Worker

if TYPE_CHECKING:
    import numpy as np

SIZE = QSize(68, 34)  # px
RATIO = 2.0  # for screens at 200 %
REMEMBERED = 400
Look = tuple[str, int]
WAITING = 60  # asked for and not made: more are out of sight by then


class Thumbnails(QObject):
    """``made`` tells the places of new ones; those of a page that cannot be opened stay empty. ``look_of`` says what the file
    of a page holds (its digest), and by how many quarters the page is turned to the right."""

    made = Signal(object)  # places
    _came = Signal(object, object)  # file, images by page

    def __init__(self, look_of: Callable[[DocumentPage], Look] = lambda _place: ("", 0)) -> None:
        super().__init__()
        self._look_of = look_of
        self._size = SIZE * RATIO
        self._blank = QPixmap(self._size)
        self._blank.setDevicePixelRatio(RATIO)
        self._blank.fill(Qt.GlobalColor.transparent)
        self._nothing = _as_it_is(self._blank)
        self._known: OrderedDict[tuple[DocumentPage, Look], QIcon] = OrderedDict()
        self._worker: Worker[Path, None, list[QImage]] = Worker(
            "thumbnails", self._images, self._came.emit, most=WAITING
        )
        self._came.connect(self._take)

    def of(self, place: DocumentPage) -> QIcon:
        """The picture of a page, if it is made; else it will be, and until then it is blank."""
        key = place, self._look_of(place)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        self._worker.put(place.file, None)
        return self._nothing

    def stop(self) -> None:
        """End the thread after what it is doing."""
        self._worker.stop()

    def _images(self, file: Path, _job: None) -> list[QImage]:
        """As far as the file can be read; the row tells what is wrong with it."""
        images: list[QImage] = []
        with suppress(Exception):
            images.extend(map(self._small, greys_of(file)))
        return images

    def _small(self, grey: "np.ndarray") -> QImage:
        small = halvings(grey)[-1]
        image = QImage(small.data, small.shape[1], small.shape[0], small.strides[0], QImage.Format.Format_Grayscale8)
        mode = Qt.TransformationMode.SmoothTransformation
        longest = max(self._size.width(), self._size.height())
        return image.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio, mode).copy()

    def _take(self, file: Path, images: list[QImage]) -> None:
        places = [DocumentPage(file, number) for number in range(1, max(len(images), 1) + 1)]
        icons = [_as_it_is(self._on_blank(self._upright(*each))) for each in zip(places, images, strict=False)]
        keys = [(place, self._look_of(place)) for place in places]
        self._known.update(zip(keys, icons or [self._nothing], strict=True))
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        self.made.emit(places)

    def _upright(self, place: DocumentPage, image: QImage) -> QImage:
        turned = image.transformed(QTransform().rotate(90 * self._look_of(place)[1]))
        mode = Qt.TransformationMode.SmoothTransformation
        return turned.scaled(self._size, Qt.AspectRatioMode.KeepAspectRatio, mode)

    def _on_blank(self, image: QImage) -> QPixmap:
        """All are of one size, so that what stands beside them is aligned."""
        pixmap = self._blank.copy()
        size = image.size() / RATIO
        painter = QPainter(pixmap)
        painter.drawImage(
            QRectF((SIZE.width() - size.width()) / 2, (SIZE.height() - size.height()) / 2, size.width(), size.height()),
            image,
        )
        painter.end()
        return pixmap


def _as_it_is(pixmap: QPixmap) -> QIcon:
    """An icon that is not tinted where its row is chosen."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
