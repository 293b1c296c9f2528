"""Draws a submission into the released notebook, as static escaped HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from iop_training.content.program import read_program
from iop_training.grading.autograde.case_cards import (
    case_for_trainee,
    case_work,
    debrief_for_grader,
)
from iop_training.grading.autograde.observations import observations
from iop_training.grading.autograde.report import REPORT, flags_of, report_text
from iop_training.grading.autograde.submission import Submission, read_submission
from iop_training.grading.standing import standing_of
from iop_training.model import ProgramFacts, Score
from iop_training.model.kinds.case import CaseItem
from iop_training.rendering import (
    Summary,
    answer_text_html,
    item_html,
    look_html,
    remarks_html,
    rubric_html,
    style_tag,
    summary_html,
)
from iop_training.scoring.gates import judge_all
from iop_training.scoring.standards import Standing

FEEDBACK = "application/vnd.iop.feedback"
"""The form of an output that goes into feedback. Only what has it is shown to trainees."""
BOX = "-box"


class DrawAnswers(NbGraderPreprocessor):
    """Reads and scores the submission, leaves ``resources["iop"]`` (item id to Score) for
    SaveScores, and writes iop-report.json beside the notebook."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Fill the outputs of the ask cells and the cells of written answers."""
        course, ids = self.parent.parent.coursedir, resources["nbgrader"]
        assignment, student = ids["assignment"], ids["student"]
        released = Path(
            course.format_path(course.release_directory, ".", assignment),
            f"{ids['notebook']}.ipynb",
        )
        folder = Path(course.format_path(course.submitted_directory, student, assignment))
        submission = read_submission(Path(course.root), folder, student, released)
        scores = submission.scores()
        root = Path(course.root)
        program, _ = read_program(root)
        draw(nb, submission, scores, _standing(root, assignment, scores), program)
        resources["iop"] = scores
        resources["outputs"] = {
            **(resources["outputs"] or {}),
            REPORT: report_text(submission, scores).encode(),
        }
        return nb, resources


def draw(
    nb: NotebookNode,
    submission: Submission,
    scores: dict[str, Score],
    standing: Standing | None,
    program: ProgramFacts,
) -> None:
    """Put the answers into the cells of the released notebook ``nb``; ``standing`` None where
    the assignment has no standard, ``program`` is what differs from program to program."""
    for cell in nb.cells:
        item = cell.metadata.get("nbgrader", {}).get("grade_id", "").removesuffix(BOX)
        if cell.cell_type == "code":
            cell.outputs = []
        if item in scores and cell.cell_type == "code":
            cell.outputs = _item_outputs(item, submission, scores[item], program)
        elif item in scores and not scores[item].blank:
            cell.source = answer_text_html(submission.values[item])
    first = next(cell for cell in nb.cells if cell.cell_type == "code")
    summary = _summary(submission, scores, standing)
    first.outputs.insert(0, _for_grader(style_tag() + summary_html(summary)))


def _item_outputs(
    item_id: str, submission: Submission, score: Score, program: ProgramFacts
) -> list[NotebookNode]:
    snapshot, seed = submission.snapshot, submission.record.seed or ""
    item = snapshot.items[item_id]
    order = item.display_order(seed)
    value = submission.values[item_id]
    card = item_html(item, value, score, order, snapshot.references)
    if isinstance(item, CaseItem):
        public = case_for_trainee(item.stem, score, snapshot.references)
    else:
        # What a person grades gets its points on the page, from the gradebook.
        shown = None if item.manual else score
        public = item_html(item, value, shown, order, snapshot.references, program)
    said = remarks_html(
        submission.said("stance").get(item_id, ""), submission.said("objection").get(item_id, "")
    )
    outputs = [
        new_output("display_data", {"text/html": str(html), FEEDBACK: str(for_trainee)})
        for html, for_trainee in ((card, public), (said, said))
        if html
    ]
    if score.look:
        outputs.append(_for_grader(look_html(score)))
    if (work := case_work(score)) and work.debrief:
        outputs.append(_for_grader(debrief_for_grader(work.debrief, snapshot.references)))
    rubric = snapshot.rubrics.get(getattr(item, "rubric", None) or "")
    if rubric:
        outputs.append(
            _for_grader(rubric_html(rubric, anchors=True), rubric_html(rubric, anchors=False))
        )
    return outputs


def _for_grader(html: str, feedback: str | None = None) -> NotebookNode:
    """An output for the supervisor's eyes; ``feedback`` is what trainees get of it, if any."""
    data = {"text/html": str(html)} | ({FEEDBACK: str(feedback)} if feedback else {})
    return new_output("display_data", data, metadata={"iop": {"for": "grader"}})


def _standing(root: Path, assignment: str, scores: dict[str, Score]) -> Standing | None:
    earned = [(score.points or 0.0, score.max_points) for score in scores.values()]
    waiting = sum(
        (score.points is None or bool(score.look)) and score.max_points > 0
        for score in scores.values()
    )
    return standing_of(root, assignment, earned, waiting)


def _summary(
    submission: Submission, scores: dict[str, Score], standing: Standing | None
) -> Summary:
    record = submission.record
    return Summary(
        title=submission.title,
        answered=submission.answered(),
        total=submission.total(),
        handed_in=submission.handed_in,
        minutes=record.minutes,
        sittings=record.sittings,
        journal=record.sha256,
        repairs=submission.repairs,
        flags=flags_of(submission, scores),
        in_lesson=[f"{item}: {text}" for item, text in submission.in_lesson.items()],
        opinions=submission.opinions,
        standing=standing,
        gates=judge_all(observations(submission, scores)),
    )
