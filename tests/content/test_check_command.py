"""What ``iop-training check --items`` prints."""

from __future__ import annotations

import re
from pathlib import Path

from content.kinds import IDS, write_kinds
from content.safety import write_safety_course
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.content.catalog import Catalog
from iop_training.scoring.blind import STRATEGIES
from iop_training.scoring.gate_odds import outlooks


def test_has_every_item_what_guessing_earns_and_every_strategy_its_line(tmp_path: Path) -> None:
    course = write_kinds(tmp_path / "course")
    result = CliRunner(env={"COLUMNS": "140"}).invoke(
        app, ["check", "--quick", "--items", "--course", str(course)]
    )
    lines = result.output.splitlines()
    assert result.exit_code == 0, result.output
    for kind, item_id in IDS.items():
        (line,) = (line for line in lines if line.strip().startswith(f"{item_id} "))
        earned = float(re.findall(r"(\d+)%", line)[0])
        assert kind in line and (earned == 0 if kind == "short_text" else 0 < earned <= 60), line
    for name in STRATEGIES:
        assert any(line.strip().startswith(f"{name} ") for line in lines), name


def as_first_week(course: Path, module: str) -> None:
    """Make this module of a course its first week."""
    for path in (*course.glob("data/**/*.yaml"), *course.glob("source/*/*.ipynb")):
        text = path.read_text(encoding="utf-8").replace(module, "w01")
        path.write_text(text, encoding="utf-8")
        path.rename(path.with_name(path.name.replace(module, "w01")))
    (course / "source" / module).rename(course / "source" / "w01")


def test_fits_the_table_of_the_safety_domains_into_80_columns(tmp_path: Path) -> None:
    course = write_safety_course(tmp_path / "course")
    as_first_week(course, "m01")
    result = CliRunner(env={"COLUMNS": "80"}).invoke(
        app, ["check", "--quick", "--course", str(course)]
    )
    _, _, table = result.output.partition("Safety domains")
    lines = table.splitlines()
    rows = {line[:24].rstrip(): line[24:].split() for line in lines}
    assert result.exit_code == 0, result.output
    assert max(map(len, lines)) <= 80
    found = next(
        o for o in outlooks(Catalog.read(course).items.values()) if o.domain == "withdrawal"
    )
    shares = [found.first_week.competent[0], *found.course.competent]
    assert rows["Withdrawal"][:3] == ["6", "2", "3"]
    assert rows["Withdrawal"][-4:] == [*(f"{share:.0%}" for share in shares), f"{found.talks:.1f}"]
    assert rows["Suicide risk"] == ["0", "0", "0", "–", "–", "–", "–", "–"]
    assert rows["All together"][4:7] == [rows["Withdrawal"][4], "–", "–"]
    assert "Too few questions to judge by yet: suicide risk, overdose, " in table
