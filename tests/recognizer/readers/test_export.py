"""Lattices for other programs."""

import json

from recognizer.readers import export
from recognizer.readers.reading import Reading


def test_dot_holds_every_cut_and_segment_and_marks_the_best_path(reading: Reading) -> None:
    lines = export.as_dot(reading).splitlines()
    arcs = [line for line in lines if "->" in line]
    assert sum("xlabel" in line for line in lines) == 4
    assert len(arcs) == 5
    assert [line.split(" [")[0].strip() for line in arcs if "penwidth" in line] == ["2 -> 3", "0 -> 2"]
    assert lines[0].endswith("{")
    assert lines[-1] == "}"


def test_json_holds_the_whole_trace(reading: Reading) -> None:
    lattice = json.loads(export.as_json(reading))
    assert lattice["text"] == reading.text
    assert len(lattice["segments"]) == 5
    assert [stage["name"] for stage in lattice["stages"]] == [stage.name for stage in reading.trace.stages]
    recognition = lattice["stages"][1]
    assert len(recognition["source"]) == len(recognition["penalty"]) == len(recognition["origins"][0])
