"""Coding in practice: each answer that was checked is kept, over a closed page too, and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from content.kinds import IDS, practice_id, write_kinds
from widgets.conftest import Heard, answer

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle
from iop_training.responses import journal_path, read_journal
from iop_training.widgets.page import Page

CODING, DEFECTS = practice_id("coding"), practice_id("defects")
HALF = {"l1": "open", "l2": "closed", "l3": "closed", "l4": "closed", "l5": "open"}
WHOLE = {"l1": "open", "l2": "open", "l3": "closed", "l4": "closed", "l5": "back"}


@pytest.fixture
def kinds(folder: Path, tmp_path: Path) -> Path:
    """The workspace with a lesson, and an assignment, that have every kind."""
    course = Catalog.load(write_kinds(tmp_path / "kinds"))
    for place, notebook in ((folder.parent.parent, "notebooks"), (folder, "source/m00")):
        bundle = public_bundle(course, course.root / notebook / "m00.ipynb")
        (place / f"m00{SUFFIX}").write_text(bundle_text(bundle))
    return folder.parent.parent


def checked(question: Heard, *values: dict[str, str]) -> None:
    for value in values:
        answer(question, value)
        question.hear(type="check")


def figures(question: Heard) -> list[str]:
    return [attempt["figures"] for attempt in question.feedback["more"]["attempts"]]


def test_does_each_other_answer_that_is_checked_make_an_attempt(kinds: Path) -> None:
    question = Heard(Page.open(kinds, "m00"), CODING)
    answer(question, {"l1": "back"})
    checked(question, HALF, HALF, WHOLE)
    assert [one[:4] for one in figures(question)] == ["0.33", "1.00"]
    assert read_journal(journal_path(kinds, "m00")).checked == {CODING: [HALF, WHOLE]}
    assert question.feedback["more"]["lines"][0].startswith("You agree with the expert on 5 of 5")

    again = Heard(Page.open(kinds, "m00"), CODING)
    again.hear(type="check")
    assert len(figures(again)) == 2
    checked(again, HALF)
    assert len(figures(again)) == 3
    assert read_journal(journal_path(kinds, "m00")).repairs == []


def test_is_nothing_kept_of_a_blank_answer_or_of_another_kind(kinds: Path) -> None:
    page = Page.open(kinds, "m00")
    Heard(page, CODING).hear(type="check")
    marked = Heard(page, DEFECTS)
    answer(marked, {"lines": ["to_whom"], "missing": []})
    marked.hear(type="check")
    assert marked.feedback["verdict"] == "partly" and marked.feedback["more"] == {}
    assert page.checked == {} == read_journal(journal_path(kinds, "m00")).checked


def test_is_a_graded_transcript_not_checked(kinds: Path) -> None:
    question = Heard(Page.open(kinds / "assignments/m01", "m00"), IDS["coding"])
    checked(question, HALF)
    assert question.feedback is None
    assert "expert" not in str(question.item) and "also" not in str(question.item)


def test_does_a_check_of_an_older_transcript_count_no_more(kinds: Path) -> None:
    page = Page.open(kinds, "m00")
    assert page.journal is not None
    page.journal.answer(CODING, {"gone": "open"})
    page.journal.check(CODING)
    page.journal.check("m00-f99")
    again = Heard(Page.open(kinds, "m00"), CODING)
    checked(again, WHOLE)
    assert len(figures(again)) == 1


def test_is_a_disk_that_takes_no_check_no_reason_to_say_nothing(kinds: Path) -> None:
    page = Page.open(kinds, "m00")
    question = Heard(page, CODING)
    answer(question, HALF)
    journal = journal_path(kinds, "m00")
    held = journal.read_bytes()
    journal.unlink()
    journal.mkdir()
    question.hear(type="check")
    journal.rmdir()
    journal.write_bytes(held)
    assert len(figures(question)) == 1
