"""What the command says about a collecting."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from people import RIGHT, zipped
from rich.console import Console
from typer.testing import CliRunner

from iop_training.cli import app, common, supervisor


def _collect(course: Path, *paths: Path) -> tuple[int, str]:
    words = ["collect", "m01", *map(str, paths), "--course", str(course)]
    result = CliRunner().invoke(app, words)
    return result.exit_code, " ".join(result.output.split())


def test_the_report_names_everybody_and_what_to_do(course: Path, tmp_path: Path) -> None:
    ann = zipped(course, tmp_path / "ann", "ann", RIGHT, "20261122-140211")
    code, text = _collect(course, ann)
    assert code == 0
    assert "Trainee Came by Result To look at ann zip new" in text
    assert "1 submission (1 new), 0 not taken. Next: iop-training grade m01" in text
    other = tmp_path / "[red]my\u202ehomework.zip"
    other.write_bytes(b"x")
    code, text = _collect(course, ann, other)
    assert code == 1
    assert "ann zip not newer" in text
    assert "Not taken: [red]my\\u202ehomework.zip: it can't be opened" in text
    assert "1 submission (1 not newer), 1 not taken." in text


def test_of_many_only_those_to_look_at_are_listed(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "WHOLE_TABLE", 1)
    paths = [zipped(course, tmp_path / s, s, RIGHT, "20261122-140211") for s in ("ann", "ben")]
    blank = tmp_path / "cy_m01_20261122-140211.zip"
    with zipfile.ZipFile(blank, "w") as archive:
        archive.writestr("receipt.json", "{}")
    code, text = _collect(course, *paths, blank)
    assert code == 0 and "cy zip new Its notebook is missing" in text
    assert "ann" not in text and "2 submissions more with nothing that you should" in text
    assert "3 submissions (3 new), 0 not taken." in text


def test_nothing_to_collect_is_no_error(course: Path) -> None:
    code, text = _collect(course)
    assert code == 0 and text.startswith("0 submissions, 0 not taken.")


@pytest.mark.parametrize(("seconds", "shown"), [(0.0, True), (3_600.0, False)])
def test_a_bar_comes_only_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, seconds: float, shown: bool
) -> None:
    errors = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(common, "errors", errors)
    with common.patience("Collecting", seconds) as tell:
        tell(1, 4)
        tell(4, 4)
    assert ("4/4" in errors.file.getvalue()) == shown
