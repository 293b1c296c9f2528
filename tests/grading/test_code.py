"""Assignments with code beside the course's own: released, collected, graded and given back."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from code_course import NAME, SECRET_TEST, answered, cell, hand_in, released, write_code, zipped
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html
from nbgrader.api import Gradebook
from people import RIGHT, submitted
from traitlets.config import Config

from iop_training.content.checks import check_course
from iop_training.content.coverage import read_coverage
from iop_training.errors import ContentError, GradingError
from iop_training.grading.code.inert import InertCells, InertOutputs
from iop_training.grading.code.sandbox import Limits, Sandbox, python_folders, why_not
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.formgrader import TEMPLATE_FOLDERS
from iop_training.grading.gates import trainee_gates
from iop_training.grading.grade import grade
from iop_training.grading.opinions import course_opinions
from iop_training.grading.registry import register_release
from iop_training.grading.regrade import regrade
from iop_training.grading.release import release, release_in_sync

sandboxed = pytest.mark.skipif(
    bool(why_not()), reason=f"NO SANDBOX, SO NO CODE WAS GRADED: {why_not()}"
)


@pytest.fixture(scope="module")
def with_code(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with a released assignment with code; for tests to copy."""
    course = Path(shutil.copytree(template, tmp_path_factory.mktemp("code") / "course"))
    release(write_code(course), NAME)
    return course


@pytest.fixture
def course(with_code: Path, tmp_path: Path) -> Path:
    """Such a course of the test's own."""
    return Path(shutil.copytree(with_code, tmp_path / "course"))


