"""A reading's lattice for other programs: DOT for graphviz, JSON for whatever computes."""

import json
from math import isinf

import numpy as np

from recognizer.gtn import to_json
from recognizer.readers.drawing import best_segments
from recognizer.readers.reading import Reading

NAMED = 3  # classes that DOT tells of each segment


def as_dot(reading: Reading) -> str:
    """Cuts as nodes, segments as arcs with their best classes and penalties [nats]; the best path is bold."""
    trace = reading.trace
    best = best_segments(trace)
    lines = [
        "digraph lattice {",
        f'  rankdir=LR; label={_quoted(reading.text)}; node [shape=circle, label="", width=0.15]; edge [color=grey50];',
        *(f'  {cut} [xlabel="{x:.0f}"];' for cut, x in enumerate(trace.segments.cuts.tolist())),
    ]
    for segment, (first, last) in enumerate(zip(trace.segments.first, trace.segments.last, strict=True)):
        penalties = trace.penalties[segment]
        ranked = np.argsort(penalties, kind="stable")[:NAMED]
        label = _quoted("\n".join(f"{trace.classes[k]} {penalties[k]:.2f}" for k in ranked))
        bold = ", penwidth=3, color=black" if segment in best else ""
        lines.append(f"  {first} -> {last} [label={label}{bold}];")
    return "\n".join([*lines, "}", ""])


def as_json(reading: Reading) -> str:
    """The answer, the segments with the penalty of every class, and every graph of the trace as flat arrays; infinite penalties
    are null."""
    trace, segments = reading.trace, reading.trace.segments
    return json.dumps(
        {
            "text": reading.text,
            "confidence": reading.confidence,
            "cuts": segments.cuts.tolist(),
            "classes": trace.classes,
            "symbols": trace.symbols,
            "segments": [
                {"first": first, "last": last, "box": box, "penalties": [None if isinf(p) else p for p in penalties]}
                for first, last, box, penalties in zip(
                    segments.first.tolist(),
                    segments.last.tolist(),
                    segments.boxes.tolist(),
                    trace.penalties.tolist(),
                    strict=True,
                )
            ],
            "stages": [{"name": stage.name} | json.loads(to_json(stage.graph)) for stage in trace.stages],
        },
        allow_nan=False,
    )


def _quoted(text: str) -> str:
    """As DOT wants it; a line break becomes its escape."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
