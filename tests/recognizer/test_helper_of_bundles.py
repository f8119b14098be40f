"""Processes beside this one: a bundle, which has no modules to run, starts itself with an argument, and that is the same."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from recognizer import helper
from recognizer.batch.settings import Settings, models_now
from recognizer.helper import Helper
from recognizer.page import load_pages, pdf_helper
from recognizer.platform import READ_PAGES
from tests.recognizer.page.test_load import pdf

ROOT = Path(__file__).parents[2]


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As in a bundle: one executable, with the door of the program behind it. What it was started with is written down."""
    program, heard = tmp_path / "Inklattice", tmp_path / "heard"
    program.write_text(
        f"#!{sys.executable} -I\n"
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        f"open({str(heard)!r}, 'a').write(str(sys.argv[1:]) + '\\n')\n"
        "import main; sys.exit(main.main())\n"
    )
    program.chmod(0o700)
    monkeypatch.setattr(helper, "is_bundle", lambda: True)
    monkeypatch.setattr(sys, "executable", str(program))
    while pdf_helper._idle:
        pdf_helper._idle.pop().end()
    return heard


@pytest.mark.skipif(sys.platform == "win32", reason="programs that begin with #!")
def test_a_bundle_draws_pdf_files_by_itself(heard: Path) -> None:
    assert [page.grey.shape for page in load_pages(pdf((72, 36), (36, 72)))] == [(150, 300), (300, 150)]
    assert heard.read_text() == "['--draw-pdf']\n"


@pytest.mark.skipif(sys.platform == "win32", reason="programs that begin with #!")
def test_a_bundle_reads_pages_of_batches_by_itself(heard: Path) -> None:
    reader = Helper("recognizer.batch.child", READ_PAGES)
    reader.ask(asdict(Settings(read="tests.recognizer.batch.fakes:read_pages")))
    assert reader.hear(60.0) == {"models": json.loads(json.dumps(models_now()))}
    reader.end()
    assert heard.read_text() == "['--read-pages']\n"
