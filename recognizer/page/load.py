"""Pages from files: PNG, JPEG, WebP, BMP and TIFF of one or more pages by Pillow, HEIC by libheif and PDF by pdfium in a helper process;
always upright and grey."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recognizer.errors import Cancelled, InputError
from recognizer.files import Source, read_source
from recognizer.heif import is_heif
from recognizer.page.documents import documents_on
from recognizer.page.page import Page
from recognizer.page.pdf_helper import draw_pages
from recognizer.page.polarity import dark_on_light, visible_is_light
from recognizer.pdf import Request

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_FILE_BYTES = 100_000_000
MAX_PIXELS = 50_000_000  # of one page: A4 at 600 dpi has 35 million
MAX_PAGES = 2_000
MAX_DOCUMENT_PIXELS = 400_000_000  # of all pages where they are held at once, a byte each: 45 of A4 at 300 dpi
PDF_DPI = 300.0  # PDF pages are drawn at this resolution, very large ones lower so that they keep to MAX_PIXELS
PDF_SECONDS = 8.0  # of the processor that a PDF page may take
CREDIBLE_DPI = (20.0, 5000.0)  # what a file says beyond these is taken as unknown
GREATEST_ASPECT = 4.0  # of a fax's pixels; beyond it the two resolutions are taken as an error

READABLE = "PNG, JPEG, TIFF, WebP, HEIC, BMP and PDF"
SIGNATURES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"BM": "BMP"} | dict.fromkeys(
    (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "TIFF"
)
EXIF_ORIENTATION = 0x0112
TIFF_PHOTOMETRIC, TIFF_BITS, TIFF_SUBFILE = 262, 258, 254
TIFF_NO_PAGE = 0b101  # of TIFF_SUBFILE: a reduced copy of another page, or a mask
JPEG_SCAN = 0xFF, 0xDA  # begins each scan of a JPEG, in which it cannot stand
MAX_SCANNED = 600_000_000  # pixels of all scans of a JPEG, which are decoded in turn: ten of the largest page
DOCUMENTS = (  # how files of Word, packed or not, of OneNote and of Journal begin
    b"PK\3\4",
    b"\xd0\xcf\x11\xe0",
    b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d",
    b"NB*\0",
)
PDF_SIGNATURE_RANGE = 1024  # bytes; pdfium, like other viewers, takes junk before the signature

OnPage = Callable[[int, int], None]


def _ignore(done: int, total: int) -> None:
    pass


def load_pages(source: Source, on_page: OnPage = _ignore) -> list[Page]:
    """All pages of a picture or document, given as a file's name or as its bytes (from the clipboard, from a drop).

    Pictures are turned upright by their EXIF orientation; transparency becomes paper; colours become their luminance; light
    writing on dark ground becomes dark on light; 16 bits become 8; pixels that are not square (faxes) are made square. Reduced
    copies of pages and masks of a TIFF are left out, and of animated pictures the first frame is taken; what is filled into the
    fields of a PDF is drawn; several cheques on a sheet are a page each. ``on_page(done, total)`` is called after each page;
    raising Cancelled in it stops the loading. Raises InputError for what cannot be opened or decoded and beyond the limits above.
    """
    pages, pixels = [], 0
    for page in each_page(source, on_page):
        pages.append(page)
        pixels += page.grey.size
        if pixels > MAX_DOCUMENT_PIXELS:
            raise InputError(
                f"This has more than {MAX_DOCUMENT_PIXELS:,} pixels on all its pages: split it or scale down, or open its folder, "
                "which is read page by page."
            )
    return pages


def each_page(source: Source, on_page: OnPage = _ignore) -> Iterator[Page]:
    """The same pages one after the other, each decoded when it is asked for; InputError is raised at the page that is damaged."""
    data, name = read_source(source, MAX_FILE_BYTES, "picture")
    with _decoding(name):
        done, more = 0, 0  # pages so far, and how many of them are further documents on a sheet
        for image in _images(data, name):
            documents = documents_on(dark_on_light(image.grey))
            more += len(documents) - 1
            for number, grey in enumerate(documents, 1):
                done += 1
                on_page(done, image.of + more)
                yield Page(grey, image.dpi, cheque=(number, len(documents)) if len(documents) > 1 else None)


class _Image(NamedTuple):
    grey: np.ndarray  # (H, W) uint8
    dpi: float | None
    of: int  # images of the file


def _images(data: bytes, name: str) -> Iterator[_Image]:
    if _format(data) is not None:
        return _load_picture(data, name)
    if is_heif(data) or b"%PDF-" in data[:PDF_SIGNATURE_RANGE]:
        return _load_drawn(data, name)
    if data.startswith(DOCUMENTS):
        raise InputError(
            f"{name} is a document of Word, OneNote or Journal, or packed: save its pages as PDF or as pictures, or its ink as InkML."
        )
    raise InputError(f"{name} is not a readable image: {READABLE} can be read.")


def _format(data: bytes) -> str | None:
    """How a picture is stored, by how it begins; None for what is none."""
    for start, name in SIGNATURES.items():
        if data.startswith(start):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return None


@contextmanager
def _decoding(name: str) -> Iterator[None]:
    """Turns whatever a decoder raises into an InputError: broken files make them raise nearly anything."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what it then reads or refuses
            yield
    except (InputError, Cancelled):
        raise
    except Exception as error:
        raise InputError(f"{name} is damaged or cut off: save, scan or copy it again.") from error


