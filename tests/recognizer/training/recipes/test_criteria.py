"""The record of the four criteria: what is done is not done again."""

import json
from pathlib import Path

from recognizer.training.recipes.criteria import CRITERIA
from tests.recognizer.training.recipes.test_recipes import train
from tests.recognizer.training.toys import write_data


def test_every_criterion_starts_from_the_same_net_and_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    toys, out = write_data(tmp_path / "toys"), tmp_path / "criteria.json"
    train("criteria", toys, out)
    found = json.loads(out.read_text())
    assert set(found) == {"before", *CRITERIA}
    for name in CRITERIA:
        assert found[name][-1]["centres_apart"] != found["before"]["centres_apart"]
    assert found["discriminative forward"][0]["loss"] > 0
    assert all(f"| {name} |" in out.with_suffix(".md").read_text() for name in CRITERIA)
    lines = train("criteria", toys, out, resume=True)
    assert json.loads(out.read_text()) == found
    assert not any("forward" in line for line in lines)
