"""Feedback: what the page holds, what it must never hold, and how it gets back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from people import RIGHT, submitted

from iop_training.grading.feedback import Returned, generate_feedback, page_style, return_feedback
from iop_training.grading.grade import grade
from iop_training.rendering import style

MIXED = {"m01-q01": "a", "m01-q02": ["a", "c"], "m01-w01": "My <script>reason</script>"}


@pytest.fixture
def graded(course: Path, tmp_path: Path, gradebook: Any) -> Path:
    """A course in which ann's answers are graded, the written one by a person."""
    submitted(course, "ann", MIXED, tmp_path)
    submitted(course, "bob", RIGHT, tmp_path)
    grade(course, "m01")
    with gradebook() as book:
        mark = book.find_grade("m01-w01", "m01", "m01", "ann")
        mark.manual_score, mark.needs_manual_grade = 3.0, False
        comment = book.find_comment("m01-w01", "m01", "m01", "ann")
        comment.manual_comment = "Good <b>start</b>.\nSay more."
        book.db.commit()
    assert generate_feedback(course, "m01") == {"ann": "", "bob": ""}
    return course


def _page(course: Path, student: str) -> str:
    return (course / "feedback" / student / "m01" / "m01.html").read_text(encoding="utf-8")


def _shown(page: str) -> str:
    """The page without its stylesheet."""
    return re.sub(r"<style>.*?</style>", "", page, flags=re.S)


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in ("meta", "link", "br", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_it_has_answers_scores_reasons_sources_and_the_comment(graded: Path) -> None:
    page = _shown(_page(graded, "ann"))
    assert "6 of 9 points" in page
    assert "0 of 2 points" in page and "3 of 3 points" in page and "3 of 4 points" in page
    assert "graded option a" in page and "Reason for several option c" in page
    assert "Somebody (2020). A guide." in page
    assert "Good &lt;b&gt;start&lt;/b&gt;.\nSay more." in page
    assert "Gives a reason" in page and "Weighs two reasons" in page
    # On a phone levels stand one below the other, without the head of the table.
    assert re.search(r'<td data-level="Competent practice \(\d\)">', page)


def test_it_has_no_code_no_anchors_and_nothing_active(graded: Path) -> None:
    page = _page(graded, "ann")
    for unwanted in (
        "ask(",
        "hand_in",
        "iop_training import",
        "Anchor text",
        "Please look at this",
        "Receipt code",
        "Waits for",
    ):
        assert unwanted not in page
    assert not re.search(r"<(script|img|iframe|link|object)|\son\w+=|javascript:|url\(", page)
    assert not re.search(r"https?://|@import", page)
    assert "My &lt;script&gt;reason" in page


def test_it_can_be_read_by_keyboard_and_screen_reader(graded: Path) -> None:
    page = _page(graded, "ann")
    outline = _Outline()
    outline.feed(page)
    assert outline.open == []
    assert '<html lang="en">' in page and "<title>Feedback: A small module</title>" in page
    assert outline.seen.count("main") == 1 and outline.seen.count("h1") == 1
    assert outline.seen.count("h2") == 3 + 1  # the questions and the standard
    assert "prefers-color-scheme: dark" in page and "@media print" in page


def test_the_dark_colors_of_the_course_hold_where_the_system_is_dark() -> None:
    tokens = re.findall(r"prefers-color-scheme: dark\) { \.iop {([^}]*)}", page_style(style()))
    assert "--iop-brand:" in tokens[-1]


def test_what_waits_for_a_person_says_so(course: Path, tmp_path: Path) -> None:
    submitted(course, "ann", MIXED, tmp_path)
    grade(course, "m01")
    generate_feedback(course, "m01", ["ann"])
    page = _shown(_page(course, "ann"))
    assert "3 of 9 points so far: 1 answer waits" in " ".join(page.split())
    assert "not graded yet, up to 4 points" in page


def test_blank_answers_say_so(graded: Path) -> None:
    page = _shown(_page(graded, "bob"))
    assert "0 of 4 points, no answer" in page and "No response." in page
    assert "5 of 9 points" in page and "so far" not in page


def test_a_score_changed_by_hand_says_so(graded: Path, gradebook: Any) -> None:
    with gradebook() as book:
        book.find_grade("m01-q01", "m01", "m01", "ann").manual_score = 1.0
        book.db.commit()
    generate_feedback(graded, "m01", ["ann"])
    page = _shown(_page(graded, "ann"))
    assert "1 of 2 points" in page and page.count("changed this score by hand") == 1


def test_the_command_of_nbgrader_makes_the_same_page(graded: Path, program: Any) -> None:
    before = _page(graded, "ann")
    result = program("-m", "nbgrader", "generate_feedback", "m01", "--force", cwd=graded)
    assert result.returncode == 0, result.stderr
    assert _page(graded, "ann") == before


def test_without_the_exchange_it_becomes_a_file_to_send(graded: Path) -> None:
    assert return_feedback(graded, "m01", ["ann"]) == [
        Returned("ann", "file", graded / "returned" / "m01" / "ann.html")
    ]
    assert (graded / "returned" / "m01" / "ann.html").read_text("utf-8") == _page(graded, "ann")


def test_nothing_generated_says_so(course: Path, tmp_path: Path) -> None:
    submitted(course, "ann", MIXED, tmp_path)
    grade(course, "m01")
    assert return_feedback(course, "m01") == [
        Returned("ann", "none", message="There is no page yet; generate it first.")
    ]


def test_a_lost_report_says_what_to_run(graded: Path) -> None:
    (graded / "autograded" / "ann" / "m01" / "iop-report.json").unlink()
    result = generate_feedback(graded, "m01")
    assert "Grade it again: iop-training grade m01" in result["ann"] and result["bob"] == ""
