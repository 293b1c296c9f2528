"""Not one byte of a private note gets to the supervisor, whichever way things are handed in."""

from __future__ import annotations

import asyncio
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from people import answer, workspace

from iop_training.grading.collect import collect
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.feedback import generate_feedback, return_feedback
from iop_training.grading.grade import grade
from iop_training.lab.workspace import make_workspace
from iop_training.responses.private import write_note
from iop_training.widgets.hand_in import HandIn
from iop_training.widgets.page import Page

PRIVATE = "PRIVATE-sentinel-7c1e"


def holders(*places: Path) -> list[str]:
    """Files under ``places`` that hold the private text or name its folder, zips unpacked."""
    found = []
    for path in (p for place in places for p in place.rglob("*") if p.is_file()):
        texts = [path.read_bytes(), path.as_posix().encode()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                texts += [archive.read(n) + n.encode() for n in archive.namelist()]
        if any(PRIVATE.encode() in t or b"private/ann" in t for t in texts):
            found.append(path.as_posix())
    return found


@pytest.mark.parametrize("way", ["zip", "exchange"])
def test_nothing_private_leaves_the_folder(course: Path, tmp_path: Path, way: str) -> None:
    ensure_exchange(course)
    place = workspace(tmp_path / "place", course / "exchange" if way == "exchange" else None, "ann")
    folder = place / "assignments" / "m01"
    folder.parent.mkdir()
    answer(course, folder, "ann", {"m01-q01": "b"})
    note = write_note(place, "ann", "m01-r01", PRIVATE)
    assert PRIVATE in (place / "private/ann/m01-r01.json").read_text() and note.text

    panel = HandIn(Page.open(folder, "m01"))
    asyncio.run(panel.hand_in())
    assert panel.stage == "done", panel.message
    zips = [*folder.glob("handed_in/*.zip")]
    assert bool(zips) == (way == "zip")
    report = collect(course, "m01", zips)
    assert [o.result for o in report.outcomes] == ["new"] and report.refused == []
    grade(course, "m01")
    generate_feedback(course, "m01")
    return_feedback(course, "m01")
    assert (course / "feedback/ann/m01/m01.html").is_file()
    assert holders(course, folder) == []
    assert holders(place) == [(place / "private/ann/m01-r01.json").as_posix()]


def test_bringing_the_course_up_to_date_leaves_notes_alone(course: Path, tmp_path: Path) -> None:
    home = json.loads((course / "notebooks/m01.ipynb").read_text().replace("m01", "m00"))
    (course / "notebooks/m00.ipynb").write_text(json.dumps(home))
    shutil.copyfile(course / "data/items/m01.yaml", course / "data/items/m00.yaml")
    bank = course / "data/items/m00.yaml"
    bank.write_text(bank.read_text().replace("m01-", "m00-").replace("module: m01", "module: m00"))
    place = tmp_path / "place"
    make_workspace(course, place)
    write_note(place, "ann", "m01-r01", PRIVATE)
    before = (place / "private/ann/m01-r01.json").read_bytes()
    make_workspace(course, place)
    assert (place / "private/ann/m01-r01.json").read_bytes() == before
