"""An explanation in words: where the wanted text was lost, and who charged how much."""

from typing import TYPE_CHECKING

from ui.language import tr

if TYPE_CHECKING:
    from recognizer.readers.explain import Charges, Explanation


def sentence(explanation: "Explanation", classes: tuple[str, ...]) -> str:
    """Where the wanted text was lost; ``classes`` are the names of what segments are read as."""
    from recognizer.readers.explain import written

    won, wanted, difference = explanation.won, explanation.wanted, explanation.difference
    if won == wanted:
        return tr("\u201c{wanted}\u201d is the answer.", wanted=wanted)
    if difference.total < 0:
        return tr(
            "The best path for \u201c{wanted}\u201d is even better, by {nats:.2f} nats; "
            "\u201c{won}\u201d won because more of its paths are good.",
            wanted=wanted,
            won=won,
            nats=-difference.total,
        )
    lost = explanation.lost
    arc = max((step for step in lost.wanted if step.segment >= 0), key=lambda step: step.parts.total, default=None)
    return tr(
        "\u201c{wanted}\u201d costs {nats:.2f} nats more than \u201c{won}\u201d. It was lost at {what} between "
        "cut {first} and cut {last}, where {instead} was read: {charged}.",
        wanted=wanted,
        won=won,
        nats=difference.total,
        what=tr("the arc {name}", name=classes[arc.label - 1]) if arc else tr("what the language asks"),
        first=lost.first + 1,
        last=lost.last + 1,
        instead=written(lost.won) or tr("nothing"),
        charged=_charged(lost.difference) or tr("all charge the same"),
    )


def _charged(parts: "Charges") -> str:
    """Who charges more, and who less."""
    who = (
        (tr("the recogniser"), parts.recogniser),
        (tr("the segmentation"), parts.segmentation),
        (tr("the language"), parts.language),
    )
    return ", ".join(
        tr("{who} {nats:.2f} more", who=name, nats=nats)
        if nats > 0
        else tr("{who} {nats:.2f} less", who=name, nats=-nats)
        for name, nats in who
        if abs(nats) >= 0.005
    )
