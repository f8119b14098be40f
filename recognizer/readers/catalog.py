"""The readers that come with the program: what reads what, from which models, and how far each is trusted. One table.

Light: it is asked before anything is read, and what a reader is made of is imported when it is loaded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from recognizer.errors import InputError
from recognizer.readers import loading
from recognizer.readers.fitting import check_alike
from recognizer.readers.loading import ReadingOptions
from recognizer.readers.models import ENDING, file_of, model_in
from recognizer.readers.trust import JOINED, Trust, trust_in, trust_in_both

if TYPE_CHECKING:
    from recognizer.ink.tracing import Tracing
    from recognizer.page import Page
    from recognizer.readers.doubt import DoubtingReader
    from recognizer.readers.lines import LinesReader
    from recognizer.readers.protocol import Reader
    from recognizer.readers.reader import LatticeReader
    from recognizer.readers.rescoring import RescoringReader

# The first two of ink, the others of pages; a scan is of text.
Kind = Literal["text", "number", "scan", "amount", "cheque"]
Extent = Literal["word", "line", "page"]  # what ink is known to hold
System = Literal["segmentation", "displacement", "joined"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_INK: tuple[Kind, ...] = ("text", "number")
OF_WORDS: tuple[Kind, ...] = ("text", "scan")  # read with a lexicon
SYSTEMS: tuple[System, ...] = get_args(System)

# Share of wrong answers that a reading is accepted at, where nobody says another; of words a misread one costs a glance and no money.
MAX_ERROR: dict[Kind, float] = {"text": 0.05, "number": 0.01, "scan": 0.05, "amount": 0.01, "cheque": 0.01}

# ---------------------------------------------------------------- both systems as one


def _words_by_both(
    by_displacement: "Callable[..., LatticeReader[Any]]",
    by_segments: "Callable[..., LatticeReader[Any]]",
    paths: Sequence[Path],
    threshold: float,
    options: ReadingOptions,
) -> "RescoringReader[Any]":
    from recognizer.networks.card import model_card
    from recognizer.readers.rescoring import RescoringReader

    displacement, segmentation = paths
    alone = trust_in(model_card(displacement)).at(options.max_error).confidence
    # Over-segmentation first: displacement expands the language that this reads with.
    of_segments = by_segments([segmentation], threshold, options)
    return RescoringReader(by_displacement([displacement], alone, options), of_segments)


_text_by_both = partial(_words_by_both, loading.text_by_displacement, loading.text_by_segments)
_tracing_by_both = partial(
    _words_by_both, loading.tracing_by_displacement, partial(loading.tracing_by_segments, joined=True)
)


def _in_sizes(
    load: "Callable[..., Reader[Any]]", paths: Sequence[Path], threshold: float, options: ReadingOptions
) -> "Reader[Any]":
    """What reads lines, those in doubt in several sizes; words as they are."""
    from recognizer.readers.sizes import in_sizes

    reader = load(paths, threshold, options)
    return reader if options.single else in_sizes(reader)


def _on_pages(
    load: "Callable[..., Any]", paths: Sequence[Path], threshold: float, options: ReadingOptions
) -> "LinesReader[Page, Tracing]":
    """What reads traced lines, on pages, and sees how they lie where frames are among what it reads."""
    from recognizer.readers.lines import LinesReader
    from recognizer.readers.rescoring import RescoringReader
    from recognizer.readers.sizes import in_sizes
    from recognizer.readers.text import FrameNetwork
    from recognizer.readers.tracing import tracings_on
    from recognizer.readers.upright import Orientation, ScanReader

    reader = load(paths, threshold, options)
    recognise = (reader.displacement if isinstance(reader, RescoringReader) else reader).recognise
    line = reader if options.single else in_sizes(reader)
    if isinstance(recognise, FrameNetwork):
        return ScanReader(tracings_on, line, Orientation(recognise.network))
    return LinesReader(tracings_on, line)


def _amount_by_both(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "DoubtingReader":
    from recognizer.networks.card import model_card
    from recognizer.readers.calibration import Calibration
    from recognizer.readers.doubt import DoubtingReader
    from recognizer.readers.pooled import PooledReader

    segmentation, displacement = paths
    alone = [trust_in(model_card(path)).at(options.max_error).confidence for path in paths]
    readers = (
        loading.amount_by_segments([segmentation], alone[0], options),
        loading.amount_by_displacement([displacement], alone[1], options),
    )
    check_alike(segmentation, readers[0].classes, displacement, readers[1].classes)
    joined = model_card(displacement)["joined"]
    calibration = Calibration(tuple((confidence, share) for confidence, share in joined.get("calibration", ())))
    both = PooledReader(readers, tuple(joined["weights"]), threshold)
    return DoubtingReader(both, readers[1], calibration)


# ---------------------------------------------------------------- the table


@dataclass(frozen=True)
class Entry:
    """What a reader is made of."""

    models: tuple[str, ...]  # names of its model files
    load: Callable[[Sequence[Path], float, ReadingOptions], "Reader[Any]"]  # from their paths and the threshold
    measured: str  # the model whose card says how far the reader is trusted
    trust: Callable[[Mapping[str, Any]], Trust] = trust_in  # by that card


# The systems of a kind stand in order, the best one first.
CATALOG: dict[tuple[Kind, System], Entry] = {
    ("text", "joined"): Entry(
        ("displacement", "segmentation"),
        partial(_in_sizes, _text_by_both),
        "segmentation",
        partial(trust_in, name=JOINED),
    ),
    ("text", "displacement"): Entry(
        ("displacement",), partial(_in_sizes, loading.text_by_displacement), "displacement"
    ),
    ("text", "segmentation"): Entry(("segmentation",), partial(_in_sizes, loading.text_by_segments), "segmentation"),
    ("number", "segmentation"): Entry(("ink-number",), loading.number_by_segments, "ink-number"),
    ("scan", "displacement"): Entry(
        ("scan-displacement",), partial(_on_pages, loading.tracing_by_displacement), "scan-displacement"
    ),
    ("scan", "joined"): Entry(
        ("scan-displacement", "scan-segmentation"),
        partial(_on_pages, _tracing_by_both),
        "scan-segmentation",
        partial(trust_in, name=JOINED),
    ),
    ("scan", "segmentation"): Entry(
        ("scan-segmentation",), partial(_on_pages, loading.tracing_by_segments), "scan-segmentation"
    ),
    ("amount", "joined"): Entry(
        ("amount", "amount-displacement"), _amount_by_both, "amount-displacement", trust_in_both
    ),
    ("amount", "displacement"): Entry(("amount-displacement",), loading.amount_by_displacement, "amount-displacement"),
    ("amount", "segmentation"): Entry(("amount",), loading.amount_by_segments, "amount"),
    ("cheque", "segmentation"): Entry(
        ("field", "amount", "amount-displacement", "legal"), loading.cheque_by_opinions, "field"
    ),
}


def systems_of(kind: Kind) -> tuple[System, ...]:
    """The systems that read sources of a kind, the best one first."""
    return tuple(system for of, system in CATALOG if of == kind)


def load_reader(
    kind: Kind,
    system: System | None = None,
    *,
    max_error: float | None = None,
    lexicon: str | None = None,
    own: Iterable[str] = (),
    extent: Extent = "page",
    country: str | None = None,
    personal: Path | None = None,
    models: Path | None = None,
) -> "Reader[Any]":
    """The reader of sources of a ``kind``: text (words and numbers) and number read ink; scan (text on images), amount (of one
    line) and cheque (whole) read pages.

    ``system``: None for the best one. ``max_error``: the share of wrong answers that it may accept, None for the usual one.
    Of text and scans, ``lexicon``: a file of words, "none" to read any words freely, None for the English one that comes with the
    program; ``own``: words of the user's beside those; of text, ``personal``: a file of what corrections have taught. Of ink, ``extent``: a
    page is read line by line, a line or a word as it is; of scans, a word: a line holds one. Of amounts and cheques, ``country``: where
    money is written as it is there, None for anywhere. ``models``: the folder of the models, or the file of one, None for those
    of the program, before which the user's own go (`recognizer.platform.model_file`).

    Raises InputError where no such reader exists, a model is missing or of another task, the reader has no use for the one of
    ``models``, or a file is no lexicon.
    """
    known = systems_of(kind)
    if (system or known[0]) not in known:
        raise InputError(f"A reader of {kind} goes by {' or '.join(known)}, not by {system}.")
    allowed = MAX_ERROR[kind] if max_error is None else max_error
    entry = CATALOG[kind, system or known[0]]
    if models is not None and not uses(kind, system or known[0], models):
        raise InputError(f"{models} is the model {model_in(models)}, which a reader of {kind} has no use for.")
    options = ReadingOptions(allowed, _words(lexicon, own) if kind in OF_WORDS else None, extent == "word", country)
    trusted = load_trust(kind, system, models).at(allowed).confidence
    reader = entry.load([file_of(model, models) for model in entry.models], trusted, options)
    if personal is not None and kind == "text":
        from recognizer.readers.personal import load_personal, taught

        reader = taught(reader, load_personal(personal, models))
    if extent != "page" or kind not in OF_INK:
        return reader
    from recognizer.readers.lines import LinesReader, lines_of

    return LinesReader(lines_of, reader)


def load_trust(kind: Kind, system: System | None = None, models: Path | None = None) -> Trust:
    """What was measured of the reader of a kind that goes by a ``system`` (None: the best one).

    Raises InputError where its model is missing.
    """
    from recognizer.networks.card import model_card

    entry = CATALOG[kind, system or systems_of(kind)[0]]
    return entry.trust(model_card(file_of(entry.measured, models)))


def uses(kind: Kind, system: System, models: Path) -> bool:
    """Is a reader made of any of these? Raises InputError where the file is no model."""
    return models.suffix != ENDING or model_in(models) in CATALOG[kind, system].models


def _words(lexicon: str | None, own: Iterable[str]) -> Mapping[str, float] | None:
    from recognizer.language.lexicon import english, read_lexicon, with_own

    if lexicon == "none":
        return None
    return with_own(english() if lexicon is None else read_lexicon(Path(lexicon)), own)
