"""What ``iop-training check --items`` prints."""

from __future__ import annotations

import re
from pathlib import Path

from content.kinds import IDS, write_kinds
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.scoring.blind import STRATEGIES


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
