"""The room of a case without a browser: what is stored before it shows, what repeats do nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from content.case_course import GRADED, OTHER, PRACTICE, write_case_course

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle
from iop_training.lab.workspace import make_workspace
from iop_training.responses import journal_path, read_journal
from iop_training.widgets.case_room import CaseRoom
from iop_training.widgets.frame import course_entries, next_page
from iop_training.widgets.page import Page

GOOD = ("weight", "ask", "means", "together")
"""Lines of a run to the good ending."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, its assignment as release would have it but for nbgrader's marks."""
    folder = write_case_course(tmp_path_factory.mktemp("cases") / "course")
    source, made = folder / "source/m01/m01.ipynb", folder / "release/m01/m01.ipynb"
    made.parent.mkdir(parents=True)
    made.write_bytes(source.read_bytes())
    items = bundle_text(public_bundle(Catalog.load(folder), source))
    made.with_name(f"m01{SUFFIX}").write_text(items, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def fresh(course: Path) -> Path:
    """A learner's folder, signed in as ann, in which nothing is answered."""
    folder = course.with_name("fresh")
    make_workspace(course, folder)
    (folder / "learner.json").write_text('{"id": "ann"}')
    return folder


@pytest.fixture
def workspace(fresh: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(fresh, tmp_path / "workspace")


class Room(CaseRoom):
    """A room that keeps what it sends to its view."""

    def __init__(self, page: Page, item_id: str) -> None:
        self.sent: list[Any] = []
        super().__init__(page, item_id)

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append(content)

    def hear(self, kind: str, **message: Any) -> Any:
        """Take a message as if the view had sent it; returns the answer to it."""
        self._on_message(self, {"type": kind, "n": len(self.sent), **message}, None)
        return self.sent[-1] if self.sent else None

    def say(self, *moves: str) -> Any:
        """Say these lines, each in the turn that is next."""
        reply = None
        for move in moves:
            reply = self.hear("choose", turn=len(self.room["turns"]) + 1, move=move)
        return reply

    def lines(self) -> list[str]:
        return [turn["line"] for turn in self.room["turns"]]


@pytest.fixture
def practice(workspace: Path) -> Room:
    """The room of the practice case."""
    return Room(Page.open(workspace / "lessons", "c90"), PRACTICE)


@pytest.fixture
def graded(workspace: Path) -> Room:
    """The room of the assessed case."""
    return Room(Page.open(workspace / "assignments" / "m01", "m01"), GRADED)


def stored(room: Room) -> dict[str, Any]:
    """The work on the disk; {} before there is any."""
    page = room._page
    answers = read_journal(journal_path(page.folder, page.name)).answers
    item = room.place["item"]
    value = answers[item].value if item in answers else {}
    assert isinstance(value, dict)
    return value


def test_does_a_session_begin_with_what_the_client_says(practice: Room) -> None:
    assert practice.room["stage"] == "before" and practice.room["now"] is None
    assert practice.hear("begin", way="session")["type"] == "done"
    room = practice.room
    assert room["stage"] == "talk" and room["attempt"] == 1
    assert room["now"]["said"][0]["text"].startswith("Got another one")
    assert len(room["now"]["offered"]) == 4
    assert stored(practice)["way"] == "session"
    assert stored(practice)["runs"][0]["saved"][:2] == ["case/1", "c90"]


def test_is_a_turn_on_the_disk_before_it_shows(practice: Room, monkeypatch: Any) -> None:
    practice.hear("begin", way="session")
    seen: list[Any] = []
    practice.observe(lambda change: seen.append(stored(practice)), "room")
    practice.say("weight")
    assert [value["runs"][0]["saved"][3:] for value in seen] == [["weight"]]
    assert practice.lines() == ["You came anyway, with that in your hand."]


def test_does_a_turn_that_cannot_be_stored_not_show(practice: Room) -> None:
    practice.hear("begin", way="session")
    folder = journal_path(practice._page.folder, "c90").parent
    folder.rename(folder.with_name("away"))
    folder.write_text("in the way")
    reply = practice.say("weight")
    assert reply["type"] == "refused" and "could not be saved" in reply["message"]
    assert practice.lines() == []
    folder.unlink()
    folder.with_name("away").rename(folder)
    assert practice.say("weight")["type"] == "done"
    assert stored(practice)["runs"][0]["saved"][3:] == ["weight"]


def test_do_repeated_and_stale_presses_do_nothing(practice: Room) -> None:
    practice.hear("begin", way="session")
    practice.hear("begin", way="session", attempt=0)
    practice.say("weight")
    for stale in (
        {"turn": 1, "move": "weight"},
        {"turn": 3, "move": "ask"},
        {"turn": 2, "move": "nonsense"},
        {"turn": "2", "move": "ask"},
        {"turn": 2, "move": ["ask"]},
        {"turn": 2, "move": "ask", "attempt": 2},
        {},
    ):
        assert practice.hear("choose", **stale) == {
            "type": "done",
            "n": len(practice.sent) - 1,
            "message": "",
        }
    assert len(practice.room["turns"]) == 1
    reply = practice.hear("choose", turn=1, move="lecture")
    assert "another window" in reply["message"]
    assert stored(practice)["runs"][0]["saved"][3:] == ["weight"]


@pytest.mark.parametrize(
    "message", [None, 5, {}, {"type": "sing"}, {"type": ["choose"]}, {"type": "back", "turn": "x"}]
)
def test_does_nonsense_change_nothing(practice: Room, message: Any) -> None:
    practice.hear("begin", way="session")
    before = stored(practice)
    practice._on_message(practice, message, None)
    assert stored(practice) == before and practice.room["stage"] == "talk"


def test_goes_practice_back_to_a_turn_and_not_a_graded_session(
    practice: Room, graded: Room
) -> None:
    for room in (practice, graded):
        room.hear("begin", way="session")
        room.say("weight", "ask", "means")
    practice.hear("back", turn=2)
    graded.hear("back", turn=2)
    assert stored(practice)["runs"][0]["saved"][3:] == ["weight"]
    assert stored(graded)["runs"][0]["saved"][3:] == ["weight", "ask", "means"]
    practice.hear("back", turn=1, taken=3)  # pressed before the lines were taken back
    assert stored(practice)["runs"][0]["saved"][3:] == ["weight"]


def test_stays_a_session_that_ended_when_one_goes_back_in_practice(practice: Room) -> None:
    practice.hear("begin", way="session")
    practice.say(*GOOD)
    assert practice.room["stage"] == "ended"
    assert practice.room["ending"]["text"].startswith("You make a plan")
    practice.hear("back", turn=4)
    runs = stored(practice)["runs"]
    assert [run.get("ended", False) for run in runs] == [True, False]
    assert runs[1]["saved"][3:] == list(GOOD[:3])
    assert practice.room["stage"] == "talk"
    practice.hear("again")
    assert [len(run["saved"]) for run in stored(practice)["runs"]] == [7, 3]


def test_counts_the_first_session_that_ends_and_are_all_kept(graded: Room) -> None:
    graded.hear("begin", way="session")
    graded.say("weight")
    graded.hear("again")
    assert len(stored(graded)["runs"]) == 1, "one can't begin anew to escape an ending"
    graded.say(*GOOD[1:])
    assert graded.room["counting"] == 1
    graded.hear("again")
    graded.say("lecture", "rules")
    assert graded.room["stage"] == "ended" and graded.room["counting"] == 1
    assert graded.room["ending"]["text"].startswith("Theo nods")
    assert len(stored(graded)["runs"]) == 2


def test_are_forty_attempts_the_most_that_are_kept(graded: Room, practice: Room) -> None:
    for room in (graded, practice):
        room.hear("begin", way="session")
        room.say("lecture", "rules")
        for _ in range(39):
            room.hear("again")
            room.say("lecture", "rules")
        assert len(stored(room)["runs"]) == 40
    first = stored(practice)["runs"][0]
    assert "40 attempts" in graded.hear("again")["message"]
    assert practice.hear("again")["message"] == ""
    assert len(stored(practice)["runs"]) == 40 and stored(practice)["runs"][0] == first


def test_is_nothing_asked_or_kept_of_why_somebody_stops(graded: Room) -> None:
    graded.hear("begin", way="session")
    graded.say("weight")
    graded.hear("leave", why="It was too much")
    assert graded.room["stage"] == "paused"
    assert set(stored(graded)) == {"way", "runs", "paused"} and stored(graded)["paused"] is True
    again = Room(Page.open(graded._page.folder, "m01"), GRADED)
    assert again.room["stage"] == "paused"
    again.hear("resume")
    assert again.room["stage"] == "talk" and len(again.room["turns"]) == 1
    assert "paused" not in stored(again)


def test_says_the_closing_whom_to_turn_to(course: Path, workspace: Path, graded: Room) -> None:
    assert graded.place["crisis"]["lines"] == [
        "988: Suicide & Crisis Lifeline: call or text, day and night.",
        "Ask your supervisor whom to call in this program.",
    ]
    facts = course / "data" / "local" / "program.yaml"
    facts.parent.mkdir(exist_ok=True)
    facts.write_text("after_hours:\n  who: Our own line\n  phone: 555-0100\n")
    try:
        make_workspace(course, workspace)
    finally:
        facts.unlink()
    room = Room(Page.open(graded._page.folder, "m01"), GRADED)
    assert "After hours: Our own line, 555-0100" in room.place["crisis"]["lines"]


def test_is_another_way_recorded_and_taken_back(graded: Room) -> None:
    assert [way["id"] for way in graded.place["ways"]] == [
        "session",
        "together",
        "another",
        "in_person",
    ]
    graded.hear("begin", way="in_person")
    assert graded.room["stage"] == "before" and graded.room["way"] == "in_person"
    assert stored(graded) == {"way": "in_person"}
    assert graded._page.answered() == 1
    graded.hear("begin", way="session")
    assert graded.room["stage"] == "talk" and graded._page.answered() == 0
    graded.say("weight")
    graded.hear("leave")
    graded.hear("begin", way="another")
    assert graded.room["stage"] == "before"
    graded.hear("begin", way="together")
    assert graded.room["stage"] == "talk" and len(graded.room["turns"]) == 1


def test_records_practice_no_way_that_leads_elsewhere(practice: Room) -> None:
    assert [way["id"] for way in practice.place["ways"]] == ["session", "together"]
    assert practice.place["instead"] == [
        {"title": "Another afternoon", "path": "lessons/c91.ipynb"}
    ]
    practice.hear("begin", way="in_person")
    assert stored(practice) == {}


def test_knows_the_page_of_an_assessed_case_nothing_that_judges(graded: Room) -> None:
    graded.hear("begin", way="session")
    graded.say(*GOOD)
    shown = json.dumps([graded.place, graded.room])
    assert "Graded." not in shown and "quality" not in shown and "alliance" not in shown
    assert all(turn["coach"] is None and turn["more"] is None for turn in graded.room["turns"])
    graded.hear("compare")
    assert graded.room["note"]["results"] is None


def test_comments_the_coach_in_practice_and_less_later(workspace: Path, practice: Room) -> None:
    practice.hear("begin", way="session")
    practice.say("lecture")
    comment = practice.room["turns"][0]["coach"]
    assert comment["title"].startswith("Not yet") and comment["harm"] == "minor"
    assert comment["sources"] == ["Somebody (2020). Enhancing Motivation."]
    practice.hear("back", turn=1)
    practice.say(*GOOD)
    first = [turn["coach"] is not None for turn in practice.room["turns"]]
    other = Room(Page.open(workspace / "lessons", "c91"), OTHER)
    other.hear("begin", way="session")
    other.say(*GOOD)
    second = [turn["coach"] is not None for turn in other.room["turns"]]
    assert sum(second) < sum(first)
    assert all(turn["coach"] or turn["more"] for turn in other.room["turns"]), "it can be asked"


def test_is_the_note_compared_with_the_session_in_practice(practice: Room) -> None:
    practice.hear("begin", way="session")
    assert practice.room["note"] is None
    practice.say("weight", "harmless", "alone", "together")
    assert [claim["id"] for claim in practice.room["note"]["claims"]] == [
        "asked",
        "supervisor",
        "bond",
    ]
    said = {"asked": "done", "supervisor": "not_done"}
    reply = practice.hear("note", value=said, age=0)
    assert reply["type"] == "note_saved" and reply["at"]
    assert stored(practice)["note"] == said
    practice.hear("compare")
    results = {result["id"]: result for result in practice.room["note"]["results"]}
    assert [results[i]["title"] for i in ("asked", "supervisor", "bond")] == [
        "Not found in the session",
        "In the session but missing from the note",
        "The note leaves it open",
    ]
    assert results["asked"]["harm_reason"].startswith("The next person")
    assert results["bond"]["session"] == ""
    assert practice._page.answered() == 0, "the note lacks a line"
    practice.hear("note", value={"asked": "not_done", "supervisor": "done", "bond": "open"}, age=0)
    assert practice._page.answered() == 1


@pytest.mark.parametrize("value", [None, 5, "done", {"asked": "maybe"}, {"wish": "done"}])
def test_is_a_note_refused_that_the_form_cannot_give(practice: Room, value: Any) -> None:
    practice.hear("begin", way="session")
    practice.say(*GOOD)
    before = stored(practice)
    assert practice.hear("note", value=value, age=0)["type"] == "note_refused"
    assert stored(practice) == before


def test_does_an_older_note_kept_by_a_browser_not_win(practice: Room) -> None:
    practice.hear("begin", way="session")
    practice.say(*GOOD)
    practice.hear("note", value={"asked": "done"}, age=0)
    practice.hear("note", value={"asked": "not_done"}, age=600_000, resend=True)
    assert practice.room["note"]["said"] == {"asked": "done"}


def test_begins_a_new_practice_session_with_an_empty_note(practice: Room) -> None:
    practice.hear("begin", way="session")
    practice.say(*GOOD)
    practice.hear("note", value={"asked": "done"}, age=0)
    practice.hear("again")
    practice.say("lecture", "rules")
    assert practice.room["note"]["said"] == {} and practice.room["note"]["results"] is None


def test_do_windows_and_ids_share_one_truth(workspace: Path) -> None:
    page = Page.open(workspace / "lessons", "c90")
    first, second = Room(page, PRACTICE), Room(page, PRACTICE)
    first.hear("begin", way="session")
    second.say("weight")
    assert first.room == second.room and len(first.room["turns"]) == 1
    (workspace / "learner.json").write_text('{"id": "bob"}')
    first.hear("choose", turn=2, move="ask", attempt=1)  # ann's press: bob has no session here
    assert first.room["stage"] == "before" and second.storage == first.storage
    assert "bob" in first.storage and page.answers == {}


def test_can_nobody_begin_who_has_no_id(workspace: Path) -> None:
    (workspace / "learner.json").unlink()
    room = Room(Page.open(workspace / "lessons", "c90"), PRACTICE)
    assert room.blocked
    assert room.hear("begin", way="session")["type"] == "refused"
    room._page.sign_in("cleo")
    assert not room.blocked and room.hear("begin", way="session")["type"] == "done"


def test_is_a_session_kept_that_fits_the_case_no_more(practice: Room) -> None:
    practice.hear("begin", way="session")
    page, value = practice._page, stored(practice)
    value["runs"][0]["saved"].append("a_line_of_long_ago")
    page.save(page.items[PRACTICE], value)
    again = Room(page, PRACTICE)
    assert again.room["stage"] == "before" and "has changed" in again.room["notice"]
    again.hear("begin", way="session")
    assert again.room["stage"] == "talk" and again.room["turns"] == []


def test_is_a_case_that_the_page_lacks_explained(workspace: Path) -> None:
    room = Room(Page.open(workspace / "lessons", "c90"), "c77-s01")
    assert "c77-s01" in room.problem and room.place == {}


def test_does_the_manifest_give_the_order_of_the_course(workspace: Path) -> None:
    entries = course_entries(Page.open(workspace / "lessons", "c90").workspace)  # type: ignore[arg-type]
    assert [(entry["title"], entry["kind"]) for entry in entries] == [
        ("Start here", "lesson"),
        ("Theo and the second letter", "practice case"),
        ("Another afternoon", "practice case"),
        ("The last step (assignment)", "assignment"),
    ]
    after = next_page(Page.open(workspace / "lessons", "c91"))
    assert after and after["path"] == "assignments/m01/m01.ipynb"


def test_shows_the_map_that_a_case_is_begun(practice: Room) -> None:
    find: Callable[[], dict[str, Any]] = lambda: course_entries(practice._page.workspace)[1]  # type: ignore[arg-type]  # noqa: E731
    assert not find()["begun"]
    practice.hear("begin", way="session")
    assert find()["begun"] and find()["answered"] == 0
