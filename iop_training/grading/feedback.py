"""Feedback: the page a trainee gets back, and the ways it gets there."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.preprocessors import GetGrades
from traitlets import List, Unicode, default

from iop_training.grading.autograde.draw import BOX, FEEDBACK
from iop_training.grading.autograde.report import read_observations, read_report
from iop_training.grading.course import CourseFolder
from iop_training.grading.exchange import exchange_tool
from iop_training.grading.handed_in import SECRET
from iop_training.grading.log import reason, run
from iop_training.grading.standing import standard_of, standing_by
from iop_training.model.remark import STANCES
from iop_training.rendering import stances_html, style
from iop_training.rendering.gates import gates_for_trainee
from iop_training.rendering.html import Html, tag
from iop_training.rendering.standard import standard_for_trainee
from iop_training.scoring.gates import judge_all
from iop_training.scoring.standards import Standing

TEMPLATES = Path(__file__).parent / "templates"
_DARK = re.compile(r"\[data-jp-theme-light=\"false\"\] \.iop \{(?P<tokens>[^}]*)\}")


class Grades(GetGrades):
    """nbgrader's step that brings scores and comments; also tells what nobody graded yet, and
    what a person is to look at (again)."""

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata["nbgrader"]["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )
        waiting = grade.auto_score is None and grade.manual_score is None
        cell.metadata["nbgrader"]["waiting"] = waiting
        cell.metadata["nbgrader"]["to_read"] = grade.needs_manual_grade


class FeedbackPage(TemplateExporter):
    """One self-contained HTML page: no code, nothing that runs, nothing from the network.

    Not an HTMLExporter: that one parses the page again, and Formgrader sets the template of
    every HTMLExporter to nbgrader's own.
    """

    template_name = Unicode("iop-feedback")
    extra_template_basedirs = List(Unicode(), [str(TEMPLATES)])
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        nb, resources = super()._preprocess(nb, resources)
        report = read_report(Path(resources["metadata"]["path"]))
        questions = _questions(nb, report)
        standing = self._standing(resources, questions)
        resources["iop"] = {
            "title": report["title"],
            "handed_in": report["handed_in"],
            "style": page_style(style()),
            "questions": questions,
            "stances": stances_html(_stances(questions)),
            "waiting": sum(question["waiting"] for question in questions),
            "standard": standard_for_trainee(standing) if standing else "",
            "safety": _safety(report, questions),
        }
        return nb, resources

    def _standing(
        self, resources: dict[str, Any], questions: list[dict[str, Any]]
    ) -> Standing | None:
        root, assignment = self.parent.coursedir.root, resources["nbgrader"]["assignment"]
        return standing_by(
            standard_of(Path(root), assignment),
            [(question["score"], question["points"]) for question in questions],
            sum(question["to_read"] for question in questions if question["points"]),
        )


def page_style(css: str) -> str:
    """The course's stylesheet for a page outside Jupyter: what it says for Jupyter's dark theme
    holds where the reader's system is dark."""
    dark = _DARK.search(css)
    tokens = dark["tokens"] if dark else ""
    return f"{css}\n@media screen and (prefers-color-scheme: dark) {{ .iop {{{tokens}}} }}\n"


def _questions(nb: NotebookNode, report: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry a graded item, in order, with what its cells hold for trainees."""
    cells = {
        cell.metadata["nbgrader"]["grade_id"]: cell
        for cell in nb.cells
        if "nbgrader" in cell.metadata
    }
    questions = []
    for item, facts in report["items"].items():
        grade = cells[item].metadata["nbgrader"]
        asked = cells.get(item + BOX, cells[item])
        automatic = facts["points"]
        questions.append(
            {
                "item": item,
                "cards": [o.data[FEEDBACK] for o in asked.outputs if FEEDBACK in o.get("data", {})],
                "score": grade["score"] or 0.0,
                "points": grade["points"],
                "waiting": grade["waiting"],
                "to_read": grade["to_read"],
                "blank": facts["blank"],
                "stance": facts["stance"],
                "automatic": automatic is not None,
                "changed": automatic is not None and automatic != grade["score"],
                "comment": grade.get("comment") or "",
            }
        )
    return questions


def _stances(questions: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    """How often each stance was taken, and how many of those answers earned full points; answers
    that a person reads, and blank ones, are neither right nor not."""
    columns = []
    for stance, label in STANCES.items():
        taken = [q for q in questions if q["stance"] == stance]
        scored = [q for q in taken if q["automatic"] and not q["blank"]]
        right = sum(q["score"] >= q["points"] for q in scored)
        note = f"{right} of {len(scored)} right" if scored else ""
        columns.append((label, len(taken), note))
    return columns


def _safety(report: dict[str, Any], questions: list[dict[str, Any]]) -> Html:
    """The safety domains by the points that the gradebook has now, with links to the questions."""
    points = {question["item"]: question["score"] for question in questions}
    names = {
        question["item"]: tag("a", f"Question {n}", href=f"#q{n}")
        for n, question in enumerate(questions, start=1)
    }
    made = read_observations(report)
    seen = [o.with_points(points.get(o.item)) for o in made]
    names |= {o.item: names[o.within] for o in made if o.within in names}
    return gates_for_trainee(judge_all(seen), names)


@dataclass(frozen=True)
class Returned:
    """Where one person's feedback went: ``way`` is "exchange", "file" (``path`` is the page to
    send) or "none" (``message`` says why)."""

    student: str
    way: str
    path: Path | None = None
    message: str = ""


def generate_feedback(
    course_root: Path, assignment: str, students: list[str] | None = None
) -> dict[str, str]:
    """Make the feedback pages afresh; student id to "" or to the reason why there is none."""
    course = CourseFolder.open(course_root)
    if students is None:
        students = course.students("autograded", assignment)
    results = {}
    for student in students:
        directory = course.directory(assignment_id=assignment, student_id=student)
        tool = GenerateFeedback(coursedir=directory, config=course.config)
        tool.force = True
        result = run(tool)
        results[student] = "" if result["success"] else reason(result)
    return results


def return_feedback(
    course_root: Path, assignment: str, students: list[str] | None = None
) -> list[Returned]:
    """Give the generated pages back: through the exchange to those who submitted through it,
    else as ``returned/<assignment>/<student>.html`` for somebody to send."""
    course = CourseFolder.open(course_root)
    if students is None:
        students = course.students("autograded", assignment)
    return [_return_one(course, assignment, student) for student in students]


def _return_one(course: CourseFolder, assignment: str, student: str) -> Returned:
    folder = course.step("feedback", assignment, student)
    page = folder / f"{assignment}.html"
    if not page.is_file():
        return Returned(student, "none", message="There is no page yet; generate it first.")
    if (folder / SECRET).is_file():
        directory = course.directory(assignment_id=assignment, student_id=student)
        result = run(exchange_tool(ExchangeReleaseFeedback, course.config, directory))
        if result["success"]:
            return Returned(student, "exchange")
        return Returned(student, "none", message=reason(result))
    target = course.root / "returned" / assignment / f"{student}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(page, target)
    return Returned(student, "file", target)
