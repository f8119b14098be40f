"""The command as a person gives it: exit status, sentences, and real pages from folders and from S3."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from recognizer import cli
from recognizer.batch import run as command
from recognizer.batch.columns import FORMATS, row
from recognizer.batch.folder import held
from recognizer.batch.parts import Parts
from recognizer.platform import resources_folder

ROOT = Path(__file__).parents[3]
SAMPLES = resources_folder() / "samples"
AMOUNTS = ("amount-1250.00.png", "amount-742.50.png")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server of this machine that speaks as S3 does."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in (keys | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}).items():
        monkeypatch.setenv(name, value)
    yield boto3.client("s3")
    server.stop()


def _batch(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), "batch", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"OMP_NUM_THREADS": "1"}
    )


def test_real_pages_from_a_folder_and_from_s3(tmp_path: Path, store: Any) -> None:
    store.create_bucket(Bucket="bank")
    store.upload_file(str(SAMPLES / AMOUNTS[1]), "bank", "in/deep/a.png")
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / AMOUNTS[0], tmp_path / "in")
    (tmp_path / "in" / "damaged.png").write_bytes(b"no picture")
    out = ["--out", str(tmp_path / "out"), "--workers", "1", "--json"]
    done = _batch(str(tmp_path / "in"), "s3://bank/in", *out)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    figures = json.loads(done.stdout)
    assert (figures["pages"], figures["failures"]) == (3, {"unreadable": 1})
    rows = {row["file"]: row for _number, rows in Parts(tmp_path / "out", "parquet") for row in rows}
    assert rows[str(tmp_path / "in" / AMOUNTS[0])]["value"] == "1250.00"
    assert rows["s3://bank/in/deep/a.png"]["value"] == "742.50"
    assert (
        rows["s3://bank/in/deep/a.png"]["stamp"] == store.head_object(Bucket="bank", Key="in/deep/a.png")["ETag"][1:-1]
    )

    (tmp_path / "in" / "damaged.png").unlink()
    again = _batch(str(tmp_path / "in"), "s3://bank/in", *out)
    assert json.loads(again.stdout) == figures  # nothing is read twice
    assert len(list((tmp_path / "out").glob("part-*"))) == 1


def test_another_setting_asks_for_another_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["batch", str(tmp_path / "absent.png"), "--out", str(tmp_path / "out"), "--workers", "1"]
    (tmp_path / "out").mkdir()
    command.settle(tmp_path / "out", command.Settings(models=command.models_now()), "csv")
    assert cli.main([*arguments, "--as", "cheque"]) == 1
    assert cli.main([*arguments, "--format", "jsonl"]) == 1
    told = capsys.readouterr().err
    assert "holds results with kind None, not cheque: take another folder, or the same settings." in told
    assert "holds results with format csv, not jsonl" in told


def test_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    out = str(tmp_path / "out")
    assert cli.main(["batch", "--out", out]) == 1
    assert "holds no batch: name what is to be read." in capsys.readouterr().err
    with held(tmp_path / "out"):
        assert cli.main(["batch", "a.png", "--out", out]) == 1
    assert "Another batch works on" in capsys.readouterr().err
    monkeypatch.setattr(command, "NEEDED", ("json", "no_such_package"))
    assert cli.main(["batch", "a.png", "--out", out]) == 1
    assert capsys.readouterr().err == "batch: Batches need no_such_package: pip install 'inklattice[batch]'.\n"


@pytest.mark.parametrize("form", FORMATS)
def test_without_a_source_it_sums_up(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    command.settle(tmp_path, command.Settings(), form)
    Parts(tmp_path, form).add([row(file="a", state="accepted"), row(file="b", state="failed", reason="crash")])
    assert cli.main(["batch", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith(
        "2 pages: 1 accepted, 0 refused, 0 corrected, 0 skipped, 0 blank, 1 failed\n"
    )
