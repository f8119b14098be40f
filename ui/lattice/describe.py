"""The lattice in words, for the detail panel and the screen reader."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.lattice.lattice import Lattice
    from ui.lattice.stage import StageGraph


def sentence_of(lattice: "Lattice", arc: int) -> str:
    """One arc in a sentence."""
    name, penalty = lattice.ranked_classes(arc)[0]
    where = "on the best path" if arc in lattice.labels else "beside the best path"
    return (
        f"Arc from cut {lattice.first[arc] + 1} to cut {lattice.last[arc] + 1}, {where}; "
        f"best class {name}, penalty {penalty:.2f}."
    )


def sentence_of_arc(stage: "StageGraph", arc: int) -> str:
    """One arc of a stage in a sentence."""
    where = "on the best path" if arc in stage.best else "beside the best path"
    return (
        f"Arc of {stage.name}: {stage.label(arc)}, from node {stage.first[arc] + 1} to node {stage.last[arc] + 1}, {where}; "
        f"penalty {stage.penalty[arc]:.2f}, posterior {percent(float(stage.shares[arc]))}."
    )


def facts_of(lattice: "Lattice", arc: int) -> list[tuple[str, str]]:
    """What is known of an arc as (name, value) rows."""
    first, last = int(lattice.first[arc]), int(lattice.last[arc])
    pieces = f"piece {first + 1}" if last == first + 1 else f"pieces {first + 1} to {last}"
    read_as = lattice.labels.get(arc)
    left, top, right, bottom = lattice.boxes[arc].tolist()
    return [
        ("Best path", _verdict(read_as)),
        ("Of all readings", f"{percent(float(lattice.shares[arc]))}"),
        ("Segmentation", f"{lattice.segmentation[arc]:.2f} nats"),
        ("Made of", f"{pieces} of {len(lattice.cuts) - 1}"),
        ("Between", f"cut {first + 1} and cut {last + 1}"),
        ("Size", f"{right - left:.0f} \u00d7 {bottom - top:.0f} px at {left:.0f}, {top:.0f}"),
    ]


def _verdict(read_as: str | None) -> str:
    if read_as is None:
        return "no"
    return f"yes, read as {read_as}" if read_as else "yes, passed over"


def percent(share: float) -> str:
    """A share in 0..1 as per cent, never rounded up to certainty or down to impossibility."""
    if 0.995 <= share < 1:
        return "> 99 %"
    if 0 < share < 0.005:
        return "< 1 %"
    return f"{share * 100:.0f} %"
