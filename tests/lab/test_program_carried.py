"""A learner's folder carries the program's facts, and keeps up with them."""

from __future__ import annotations

import stat
from pathlib import Path

from content.course import items_text, write_course

from iop_training.content.program import SOURCE, load_carried
from iop_training.lab.workspace import make_workspace
from iop_training.model import ProgramFacts


def test_a_workspace_carries_the_facts_and_keeps_up(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    (course / "data/items/m00.yaml").write_text(
        items_text().replace("m01", "m00").replace("rubric: m00", "rubric: m01")
    )
    home = (course / "notebooks/m01.ipynb").read_text().replace("m01", "m00")
    (course / "notebooks/m00.ipynb").write_text(home)
    work = tmp_path / "work"
    make_workspace(course, work)
    assert load_carried([work]) == ProgramFacts()
    path = course / SOURCE
    path.parent.mkdir(parents=True)
    path.write_text("naloxone: front desk\n")
    assert make_workspace(course, work).lines() == []
    carried = work / "program.json"
    assert load_carried([work]).naloxone == "front desk"
    written = carried.stat().st_mtime_ns
    make_workspace(course, work)
    assert carried.stat().st_mtime_ns == written
    assert not list(work.glob(".program*"))
    assert stat.S_IMODE(carried.stat().st_mode) == 0o644
    path.unlink()
    make_workspace(course, work)
    assert load_carried([work]) == ProgramFacts()