@pytest.fixture(scope="module")
def graded(with_code: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course after both assignments were graded, with feedback. Ben's Markdown is hostile."""
    made = tmp_path_factory.mktemp("graded")
    course = Path(shutil.copytree(with_code, made / "course"))
    submitted(course, "ann", RIGHT, made)
    hand_in(course, "ann", answered(course))
    hostile = answered(course, "def double(number):\n    return 2", "print('a < b')")
    cell(hostile, "why")["source"] = HOSTILE
    raw = {"cell_type": "raw", "id": "raw", "metadata": {}, "source": HOSTILE}
    hostile["cells"].append(raw)
    hand_in(course, "ben", hostile)
    for assignment in ("m01", NAME):
        grade(course, assignment)
        assert set(generate_feedback(course, assignment).values()) == {""}
    return course


HOSTILE = "<script>alert(1)</script> 1 < 2 <img src=x onerror=alert(2)> [x](javascript:alert(3))"


def source(course: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Edit the author's notebook."""
    path = course / "source" / NAME / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def sources(course: Path) -> dict[str, str]:
    """What the gradebook keeps of each cell."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        return {c.name: c.source for c in book.find_notebook(NAME, NAME).source_cells}


def test_do_learners_get_neither_solutions_nor_hidden_tests(course: Path) -> None:
    text = json.dumps(released(course))
    assert "number + number" not in text and SECRET_TEST not in text
    assert "YOUR CODE HERE" in text and "assert double(1) == 2" in text
    assert (course / "release" / NAME / "data.csv").read_text() == "1,2\n"
    assert SECRET_TEST in sources(course)["test-double"]
    assert "number + number" not in sources(course)["double"]
    assert release_in_sync(course, NAME) == []
    assert not release(course, NAME).changed


def test_does_a_fresh_clone_grade_with_the_hidden_tests(course: Path) -> None:
    for file in course.glob("gradebook.db*"):
        file.unlink()
    assert register_release(course, NAME)
    assert SECRET_TEST in sources(course)["test-double"]
    assert not register_release(course, NAME)
    shutil.rmtree(course / "source" / NAME)
    with pytest.raises(GradingError, match="has the hidden tests"):
        register_release(course, NAME)


def test_is_our_own_assignment_released_as_before(course: Path, template: Path) -> None:
    release(course, "m01")
    for path in (template / "release" / "m01").iterdir():
        assert (course / "release" / "m01" / path.name).read_bytes() == path.read_bytes()


def test_does_the_rest_of_the_course_leave_it_alone(course: Path) -> None:
    faults = [f for f in check_course(course)[1] if NAME in str(f)]
    assert faults == []
    assert read_coverage(course)
    hand_in(course, "ann", answered(course))
    assert course_opinions(course) == []
    with pytest.raises(GradingError, match="has code and no keys"):
        regrade(course, NAME)
    assert [r.status for r in grade(course, NAME, dry_run=True)] == ["to grade"]
    assert not (course / "autograded").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda n: cell(n, "why")["metadata"]["nbgrader"].update(grade_id="double"), "2 times"),
        (lambda n: cell(n, "why")["metadata"]["nbgrader"].pop("grade_id"), "without a grade_id"),
        (lambda n: n.update(cells=n["cells"][:2]), "has no cell with points"),
        (lambda n: cell(n, "double").update(source='ask("m01-q01")'), "calls the course"),
    ],
)
def test_is_an_author_told_what_is_off(
    course: Path, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    source(course, change)
    with pytest.raises(ContentError, match=told):
        release(course, NAME)


def test_may_a_hidden_test_be_mended_after_hand_in_and_nothing_that_was_seen(course: Path) -> None:
    hand_in(course, "ann", answered(course))

    def mend(notebook: dict[str, Any]) -> None:
        test = cell(notebook, "test-double")
        test["source"] = test["source"].replace("42", "2 * 21")

    source(course, mend)
    release(course, NAME)
    assert "2 * 21" in sources(course)["test-double"]
    source(course, lambda n: cell(n, "test-double").update(source="assert double(1) == 3"))
    with pytest.raises(GradingError, match="The cells of codelab changed"):
        release(course, NAME)


def test_is_the_notebook_collected_as_the_answer(course: Path, tmp_path: Path) -> None:
    sound = zipped(tmp_path, "ann", json.dumps(answered(course)).encode())
    torn = zipped(tmp_path, "ben", b'{"cells": [')
    report = collect(course, NAME, [sound, torn])
    assert [(o.student, o.result, o.notes) for o in report.outcomes] == [("ann", "new", ())]
    (refused,) = report.refused
    assert "which holds the answers, is damaged" in refused
    assert not (course / "submitted" / "ben").exists()
    kept = course / "submitted" / "ann" / NAME / f"{NAME}.ipynb"
    assert json.loads(kept.read_text(encoding="utf-8")) == answered(course)


@sandboxed
def test_are_both_sorts_graded_by_nbgraders_own_command(
    graded: Path, program: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    before = _rows(course)
    for assignment, student in (("m01", "ann"), (NAME, "ben")):
        words = ("autograde", assignment, "--student", student, "--force")
        ran = program("-m", "nbgrader", *words, cwd=course)
        assert ran.returncode == 0, ran.stderr
    assert _rows(course) == before
    assert before["ben", NAME] == [("test-data", 1, 0), ("test-double", 0, 0), ("why", 0, 1)]
    assert before["ann", "m01"][:2] == [("m01-q01", 2, 0), ("m01-q02", 3, 0)]


def _rows(course: Path) -> dict[tuple[str, str], list[tuple[str, float, int]]]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        return {
            (submission.student_id, assignment): sorted(
                (g.name, g.score, int(g.needs_manual_grade))
                for notebook in submission.notebooks
                for g in notebook.grades
            )
            for assignment in ("m01", NAME)
            for submission in book.assignment_submissions(assignment)
        }


@sandboxed
def test_is_what_was_graded_left_alone_until_asked(graded: Path) -> None:
    results = {r.student: r for r in grade(graded, NAME)}
    assert {r.status for r in results.values()} == {"unchanged"}
    assert {r.status for r in grade(graded, NAME, dry_run=True)} == {"unchanged"}
    assert results["ann"].points == 3 and results["ann"].before == 3
    assert {g.student for g in trainee_gates(graded)} == {"ann", "ben"}


@sandboxed
def test_is_a_trainees_html_inert_in_formgrader_and_feedback(graded: Path) -> None:
    path = graded / "autograded" / "ben" / NAME / f"{NAME}.ipynb"
    config = Config()
    config.HTMLExporter.extra_template_basedirs = TEMPLATE_FOLDERS
    exporter = HTMLExporter(template_name="formgrade", config=config)
    resources = {"index": 0, "total": 1, "base_url": "", "submission_id": "b"}
    notebook = nbformat.read(path, as_version=4)
    drawn, _ = exporter.from_notebook_node(notebook, resources=resources)
    feedback = graded / "feedback" / "ben" / NAME / f"{NAME}.html"
    for page in (drawn, feedback.read_text(encoding="utf-8")):
        assert html.unescape(page).count("alert(1)") >= 2  # it is there, as text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert not re.search(r'href="javascript:', page)


@sandboxed
def test_is_feedback_on_code_nbgraders_page_and_on_others_ours(graded: Path) -> None:
    code = (graded / "feedback" / "ann" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    ours = (graded / "feedback" / "ann" / "m01" / "m01.html").read_text(encoding="utf-8")
    assert "nbgrader_cell" in code and "Score: 3.0 / 6.0" in " ".join(code.split())
    assert "nbgrader_cell" not in ours and "Question 1" in ours
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*//[^"]*"', code)
    assert "cdnjs" not in code


def test_do_outputs_keep_what_counts_and_nothing_that_runs() -> None:
    outputs = [
        {"output_type": "execute_result", "execution_count": "<b>", "metadata": {"x": "<b>"},
         "data": {"text/html": "<script>", "text/plain": ["1", ".5"], "image/svg+xml": "<svg>"}},
        {"output_type": "display_data", "metadata": {},
         "data": {"image/png": '"><script>', "image/jpeg": "aGk=\n"}},
        {"output_type": "stream", "name": "<b>", "text": "\ud800"},
        {"output_type": "error", "ename": None, "evalue": ["a"], "traceback": "no list"},
        {"output_type": "widget", "data": {}},
        {"data": None},
    ]  # fmt: skip
    notebook = nbformat.v4.new_notebook(metadata={"widgets": {"<script>": 1}})
    notebook.cells = [nbformat.v4.new_code_cell("1", execution_count=7)]
    notebook.cells[0].outputs = [nbformat.from_dict(one) for one in outputs]
    notebook.cells[0].metadata.tags = ['"><script>']
    kept, _ = InertOutputs()(notebook, {})
    nbformat.validate(kept)
    assert "widgets" not in kept.metadata and "tags" not in kept.cells[0].metadata
    first, second, third, fourth = kept.cells[0].outputs
    assert (first.data, first.execution_count) == ({"text/plain": "1.5"}, 1)
    assert second.data == {"image/jpeg": "aGk=\n", "text/plain": ""}
    assert (third.name, third.text) == ("stderr", "?")
    assert (fourth.ename, fourth.evalue, fourth.traceback) == ("", "a", [])


def test_do_authors_keep_their_html_and_trainees_what_they_typed() -> None:
    locked = {"grade": False, "solution": False, "locked": True, "grade_id": "a"}
    notebook = nbformat.v4.new_notebook()
    author = nbformat.v4.new_markdown_cell("<b>bold</b>", metadata={"nbgrader": locked})
    trainee = nbformat.v4.new_markdown_cell("1 < 2 <b>\n\n[x](javascript:y) $z$ \\(")
    notebook.cells = [author, trainee]
    kept, _ = InertCells()(notebook, {})
    first, second = (markdown2html(c.source) for c in kept.cells)
    assert "<b>bold</b>" in first
    assert second.count("<") == 2  # the block that it stands in
    assert "1 < 2 <b>\n\n[x](javascript:y) $z$ \\(" in html.unescape(second)


def test_is_a_course_covered_that_stands_among_pythons_folders(tmp_path: Path) -> None:
    shown = max(python_folders() or {Path("/usr")})
    inside = Sandbox(tmp_path, tmp_path, (shown / "course",), Limits()).command(["true"])
    covered = inside.index(str(shown / "course"))
    assert inside[covered - 1] == "--tmpfs"
    if shown != Path("/usr"):
        assert inside.index(str(shown)) < covered
        with pytest.raises(GradingError, match="Make the environment in a folder of its own"):
            Sandbox(tmp_path, tmp_path, (shown,), Limits()).command(["true"])
