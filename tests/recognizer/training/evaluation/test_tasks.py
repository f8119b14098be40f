"""What the command line evaluates."""

from pathlib import Path
from pkgutil import resolve_name

import pytest

from recognizer import comparison
from recognizer.errors import InputError
from recognizer.training.evaluation.tasks import TASKS, Options


@pytest.mark.parametrize("task", TASKS)
def test_a_folder_without_data_gets_a_sentence(tmp_path: Path, task: str) -> None:
    with pytest.raises(InputError):
        resolve_name(TASKS[task])(tmp_path, Options())


def test_the_comparison_wants_whole_sets(tmp_path: Path) -> None:
    (task,) = comparison.TASKS.values()
    with pytest.raises(InputError, match=r"whole sets|pip install"):
        resolve_name(task)(tmp_path, Options(limit=1))
