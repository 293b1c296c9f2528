"""Cases in review: a packet of their own with all there is to judge, a line on the sheet, marks in
the case's own file."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from content.sessions import CASE, write_sessions

from iop_training.content.catalog import Catalog
from iop_training.content.checks import check_course
from iop_training.content.reviews import content_mark, status_of
from iop_training.errors import ContentError
from iop_training.signoff.case_packet import case_packet_html
from iop_training.signoff.review import make_packet, mark, take_sheet

TODAY = dt.date(2026, 11, 22)
WHO = ("Name: Ada Roe", "Credential: LPC", "Date: 2026-11-20")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose assignment has a session."""
    return write_sessions(tmp_path / "course")


def plain(page: str) -> str:
    """What a reader sees of a page."""
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def fill(sheet: Path, answer: str) -> None:
    """Type a name and an answer into the case's line."""
    text = sheet.read_text(encoding="utf-8")
    for line in WHO:
        text = text.replace(f"\n{line.split(':')[0]}:\n", f"\n{line}\n")
    sheet.write_text(re.sub(rf"({CASE} \w{{12}}:)", rf"\1 {answer}", text), encoding="utf-8")


@pytest.mark.parametrize("name", ["a01", "a02", "c01", "c04"])
def test_every_text_of_a_case_is_there(root: Path, name: str) -> None:
    catalog = Catalog.load(root)
    case = catalog.cases[name]
    said = plain(case_packet_html(catalog, case, {}, TODAY))
    for path, text in case.prose():
        assert " ".join(text.split()) in said, path
    assert said.count("☐ sign") == 1 and "Keep the packet from trainees" in said


def test_conditions_codes_effects_and_marks_are_there(course: Path) -> None:
    catalog = Catalog.load(course)
    said = plain(case_packet_html(catalog, catalog.cases[CASE], {}, TODAY))
    for words in (
        "Not yet: this line loses the client (0 of 3). Closed question.",
        "This could seriously harm a client. It asks for a no",
        'Asks Theo directly about suicide after "I\'m done": right',
        "alliance +1, discord -1",
        "when alliance <= 1: discord +1",
        "On offer when alliance >= 3",
        "When alliance >= 3: Theo: I read it in the truck.",
        "Leads to end:left",
        "Comes when suicide_asked and supervisor_called",
        "The supervisor came in to plan the night with him true when supervisor_called",
        "Harm if invented Whoever reads it will not ask again.",
        "ASAM, edition 3, dimension 3 risk 2",
        "20, of which 8 for the conversation, 6 for decision points, 6 for the ending",
    ):
        assert words in said, words


def test_a_hostile_text_is_shown_and_not_run(course: Path) -> None:
    catalog = Catalog.load(course)
    hostile = "<script>alert(1)</script>"
    case = catalog.cases[CASE].model_copy(update={"title": hostile})
    page = case_packet_html(catalog, case, {}, TODAY)
    assert "<script" not in page and hostile in plain(page)


def test_a_signature_goes_into_the_case_and_stands_for_its_session(course: Path) -> None:
    packet = make_packet(course, CASE, [], course / "review", TODAY)
    fill(packet.sheet, "sign")
    outcome = take_sheet(course, CASE, packet.sheet, TODAY)
    assert outcome.done == [CASE] and not outcome.refused
    text = (course / f"data/cases/{CASE}.yaml").read_text(encoding="utf-8")
    assert "review: {status: signed, by: Ada Roe, credential: LPC, date: 2026-11-20" in text
    catalog = Catalog.load(course)
    item = catalog.items["m13-q01"]
    assert status_of(catalog, catalog.cases[CASE]) == status_of(catalog, item) == "signed"
    assert take_sheet(course, CASE, packet.sheet, TODAY).already == [CASE]


def test_signing_changes_no_release(course: Path) -> None:
    before = Catalog.load(course).items["m13-q01"].content_hash()
    assert mark(course, CASE, "source-checked", [], TODAY).done == [CASE]
    catalog = Catalog.load(course)
    assert status_of(catalog, catalog.items["m13-q01"]) == "source-checked"
    assert catalog.items["m13-q01"].content_hash() == before
    assert content_mark(catalog, catalog.cases[CASE]) in (
        course / f"data/cases/{CASE}.yaml"
    ).read_text(encoding="utf-8")


def test_a_comment_is_listed_by_file_and_line(course: Path) -> None:
    packet = make_packet(course, CASE, [], course / "review", TODAY)
    fill(packet.sheet, "change moment 3: nobody says that")
    path = course / f"data/cases/{CASE}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Nobody asked.", "Nobody."))
    (fault,) = take_sheet(course, CASE, packet.sheet, TODAY).comments
    assert fault.file == f"data/cases/{CASE}.yaml" and "nobody says that" in fault.message
    assert "the text has changed since it was printed" in fault.message


def test_a_changed_case_is_to_be_printed_again(course: Path) -> None:
    packet = make_packet(course, CASE, [], course / "review", TODAY)
    fill(packet.sheet, "sign")
    path = course / f"data/cases/{CASE}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Nobody asked.", "Nobody."))
    (refused,) = take_sheet(course, CASE, packet.sheet, TODAY).refused
    assert refused.endswith(f"print it again: iop-training review {CASE}")


def test_the_packet_of_a_module_names_that_of_the_case(course: Path) -> None:
    packet = make_packet(course, "m13", [], course / "review", TODAY)
    said = plain(packet.page.read_text(encoding="utf-8"))
    assert f"Its packet is made with iop-training review {CASE} ." in said
    assert "It asks for a no" not in said
    lines = packet.sheet.read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in lines if line.startswith("m13-")] == ["m13-q02"]
    outcome = mark(course, "m13", "source-checked", ["m13-q01"], TODAY)
    assert outcome.refused == [f"m13-q01 is reviewed as its case: iop-training review {CASE}"]


def test_a_line_of_another_case_is_refused(course: Path) -> None:
    packet = make_packet(course, CASE, [], course / "review", TODAY)
    text = packet.sheet.read_text(encoding="utf-8").replace(f"\n{CASE} ", "\na91 ")
    packet.sheet.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="'a91' is not what the packet of a90 is of"):
        take_sheet(course, CASE, packet.sheet, TODAY)


def test_a_session_says_nothing_that_its_case_says(course: Path) -> None:
    path = course / "data/items/m13.yaml"
    text = path.read_text(encoding="utf-8")
    more = "    case: a90\n    points: 5\n    review_by: 2027-01-01\n"
    path.write_text(text.replace("    case: a90\n", more), encoding="utf-8")
    faults = [str(fault) for fault in check_course(course)[1] if fault.level == "error"]
    assert any("points are 5; leave them out: the case says it" in f for f in faults), faults
    assert any("a case is reviewed in its own file; leave review out" in f for f in faults), faults
