"""The other classifiers of the 1998 paper, and the study that compares them with the LeNets (section III)."""

from pathlib import Path
from typing import Any

from recognizer.errors import InputError
from recognizer.platform import resources_folder
from recognizer.training.evaluation.tasks import Options

RESULTS = resources_folder() / "study"
WORK = resources_folder().parent / "build" / "study"


def evaluate_comparison(data: Path, options: Options) -> dict[str, Any]:
    """Train what is missing, measure every row that ``resources/study`` does not hold yet, and write its JSON and page.

    Broken off, it goes on where it was. A row is measured anew when it is taken out of the JSON.
    Raises InputError where a package is lacking, or a limit is set.
    """
    from importlib.util import find_spec

    lacking = [name for name in ("sklearn", "matplotlib") if find_spec(name) is None]
    if lacking:
        raise InputError(f"The comparison needs {' and '.join(lacking)}: pip install 'inklattice[study]'.")
    if options.limit:
        raise InputError("The comparison measures whole sets, so that its rows compare; leave --limit out.")
    from functools import partial

    from recognizer.comparison.experiments import EXPERIMENTS
    from recognizer.comparison.page import write_page
    from recognizer.comparison.rows import ROWS
    from recognizer.comparison.study import Study, run

    study = Study(data, RESULTS, WORK)
    results = run(study, ROWS, EXPERIMENTS, options.progress, partial(write_page, study))
    write_page(study, results)
    best = min(results["rows"].values(), key=lambda row: row["error"])
    return {
        "samples": 10_000,
        "error": best["error"],
        "seconds": sum(row["test_seconds"] for row in results["rows"].values()),
        "best": f"{best['title']}, {best['data']}",
        "rows": len(results["rows"]),
        "page": str(RESULTS / "README.md"),
    }


TASKS = {"comparison": "recognizer.comparison:evaluate_comparison"}