class _Budget:
    """Counts the pages of a document and raises InputError beyond the limits."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pages = 0

    def spend(self, width: int, height: int) -> None:
        self.pages += 1
        if self.pages > MAX_PAGES:
            raise InputError(f"{self.name} has more than {MAX_PAGES} pages: split it.")
        if width * height > MAX_PIXELS:
            raise InputError(
                f"{self.name} is {width:,} x {height:,} pixels; at most {MAX_PIXELS:,} on a page can be read: "
                "cut out or scale down."
            )


def _load_picture(data: bytes, name: str) -> Iterator[_Image]:
    image = _open(data)
    budget = _Budget(name)
    for _ in _frames(image):
        budget.spend(*_square_size(image))
    for _ in _frames(image):
        dpi, size, orientation = _resolution(image), _square_size(image), _orientation(image)
        grey = _grey(image)
        if grey.size != size:
            grey = grey.resize(size)
        yield _Image(np.array(_upright(grey, orientation)), dpi and max(dpi), budget.pages)


def _open(data: bytes) -> "Image":
    """A picture, not decoded yet.

    Opened by the format's own class: Image.open would decide about sizes before we can say which size is too large.
    """
    from PIL.BmpImagePlugin import BmpImageFile
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile
    from PIL.TiffImagePlugin import TiffImageFile
    from PIL.WebPImagePlugin import WebPImageFile

    opened: dict[str, Callable[[BytesIO], Image]] = {
        "PNG": PngImageFile,
        "TIFF": TiffImageFile,
        "BMP": BmpImageFile,
        "WEBP": WebPImageFile,
    }
    kind = _format(data)
    if kind != "JPEG":
        return opened[str(kind)](BytesIO(data))
    image = JpegImageFile(BytesIO(data))
    if _scans(data) * image.width * image.height > MAX_SCANNED:
        raise InputError("The picture is stored in more scans than any camera makes: save it again.")
    image.draft("L", None)  # of colours only the luminance is decoded, which a JPEG keeps apart
    return image


def _scans(data: bytes) -> int:
    """How many scans a JPEG has; a search through its bytes takes five times as long."""
    values = np.frombuffer(data, np.uint8)
    return int(np.count_nonzero((values[:-1] == JPEG_SCAN[0]) & (values[1:] == JPEG_SCAN[1])))


def _frames(image: "Image") -> Iterator[None]:
    """Makes the image stand at one page after the other; only TIFF's frames are pages, and not those that repeat one."""
    yield
    number = 1
    while image.format == "TIFF":
        try:
            image.seek(number)
        except EOFError:
            break
        if not image.tag_v2.get(TIFF_SUBFILE, 0) & TIFF_NO_PAGE:  # type: ignore[attr-defined]
            yield
        number += 1
    if number > 1:
        image.seek(0)


def _square_size(image: "Image") -> tuple[int, int]:
    """Width and height once pixels are as high as wide, at the finer of the two resolutions."""
    width, height = image.size
    x_dpi, y_dpi = _resolution(image) or (1.0, 1.0)
    finer = max(x_dpi, y_dpi)
    return round(width * finer / x_dpi), round(height * finer / y_dpi)


def _resolution(image: "Image") -> tuple[float, float] | None:
    """Horizontal and vertical dots per inch, equal unless they differ by a tenth; None where the file says nothing
    credible."""
    try:
        x, y = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    low, high = CREDIBLE_DPI
    if not (low <= x <= high and low <= y <= high) or max(x, y) > GREATEST_ASPECT * min(x, y):
        return None
    return (x, x) if max(x, y) < 1.1 * min(x, y) else (x, y)


def _orientation(image: "Image") -> int:
    """EXIF orientation, 1 (upright) to 8; Pillow turns TIFF by itself when it decodes."""
    if image.format == "TIFF":
        return 1
    try:
        return int(image.getexif().get(EXIF_ORIENTATION, 1))
    except Exception:  # a picture is no worse for notes that nobody can read
        return 1


def _upright(image: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _grey(image: "Image") -> "Image":
    """The image in mode L; what is clear is white, or black below writing that is white itself."""
    if image.mode.startswith("I;16"):
        return _grey_of_16_bits(image)
    if image.mode in ("I", "F"):
        raise InputError("The picture has 32 bits a pixel, whose white is unknown: save it with 8 or 16 bits.")
    if image.mode == "LAB":
        return image.getchannel("L")
    if not image.has_transparency_data:
        if image.mode == "L":  # which to convert would be to copy
            return image
        return image.convert("RGB").convert("L") if image.mode == "P" else image.convert("L")

    from PIL import Image as pillow

    seen = image.convert("RGBA")
    light = visible_is_light(np.asarray(seen.convert("RGB").convert("L")), np.asarray(seen.getchannel("A")))
    paper = pillow.new("RGBA", image.size, "black" if light else "white")
    paper.alpha_composite(seen)
    return paper.convert("L")


def _grey_of_16_bits(image: "Image") -> "Image":
    from PIL import Image as pillow

    tags = getattr(image, "tag_v2", {})
    bits = tags.get(TIFF_BITS, (16,))[0]  # of the value; scanners write 12 of 16 too
    values = np.asarray(image).astype(np.uint16) >> (bits - 8)
    if tags.get(TIFF_PHOTOMETRIC) == 0:  # white is zero, which Pillow heeds for up to 8 bits only
        values = 255 - values
    return pillow.fromarray(values.astype(np.uint8))


def _load_drawn(data: bytes, name: str) -> Iterator[_Image]:
    from PIL import Image as pillow

    for pixels, dpi, count in draw_pages(Request(name, len(data), PDF_DPI, MAX_PIXELS, MAX_PAGES, PDF_SECONDS), data):
        yield _Image(pixels if pixels.ndim == 2 else np.array(_grey(pillow.fromarray(pixels))), dpi, count)
