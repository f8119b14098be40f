"""The record of the four criteria, run whole on a few words of rings."""

import json
from pathlib import Path

import pytest

from recognizer.training.recipes import criteria as criteria_study
from tests.recognizer.training.data.test_cut_words import written


def test_every_criterion_starts_from_the_same_net_and_what_is_done_is_not_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "unipen"
    folder.mkdir()
    written(folder / "chars.npz", ["a", "b", "p"])
    written(folder / "words.npz", ["ab", "pa", "ba"])
    load = criteria_study.load_cut_words
    monkeypatch.setattr(
        criteria_study, "load_cut_words", lambda path, split, cache, limit: load(path, "train", cache, limit)
    )
    monkeypatch.setattr(criteria_study, "STEPS", 2)
    monkeypatch.setattr(criteria_study, "PASSES", 2)
    monkeypatch.setattr("recognizer.training.recipes.segmentation.ALONE_STEPS", 2)
    monkeypatch.setattr("recognizer.training.recipes.segmentation.ALONE_BATCH", 3)
    monkeypatch.setattr("recognizer.training.recipes.segmentation.SEGMENTS", 30)
    out, lines = tmp_path / "out" / "criteria.json", []
    out.parent.mkdir()
    criteria_study.study_criteria(tmp_path, out, False, lines.append)
    found = json.loads(out.read_text())
    assert set(found) == {"before", *criteria_study.CRITERIA}
    for name in criteria_study.CRITERIA:
        assert len(found[name]) == 2
        assert found[name][-1]["centres_apart"] != found["before"]["centres_apart"]
    assert found["discriminative forward"][0]["loss"] > 0
    assert all(f"| {name} |" in out.with_suffix(".md").read_text() for name in criteria_study.CRITERIA)
    lines.clear()
    criteria_study.study_criteria(tmp_path, out, True, lines.append)
    assert json.loads(out.read_text()) == found
    assert not any("forward" in line for line in lines)
