"""From the bytes of a file to the roots of InkML in it, however other programs hand it over: UTF-16, with a false declaration or
blank lines before it, several documents one after the other, or as a part of a MIME message."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from xml.etree.ElementTree import Element

from recognizer.errors import InputError

MAX_ELEMENTS = 500_000  # of a file; ink has some ten for each of 20,000 strokes at most

_UTF_16 = {BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}  # as files begin
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MIME = re.compile(rb"\s*(?:--[^\s<>]|mime-version:|content-type:)", re.IGNORECASE)
_TOGETHER = "documents"  # the root of several
_INK = re.compile(rb"<(?:[\w.-]+:)?ink[\s/>]")
_JUNK_AFTER_ROOT = 9  # XML_ERROR_JUNK_AFTER_DOC_ELEMENT of expat


def roots_of(data: bytes, name: str) -> list[Element]:
    """The elements <ink> of a file, one at least. Declarations and entities are refused, never expanded. Raises InputError."""
    parts = _parts_of(data, name) if _MIME.match(data) else [data]
    return [root for part in parts for root in _roots(part, name)]


def _roots(data: bytes, name: str) -> list[Element]:
    text = _decoded(data, name)
    if text.count("<") > 2 * MAX_ELEMENTS:
        raise InputError(f"{name} has more than {MAX_ELEMENTS:,} elements: it is no ink that could be read.")
    root = _parse(text, name)
    roots = list(root) if kind_of(root) == _TOGETHER else [root]
    for each in roots:
        if kind_of(each) != "ink":
            raise InputError(f"{name} is XML but no InkML: its root is <{kind_of(each)[:40]}> and not <ink>.")
    return roots


def kind_of(element: Element) -> str:
    """Its name, without that of its namespace."""
    return element.tag.rpartition("}")[2]


def _decoded(data: bytes, name: str) -> str:
    """The text, whatever it says of its own encoding, without that declaration."""
    body = data.removeprefix(BOM_UTF8).lstrip()
    encoding = next((each for begin, each in _UTF_16.items() if data.startswith(begin)), None)
    if encoding is None:
        declared = re.match(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)""", body)
        encoding = declared[1].decode() if declared else "utf-8"
        if encoding.lower().startswith(("utf-16", "utf16", "ucs-2")):  # which it is not: it would begin otherwise
            encoding = "utf-8"
        data = body
    try:
        return _DECLARATION.sub("", data.decode(encoding).lstrip("\ufeff \t\r\n"), count=1)
    except LookupError as error:
        raise InputError(f"{name} is in an unknown encoding ({error}): save it as UTF-8.") from error
    except UnicodeError as error:
        raise InputError(f"{name} is no text in {encoding.upper()}: save or copy it again.") from error


def _parse(text: str, name: str) -> Element:
    """The root, or an element _TOGETHER with all roots in it."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        try:
            root: Element = fromstring(text, forbid_dtd=True)
        except ParseError as error:
            if error.code != _JUNK_AFTER_ROOT:
                raise
            root = fromstring(f"<{_TOGETHER}>{_DECLARATION.sub('', text)}</{_TOGETHER}>", forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError(
            f"{name} declares a document type or entities, which may hide a bomb: save it as InkML without them."
        ) from error
    except (ParseError, ValueError) as error:  # ValueError: half of a character
        raise InputError(
            f"{name} is no InkML, or only the beginning of one ({error}): save or copy it again."
        ) from error
    return root


def _parts_of(data: bytes, name: str) -> list[bytes]:
    """The parts of a MIME message that hold ink."""
    from email import message_from_bytes

    data = data.lstrip()
    if data.startswith(b"--"):  # the boundary, of which what came before the message told
        boundary = data.split(None, 1)[0].removeprefix(b"--")
        data = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\n\n' + data
    try:
        parts = [part.get_payload(decode=True) for part in message_from_bytes(data).walk() if not part.is_multipart()]
    except (ValueError, LookupError, RecursionError) as error:
        raise InputError(f"{name} is a damaged MIME message: save the ink in it as a file of its own.") from error
    ink = [part for part in parts if isinstance(part, bytes) and _INK.search(part.replace(b"\0", b""))]
    if not ink:
        raise InputError(f"{name} is a MIME message without InkML: save the ink as a file of its own.")
    return ink
