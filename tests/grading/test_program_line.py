"""What holds in the program, on the way to trainees: exchange, release, feedback page."""

from __future__ import annotations

from pathlib import Path

from people import RIGHT, submitted

from iop_training.content.program import SOURCE, load_carried
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.release import release, release_in_sync


def say(course: Path, text: str) -> None:
    (course / SOURCE).parent.mkdir(parents=True, exist_ok=True)
    (course / SOURCE).write_text(text)


def test_facts_reach_the_exchange_and_touch_no_release(course: Path) -> None:
    shared = course / "exchange" / "iop"
    say(course, "asam_edition: 4th edition\n")
    ensure_exchange(course)
    assert load_carried([shared]).asam_edition == "4th edition"
    assert release_in_sync(course, "m01") == []
    assert not release(course, "m01").changed
    say(course, "asam_edition: 5th edition\n")
    ensure_exchange(course)
    assert load_carried([shared]).asam_edition == "5th edition"
    say(course, "asam_editon: a slip\n")
    ensure_exchange(course)
    assert load_carried([shared]).asam_edition == "5th edition"
    assert not list(course.glob("release/**/program*"))


def test_feedback_tells_what_holds_here(course: Path, tmp_path: Path) -> None:
    items = course / "data/items/m01.yaml"
    items.write_text(
        items.read_text().replace(
            "    key: b\n", "    key: b\n    local: [asam_edition, naloxone]\n"
        )
    )
    release(course, "m01")
    say(course, "asam_edition: 4th <i>\n")
    submitted(course, "ann", RIGHT, tmp_path)
    grade(course, "m01")
    assert generate_feedback(course, "m01") == {"ann": ""}
    page = (course / "feedback/ann/m01/m01.html").read_text(encoding="utf-8")
    assert "In your program: ASAM Criteria: 4th &lt;i&gt;</p>" in page
    assert "In your program: ask your supervisor: Where is naloxone kept" in page
    assert page.count("In your program") == 2
