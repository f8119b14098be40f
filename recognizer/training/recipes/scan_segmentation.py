"""The recipe of over-segmentation of writing on images: isolated characters first, then whole words and lines from their texts, as the
pen's is trained, on pen ink that was drawn on paper and scanned (1998 paper, sections VI and IX-C).

What characters alone teach is measured. Whole words then go on from the pen's model, which began in the same way and has learnt of
more words than can be scanned in an hour.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch
from torch import nn

from recognizer.ink import amap
from recognizer.ink.traced_segments import CHANNELS
from recognizer.ink.word_segments import FEATURES
from recognizer.language.lexicon import english
from recognizer.networks.inference import folded
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.store import Model, load_model, save_model
from recognizer.platform import model_beside, model_file
from recognizer.readers.rescoring import RescoringReader
from recognizer.readers.segmentation import tracing_segmentation_reader
from recognizer.readers.sizes import in_sizes
from recognizer.readers.text import tracing_reader
from recognizer.readers.trust import JOINED
from recognizer.training.data.cache import cached
from recognizer.training.data.cut_words import CutWords
from recognizer.training.evaluation.rejection import measured
from recognizer.training.evaluation.text import read_all
from recognizer.training.learning.loop import Run, Schedule
from recognizer.training.learning.prior import take_out
from recognizer.training.recipes.displacement import text_card
from recognizer.training.recipes.scan import DATA, inks_of, scanned_validation, scans_to_learn
from recognizer.training.recipes.segmentation import CHARACTER, WordCourse
from recognizer.training.synthesis.scanned_sets import Scans, cut_words_of


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how much."""

    start: str = "segmentation"  # the pen's model
    character: dict[str, Any] = field(default_factory=(CHARACTER | {"input_channels": CHANNELS}).copy)
    inks: Mapping[str, int] = field(default_factory={"words": 12_000, "text": 2_000, "chars": 5_000}.copy)
    lines: tuple[int, int] = (2_000, 7)  # so many lines of so many words of one writer at most
    set: int = 1_000  # lines in fonts
    alone: Schedule = Schedule(passes=3, rate=4e-3, decay=0.02, averaging=0.99)  # characters alone
    alone_steps: int = 80  # of a pass
    alone_batch: int = 250  # characters
    cycles: tuple[Schedule, ...] = (  # whole words and lines
        Schedule(passes=30, rate=2e-3, warm_up=0.05, decay=0.02, averaging=0.998),
        Schedule(passes=28, rate=2e-3, warm_up=0.05, decay=0.02, averaging=0.998),
    )
    shown: Mapping[str, int] = field(  # batches of each set in a pass
        default_factory={"words": 40, "text": 24, "chars": 2, "lines": 40, "fonts": 10, "letters": 4}.copy
    )
    segments: int = 1_500  # of a batch
    validation: Mapping[str, int] = field(default_factory={"words": 300, "text": 80}.copy)  # read after each pass
    trusted: Mapping[str, int] = field(default_factory={"words": 600, "text": 400}.copy)  # read for the confidences


SETTINGS = Settings()


def train_scan_segmentation(run: Run, settings: Settings) -> None:
    """Train on characters, words and lines of the training writers, drawn and scanned, and on fonts and letters where there are any;
    validate on words and lines of the other writers."""
    torch.manual_seed(1998)
    scans = scans_to_learn(run, settings.inks, settings.lines, settings.set)
    training = {name: _cut(run, f"{name}-train", each) for name, each in scans.items()}
    validation = {
        name: _cut(run, f"{name}-val", inks_of(run, name, "val", count)) for name, count in settings.validation.items()
    }
    network = SegmentRecogniser(settings.character, len(FEATURES))
    course = WordCourse(network, run, training, validation, settings.validation, settings.validation["words"])
    course.alone(settings.alone, settings.alone_steps, settings.alone_batch)
    before = course.measure("characters alone")
    go_on_from(network, load_model(model_file(settings.start)))
    shown = {name: count for name, count in settings.shown.items() if name in training}
    for cycle, schedule in enumerate(settings.cycles, 1):
        course.whole(str(cycle), 16 + cycle, schedule, shown, settings.segments)
    after = course.measure("whole words")
    take_out(network.character.output, training["words"].labels)
    arguments = {"character": settings.character, "features": len(FEATURES)}
    save_model(run.out, network, arguments, _card(network, before, after, run, settings))


def go_on_from(network: SegmentRecogniser, model: Model) -> None:
    """Let a network of traced segments answer as the pen's ``model`` does where that sees no ways; nothing where it is of another size."""
    state = model.network.state_dict()
    first = "character.features.0.weight"
    weights = torch.zeros_like(network.state_dict()[first])
    weights[:, : amap.CHANNELS] = state[first][:, : amap.CHANNELS]
    weights[:, -1] = state[first][:, -1]
    network.load_state_dict(state | {first: weights})


def _cut(run: Run, name: str, scans: Callable[[], Scans]) -> CutWords:
    return CutWords(**cached(run.caches / f"cut-scanned-{name}.npz", lambda: vars(cut_words_of(scans()))))


def _card(
    network: nn.Module, before: tuple[float, float], after: tuple[float, float], run: Run, settings: Settings
) -> dict[str, Any]:
    """What the model's file says of it. Joined to displacement, if it has a model, it has thresholds of its own."""
    samples = scanned_validation(run, settings.trusted)
    reader = partial(tracing_segmentation_reader, folded(network), 1.0, english())
    card = {
        **text_card("scan-segmentation", before, after, (settings.alone, *settings.cycles)),
        "data": DATA,
        **measured(read_all(in_sizes(reader()), samples).judged),
    }
    displacement = model_beside("scan-displacement", run.out.parent)
    if displacement.exists():
        of_frames = tracing_reader(folded(load_model(displacement).network), 1.0, english())
        both = RescoringReader(of_frames, reader(joined=True))
        card |= measured(read_all(in_sizes(both), samples).judged, JOINED)
    return card
