"""Every kind of file that is a page, and every way in which a file can fail to be one."""

import os
import struct
import time
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import AppendingTiffWriter as TiffWriter

from recognizer.errors import Cancelled, InputError
from recognizer.page import Page, each_page, load, load_pages
from tests.heic import HEIC


def picture(height: int = 40, width: int = 60) -> np.ndarray:
    """White, with a dark bar at the upper left: no turn or flip leaves it as it is. (H, W) uint8."""
    grey = np.full((height, width), 255, np.uint8)
    grey[4:10, 5:30] = 20
    grey[4:30, 5:9] = 20
    return grey


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def only(pages: list[Page]) -> Page:
    assert len(pages) == 1
    return pages[0]


def far(a: np.ndarray, b: np.ndarray) -> float:
    assert a.shape == b.shape
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", {"compression": "packbits"}),
        ("TIFF", {"compression": "jpeg", "quality": 95}),
        ("JPEG", {"quality": 95}),
        ("BMP", {}),
    ],
)
def test_grey_pictures_come_back(kind: str, options: dict[str, object]) -> None:
    page = only(load_pages(encoded(Image.fromarray(picture()), kind, dpi=(200, 200), **options)))
    assert page.grey.dtype == np.uint8
    assert far(page.grey, picture()) < (2 if "quality" in options else 1e-9)
    assert page.dpi == pytest.approx(200, abs=0.1)


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "HEIF"])
def test_pictures_of_telephones_and_browsers_come_back(kind: str) -> None:
    data = HEIC if kind == "HEIF" else encoded(Image.fromarray(picture(48, 64)), kind)
    page = only(load_pages(data))
    assert far(page.grey, picture(48, 64)) < 4
    with pytest.raises(InputError, match=r"damaged|cut off"):
        load_pages(data[: len(data) // 2])


@pytest.mark.parametrize("kind", ["WEBP", "BMP"])
def test_their_pixels_are_counted_before_they_are_decoded(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_PIXELS", 1000)
    with pytest.raises(InputError, match="at most 1,000 on a page"):
        load_pages(encoded(Image.fromarray(picture(48, 64)), kind))


@pytest.mark.parametrize("compression", ["group4", "group3", "tiff_ccitt", "tiff_lzw", None])
def test_one_bit_tiff(compression: str | None) -> None:
    grey = np.where(picture() > 128, 255, 0).astype(np.uint8)
    image = Image.fromarray(grey).convert("1")
    assert far(only(load_pages(encoded(image, "TIFF", compression=compression))).grey, grey) == 0


def test_every_page_of_a_tiff_from_a_file(tmp_path: Path) -> None:
    first, second = Image.fromarray(picture()).convert("1"), Image.fromarray(picture(30, 50)).convert("1")
    path = tmp_path / "fax.tif"
    first.save(path, compression="group4", save_all=True, append_images=[second, first])
    assert [page.grey.shape for page in load_pages(path)] == [(40, 60), (30, 50), (40, 60)]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_16_bits_become_8(kind: str) -> None:
    deep = picture().astype(np.uint16) * 257
    page = only(load_pages(encoded(Image.fromarray(deep), kind)))
    assert far(page.grey, picture()) == 0


def test_16_bits_where_white_is_zero() -> None:
    deep = 65535 - picture().astype(np.uint16) * 257
    data = encoded(Image.fromarray(deep), "TIFF", tiffinfo={262: 0})
    assert far(only(load_pages(data)).grey, picture()) == 0


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "YCbCr", "LAB", "P", "RGBA", "LA"])
def test_colour_modes(mode: str) -> None:
    image = Image.fromarray(picture())
    if mode == "LAB":
        image = Image.merge("LAB", [image, *(Image.new("L", image.size, 128) for _ in "ab")])
    else:
        image = image.convert("RGB").convert(mode) if mode not in ("LA", "YCbCr") else image.convert(mode)
    assert far(only(load_pages(encoded(image, "TIFF"))).grey, picture()) < 3


def test_cmyk_jpeg() -> None:
    image = Image.fromarray(picture()).convert("RGB").convert("CMYK")
    assert far(only(load_pages(encoded(image, "JPEG", quality=95))).grey, picture()) < 2


def test_transparency_is_white_paper() -> None:
    ink = Image.fromarray(picture()).point(lambda v: 255 - v)
    image = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    image.putalpha(ink)
    assert far(only(load_pages(encoded(image, "PNG"))).grey, picture()) < 1


def test_transparent_colour_of_a_palette_is_white_paper() -> None:
    indices = (picture() < 128).astype(np.uint8)
    image = Image.fromarray(indices, "P")
    image.putpalette([255, 0, 0, 0, 0, 0])
    grey = only(load_pages(encoded(image, "PNG", transparency=0))).grey
    assert set(np.unique(grey)) == {0, 255}
    assert ((grey == 0) == (picture() < 128)).all()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_undone(kind: str, orientation: int) -> None:
    undo = [None, 0, 3, 1, 5, 2, 6, 4]  # PIL.Image.Transpose that makes the stored picture from the upright one
    stored = Image.fromarray(picture())
    if undo[orientation - 1] is not None:
        stored = stored.transpose(Image.Transpose(undo[orientation - 1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert far(only(load_pages(encoded(stored, kind, exif=exif))).grey, picture()) < 6


def test_unreadable_exif_does_not_hide_a_picture() -> None:
    data = encoded(Image.fromarray(picture()), "JPEG", quality=95, exif=b"Exif\0\0" + b"\xff" * 40)
    assert far(only(load_pages(data)).grey, picture()) < 2


def test_a_photograph_with_a_preview_is_one_page() -> None:
    image = Image.fromarray(picture())
    data = encoded(image, "MPO", save_all=True, append_images=[image.resize((6, 4))])
    assert only(load_pages(data)).grey.shape == (40, 60)


def test_fax_pixels_become_square() -> None:
    page = only(load_pages(encoded(Image.fromarray(picture(40, 60)), "TIFF", dpi=(204, 98))))
    assert page.grey.shape == (83, 60)
    assert page.dpi == pytest.approx(204, abs=0.1)


@pytest.mark.parametrize("dpi", [(0, 0), (1, 1), (100_000, 100_000)])
def test_incredible_dpi_is_unknown(dpi: tuple[int, int]) -> None:
    assert only(load_pages(encoded(Image.fromarray(picture()), "TIFF", dpi=dpi))).dpi is None


def test_no_dpi_is_unknown() -> None:
    assert only(load_pages(encoded(Image.fromarray(picture()), "PNG"))).dpi is None


def test_one_pixel_is_a_page() -> None:
    assert only(load_pages(encoded(Image.new("L", (1, 1), 7), "PNG"))).grey.tolist() == [[7]]


def test_a_reduced_copy_and_a_mask_in_a_tiff_are_no_pages() -> None:
    file = BytesIO()
    with TiffWriter(file) as writer:
        for size, kind in (((40, 60), 0), ((20, 30), 1), ((40, 60), 4), ((30, 50), 2)):
            Image.fromarray(picture(*size)).save(writer, "TIFF", tiffinfo={load.TIFF_SUBFILE: kind})
            writer.newFrame()
    assert [page.grey.shape for page in load_pages(file.getvalue())] == [(40, 60), (30, 50)]


@pytest.mark.parametrize("ink", [0, 255])
def test_strokes_on_clear_are_dark_on_light(ink: int) -> None:
    """White ones too, which would be nothing on white paper."""
    opacity = 255 - picture()
    levels = np.full((*opacity.shape, 4), ink, np.uint8)
    levels[..., 3] = opacity
    grey = only(load_pages(encoded(Image.fromarray(levels), "PNG"))).grey
    assert far(grey, picture()) < 1


def test_light_strokes_on_dark_are_their_negative() -> None:
    assert far(only(load_pages(encoded(Image.fromarray(255 - picture()), "PNG"))).grey, picture()) == 0


def test_paper_on_a_dark_table_is_no_light_writing() -> None:
    table = np.full((120, 200), 30, np.uint8)
    table[40:80, 50:110] = picture()
    assert far(only(load_pages(encoded(Image.fromarray(table), "PNG"))).grey, table) == 0


def test_progress_is_told_and_loading_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    image = Image.fromarray(picture())
    for data in (encoded(image, "TIFF", save_all=True, append_images=[image]), pdf((72, 72), (72, 72))):
        told: list[tuple[int, int]] = []
        load_pages(data, on_page=lambda done, total, told=told: told.append((done, total)))
        assert told == [(1, 2), (2, 2)]
        with pytest.raises(Cancelled):
            load_pages(data, on_page=stop)


# PDF


def pdf(*sizes: tuple[int, int], encrypt: str = "", content: str = "0 0 20 10 re f", field: str = "") -> bytes:
    """A document with one page per size [1/72 inch], each with a black rectangle at the lower left; ``field``: how a form field
    of all the page looks, as drawing operators."""
    kids = " ".join(f"{3 + i} 0 R" for i in range(len(sizes)))
    stream = 3 + len(sizes)
    form, annots = (f"/AcroForm<</Fields[{stream + 1} 0 R]>>", f"/Annots[{stream + 1} 0 R]") if field else ("", "")
    objects = [f"<</Type/Catalog/Pages 2 0 R{form}>>", f"<</Type/Pages/Kids[{kids}]/Count {len(sizes)}>>"]
    objects += [f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {w} {h}]/Contents {stream} 0 R{annots}>>" for w, h in sizes]
    objects += [f"<</Length {len(content)}>>stream\n{content}\nendstream"]
    if field:
        box = f"[0 0 {sizes[0][0]} {sizes[0][1]}]"
        widget = f"<</Type/Annot/Subtype/Widget/FT/Sig/T(amount)/F 4/P 3 0 R/Rect{box}/AP<</N {stream + 2} 0 R>>>>"
        look = f"<</Type/XObject/Subtype/Form/BBox{box}/Length {len(field)}>>stream\n{field}\nendstream"
        objects += [widget, look]
    body, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, text in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text.encode())
    count = len(objects) + 1
    trailer = f"trailer<</Root 1 0 R/Size {count}{encrypt}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + b"xref\n0 %d\n" % count + table + trailer.encode()


# Limits


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def tiff_header(width: int, height: int) -> bytes:
    tags = [(256, width), (257, height), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 9)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + b"\0" * 4


@pytest.mark.parametrize("make", [png_header, tiff_header])
def test_a_gigantic_picture_is_refused_at_once(make: object) -> None:
    start = time.thread_time()
    with pytest.raises(InputError, match=r"40,000 x 40,000 pixels; at most 50,000,000"):
        load_pages(make(40_000, 40_000))  # type: ignore[operator]
    assert time.thread_time() - start < 1


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    dot = Image.new("1", (1, 1))
    data = encoded(dot, "TIFF", save_all=True, append_images=[dot] * 60)
    assert len([*each_page(data)]) == 61
    monkeypatch.setattr(load, "MAX_PAGES", 50)
    with pytest.raises(InputError, match="more than 50 pages"):
        load_pages(data)
    with pytest.raises(InputError, match="has 51 pages; at most 50"):
        load_pages(pdf(*[(9, 9)] * 51))


def test_too_many_pixels_on_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_DOCUMENT_PIXELS", 5_000)
    image = Image.fromarray(picture())
    data = encoded(image, "TIFF", save_all=True, append_images=[image] * 2)
    with pytest.raises(InputError, match="on all its pages"):
        load_pages(data)
    assert len([*each_page(data)]) == 3  # one after the other there may be any number of them


def test_too_large_a_file(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(load.MAX_FILE_BYTES + 1)  # a sparse file takes no disk
    with pytest.raises(InputError, match=r"large\.png has 100 MB; at most 100 MB"):
        load_pages(path)


# Files that are no pages


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "letter.txt").write_bytes(b"Dear reader")
    os.mkfifo(tmp_path / "pipe.png")
    for name, sentence in {
        ".": "is a folder",
        "missing.png": r"missing\.png does not exist",
        "empty.png": "is empty",
        "letter.txt": "is not a readable image: PNG, JPEG, TIFF, WebP, HEIC, BMP and PDF can be read",
        "pipe.png": "is no ordinary file",
        "a\0b": "is no name of a file",
        "x" * 300: "cannot be read: File name too long",
    }.items():
        with pytest.raises(InputError, match=sentence):
            load_pages(tmp_path / name)


@pytest.mark.parametrize("begin", load.DOCUMENTS)
def test_documents_of_other_programs_are_told_from_damaged_pictures(begin: bytes) -> None:
    with pytest.raises(InputError, match="is a document of Word, OneNote or Journal"):
        load_pages(begin + bytes(99))


def test_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, mode: str) -> None:  # root is never refused
        raise PermissionError(13, "Permission denied")

    (tmp_path / "secret.png").write_bytes(b"x")
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match=r"secret\.png may not be read"):
        load_pages(tmp_path / "secret.png")


def test_32_bits_a_pixel() -> None:
    with pytest.raises(InputError, match="save it with 8 or 16 bits"):
        load_pages(encoded(Image.fromarray(picture().astype(np.float32)), "TIFF"))


SIGNATURES = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"%PDF-"]
NOISE = np.random.default_rng(1).integers(0, 256, (48, 64), dtype=np.uint8)
SOUND = {
    "png": encoded(Image.fromarray(NOISE), "PNG"),
    "jpeg": encoded(Image.fromarray(NOISE), "JPEG"),
    "g4": encoded(Image.fromarray(NOISE).convert("1"), "TIFF", compression="group4"),
    "lzw": encoded(Image.fromarray(NOISE), "TIFF", compression="tiff_lzw"),
    "raw": encoded(Image.fromarray(NOISE), "TIFF"),
}


@pytest.mark.parametrize("kind", SOUND)
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_what_is_cut_off_is_said_to_be(kind: str, kept: float, tmp_path: Path) -> None:
    data = SOUND[kind]
    path = tmp_path / f"cut.{kind}"
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(InputError, match=rf"cut\.{kind} is damaged or cut off"):
        load_pages(path)


def tame(data: bytes) -> None:
    """Loads pages or raises InputError; anything else fails the test."""
    with suppress(InputError):
        assert all(page.grey.size <= load.MAX_PIXELS for page in load_pages(data))


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"%PDF-"])
)
@settings(max_examples=150)
def test_any_bytes_give_a_sentence(data: bytes, signature: bytes) -> None:
    tame(signature + data)


@given(st.sampled_from([*SOUND.values(), pdf((72, 72))]), st.data())
@settings(max_examples=150)
def test_damaged_files_give_pages_or_a_sentence(sound: bytes, data: st.DataObject) -> None:
    damaged = bytearray(sound[: data.draw(st.integers(0, len(sound)))])
    for place in data.draw(st.lists(st.integers(0, len(sound) - 1), max_size=8)):
        if place < len(damaged):
            damaged[place] = data.draw(st.integers(0, 255))
    tame(bytes(damaged))
