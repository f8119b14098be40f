"""The lattice in words, for the detail panel and the screen reader."""

from typing import TYPE_CHECKING

from ui.language import tr, translated

if TYPE_CHECKING:
    from ui.model.lattice.lattice import Lattice
    from ui.model.lattice.stage import StageGraph


def sentence_of(lattice: "Lattice", arc: int) -> str:
    """One arc in a sentence."""
    name, penalty = lattice.ranked_classes(arc)[0]
    where = tr("on the best path") if arc in lattice.labels else tr("beside the best path")
    return tr(
        "Arc from cut {first} to cut {last}, {where}; best class {name}, penalty {penalty:.2f}.",
        first=lattice.first[arc] + 1,
        last=lattice.last[arc] + 1,
        where=where,
        name=name,
        penalty=penalty,
    )


def sentence_of_arc(stage: "StageGraph", arc: int) -> str:
    """One arc of a stage in a sentence."""
    where = tr("on the best path") if arc in stage.best else tr("beside the best path")
    return tr(
        "Arc of {name}: {label}, from node {first} to node {last}, {where}; penalty {penalty:.2f}, posterior {percent}.",
        name=translated(stage.name),
        label=stage.label(arc),
        first=stage.first[arc] + 1,
        last=stage.last[arc] + 1,
        where=where,
        penalty=stage.penalty[arc],
        percent=percent(float(stage.shares[arc])),
    )


def facts_of(lattice: "Lattice", arc: int) -> list[tuple[str, str]]:
    """What is known of an arc as (name, value) rows."""
    first, last = int(lattice.first[arc]), int(lattice.last[arc])
    read_as = lattice.labels.get(arc)
    left, top, right, bottom = lattice.boxes[arc].tolist()
    return [
        (tr("Best path"), _verdict(read_as)),
        (tr("Of all readings"), f"{percent(float(lattice.shares[arc]))}"),
        (tr("Segmentation"), tr("{penalty:.2f} nats", penalty=lattice.segmentation[arc])),
        (tr("Made of"), tr("{pieces} of {count}", pieces=pieces(first + 1, last), count=len(lattice.cuts) - 1)),
        (tr("Between"), tr("cut {first} and cut {last}", first=first + 1, last=last + 1)),
        (
            tr("Size"),
            tr(
                "{width:.0f} \u00d7 {height:.0f} px at {left:.0f}, {top:.0f}",
                width=right - left,
                height=bottom - top,
                left=left,
                top=top,
            ),
        ),
    ]


def pieces(first: int, last: int) -> str:
    """Neighbouring pieces of ink, numbered from 1, in words."""
    return (
        tr("piece {first}", first=first) if first == last else tr("pieces {first}\u2013{last}", first=first, last=last)
    )


def _verdict(read_as: str | None) -> str:
    if read_as is None:
        return tr("no")
    return tr("yes, read as {read_as}", read_as=read_as) if read_as else tr("yes, passed over")


def percent(share: float) -> str:
    """A share in 0..1 as per cent, never rounded up to certainty or down to impossibility."""
    if 0.995 <= share < 1:
        return "> 99 %"
    if 0 < share < 0.005:
        return "< 1 %"
    return tr("{share:.0f} %", share=share * 100)
