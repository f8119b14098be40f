"""What the pages of a file say, as rows of results: runs in the process that reads."""

import time
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any

from recognizer.batch.columns import Row, failed, row
from recognizer.batch.settings import Settings
from recognizer.errors import Blank, InputError, NothingToRead
from recognizer.platform import model_file, to_stay
from recognizer.readers import catalog
from recognizer.readers.catalog import Kind

if TYPE_CHECKING:
    from recognizer.readers.protocol import Reader
    from recognizer.readers.reading import Reading

Begun = dict[str, int]  # "begun": the page that is decoded and will be read; "of": pages of the file


class PagesReader:
    """Called with the bytes of a file; what is needed for its kind is loaded once."""

    def __init__(self, settings: Settings) -> None:
        from recognizer import gtn
        from recognizer.page import warm

        gtn.compile_kernels()
        warm.compile_kernels()
        self._settings = settings
        self._reader = cache(self._load)
        if settings.kind and settings.kind not in catalog.OF_WORDS:
            self._reader(settings.kind)

    def __call__(self, data: bytes, after: int) -> Iterator[Begun | Row]:
        """The rows of the pages that come ``after`` one (0: of all), each of several after the word that it is begun.

        Raises MemoryError, and nothing else: what cannot be read has a row that says why.
        """
        from recognizer.readers.sources import each_source

        total = 1

        def on_page(_done: int, pages: int) -> None:
            nonlocal total
            total = pages

        sources = each_source(data, self._settings.kind, on_page)
        for page in count(1):
            begun = time.perf_counter()
            source = _attempt(lambda: next(sources, None), page, total)
            if isinstance(source, dict):
                yield source
            if source is None or isinstance(source, dict):
                return
            if page > after:
                if total > 1:
                    yield {"begun": page, "of": total}
                yield self._read(source, page, total, begun)

    def _read(self, source: Any, page: int, pages: int, begun: float) -> Row:
        from recognizer.readers.sources import kind_of, suited
        from recognizer.readers.upright import read_by

        def read() -> Row:
            kind = suited(self._settings.kind, source) if self._settings.kind else kind_of(source)
            answer = self.answer(kind, *read_by(self._reader(kind), source))
            known = {"page": page, "pages": pages, "kind": kind, "models": models_of(kind)}
            return row(**known, **answer, seconds=round(time.perf_counter() - begun, 4))

        return _attempt(read, page, pages)

    def answer(self, kind: Kind, reading: "Reading", _source: Any) -> Row:
        """What a row tells of a reading of a source."""
        return _answer(reading) | (_box(reading) if kind in ("amount", "cheque") else {})

    def _load(self, kind: Kind) -> "Reader[Any]":
        country = self._settings.country if kind in ("amount", "cheque") else None
        with to_stay():
            return catalog.load_reader(kind, max_error=self._settings.max_error, country=country)


def read_pages(settings: Settings) -> PagesReader:
    """What `Settings.read` names where nothing else is chosen."""
    return PagesReader(settings)


class LinesToo(PagesReader):
    """Tells of pages of text what each line may say, too; such a page is as sure as its words are on average. And which ``cheque``, of how
    many on one picture, a page is."""

    def _read(self, source: Any, page: int, pages: int, begun: float) -> Row:
        return super()._read(source, page, pages, begun) | {"cheque": getattr(source, "cheque", None)}

    def answer(self, kind: Kind, reading: "Reading", source: Any) -> Row:
        """With ``lines``, each the box around it, and what it may say with the confidence in that, likeliest first; and the quarters by
        which the page was ``turned`` to the right before it was read."""
        from recognizer.readers.transcript import share_right

        answer = super().answer(kind, reading, source)
        if kind not in catalog.OF_WORDS:
            return answer
        lines = reading.lines or (reading,)
        said = [(line.box, [(each.text, each.confidence) for each in line.alternatives]) for line in lines]
        return answer | {"confidence": share_right(lines), "turned": source.quarters, "lines": said}


@cache
def models_of(kind: Kind) -> str:
    """The models that read pages of a kind, each with the beginning of its file's SHA-256."""
    names = catalog.CATALOG[kind, catalog.systems_of(kind)[0]].models
    paths = map(model_file, names)
    return " ".join(f"{path.stem}:{sha256(path.read_bytes()).hexdigest()[:12]}" for path in paths)


def _answer(reading: "Reading") -> Row:
    return {
        "text": reading.text,
        "value": reading.value,
        "currency": reading.currency,
        "confidence": float(reading.confidence),
        "accepted": bool(reading.accepted),
        "state": "accepted" if reading.accepted else "refused",
        "reason": "" if reading.accepted else "doubtful",
        "flaws": list(reading.flaws),
    }


def _box(reading: "Reading") -> Row:
    """Around what an amount was read from [px of the page]."""
    return dict(zip(("left", "top", "right", "foot"), reading.box, strict=True))


def _attempt(act: Callable[[], Any], page: int, pages: int) -> Any:
    """What ``act`` gives, or the row of a page that says why it gives nothing."""
    try:
        return act()
    except Blank:
        return row(page=page, pages=pages, state="blank")
    except NothingToRead as error:
        return failed(page, "nothing", str(error), pages=pages)
    except Exception as error:  # a fault of ours must not keep the other pages from being read
        if _for_memory(error):
            raise MemoryError from error
        if isinstance(error, InputError):
            return failed(page, "unreadable", str(error), pages=pages)
        return failed(page, "fault", f"{type(error).__name__}: {error}", pages=pages)


def _for_memory(error: BaseException | None) -> bool:
    """Was it, or what it came of, that there was no memory left? Torch says so in words."""
    while error is not None:
        if isinstance(error, MemoryError) or "can't allocate memory" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
