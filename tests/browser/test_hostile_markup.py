"""HTML and JavaScript in everything a trainee can say: whoever reads it sees text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from content.course import write_course
from content.sessions import HARMFUL, answer, session, the_case, write_sessions
from grading.hostile.everybody import SET, hand_in, hand_in_honestly, outside_of
from grading.hostile.markup import EVIL, MARKUP
from grading.people import session_zip
from lab.browser import Watched, server
from nbgrader.api import Gradebook
from playwright.sync_api import BrowserContext, Request
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.release import release
from iop_training.lab.server import address, supervise_command

WHO = (*(one.name for one in MARKUP.members), "forged-outputs", "displays-a-script")
SHORT = '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">'
WORDS = {
    "worked": 1,
    "line": SHORT,
    "goal": SHORT,
    "goal_code": "ask_suicide",
    "tried": [],
    "done": True,
}


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course and the one with a session in one folder, with markup in every answer."""
    made = tmp_path_factory.mktemp("markup")
    folder = write_course(made / "course")
    shutil.copyfile(root / "nbgrader_config.py", folder / "nbgrader_config.py")
    release(folder, "m01")
    hand_in_honestly(folder, made)
    outside = outside_of(made)
    for name in WHO:
        hand_in(SET[name], folder, outside, made, 9)
    write_sessions(folder)
    release(folder, "m13")
    value = answer(session(the_case(folder), HARMFUL), debrief=WORDS)
    assert not collect(folder, "m13", [session_zip(folder, made, "ben", value)]).refused
    for assignment, students in (("m01", list(WHO)), ("m13", ["ben"])):
        assert {r.status for r in grade(folder, assignment, students)} == {"graded"}
        assert not any(generate_feedback(folder, assignment, students).values())
    command = ["opinions", "--course", str(folder), "--html", str(folder / "opinions.html")]
    assert CliRunner().invoke(app, command).exit_code == 0
    return folder


@dataclass
class Reader:
    """Somebody who opens one page after the other, and what these pages ask the network for."""

    watched: Watched
    origin: str
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watched.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.asked.append(request.url)

    def read(self, url: str) -> str:
        """Open a page; its text, when it has done nothing but be read."""
        page = self.watched.page
        page.goto(url)
        page.locator(".iop").first.wait_for(timeout=30_000)
        page.wait_for_timeout(200)
        self.watched.check()
        assert page.url.split("?")[0] == url and self.asked == [], self.asked
        assert page.evaluate("typeof window.pwned") == "undefined"
        links = page.evaluate("[...document.links].map(a => a.protocol)")
        assert "javascript:" not in links
        assert page.locator(".iop iframe, .iop base, .iop meta").count() == 0
        assert page.locator(".iop img:not([src^='data:'])").count() == 0
        return page.evaluate("document.body.textContent")


@pytest.fixture
def reader(chrome: BrowserContext) -> Iterator[Reader]:
    watched = Watched(chrome)
    yield Reader(watched, "file://")
    watched.close()


def test_is_markup_text_in_formgrader(course: Path, chrome: BrowserContext) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        pages = {
            student: book.find_submission_notebook(assignment, assignment, student).id
            for assignment, students in (("m01", WHO), ("m13", ["ben"]))
            for student in students
        }
    with server(supervise_command(course), course) as command:
        watched = Watched(chrome)
        base = address(command).partition("/lab")[0]
        watched.page.goto(address(command))
        reader = Reader(watched, base.partition("//")[0] + "//" + base.split("/")[2])
        said = {who: reader.read(f"{base}/formgrader/submissions/{p}/") for who, p in pages.items()}
        watched.close()
    for who in ("markup-in-an-answer", "markup-in-remarks", "markup-in-opinions"):
        assert EVIL in said[who], f"{who}: it is shown as it was typed"
    assert SHORT in said["ben"], "the words of the debrief"
    assert "<script>window.pwned" in said["markup-as-id"], "a flag names the id"
    assert "{{ 7191 * 7 }}" in said["templates-in-an-answer"]


def test_is_markup_text_in_feedback(course: Path, reader: Reader) -> None:
    for who in WHO:
        said = reader.read((course / "feedback" / who / "m01" / "m01.html").as_uri())
        if who in ("markup-in-an-answer", "markup-in-remarks"):
            assert EVIL in said, f"{who}: it is shown as it was typed"
        assert "50337" not in said, "no template was filled in"
    said = reader.read((course / "feedback" / "ben" / "m13" / "m13.html").as_uri())
    assert SHORT in said and "Suicide" in said, "the words of the debrief, and gates"


def test_is_markup_text_in_what_is_said_about_lessons(course: Path, reader: Reader) -> None:
    said = reader.read((course / "opinions.html").as_uri())
    assert said.count(EVIL) == 2, "the thing to change, and an objection"
