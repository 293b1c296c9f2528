"""Draws a submission into the released notebook, as static escaped HTML."""

from __future__ import annotations

from typing import Any

from iop_training.grading.autograde.case_cards import (
    case_for_trainee,
    case_work,
    debrief_for_grader,
)
from iop_training.grading.autograde.observations import observations
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.autograde.report import flags_of
from iop_training.grading.autograde.submission import Submission
from iop_training.grading.standing import standing_by
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


Output = dict[str, Any]
"""An output of a code cell, as the notebook's JSON has it."""


def draw(
    nb: dict[str, Any], submission: Submission, scores: dict[str, Score], prepared: Prepared
) -> None:
    """Put the answers into the cells of the released notebook ``nb``."""
    for cell in nb["cells"]:
        item = cell["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix(BOX)
        is_code = cell["cell_type"] == "code"
        if is_code:
            cell["outputs"] = []
        if item in scores and is_code:
            cell["outputs"] = _item_outputs(item, submission, scores[item], prepared.program)
        elif item in scores and not scores[item].blank:
            cell["source"] = answer_text_html(submission.values[item])
    first = next(cell for cell in nb["cells"] if cell["cell_type"] == "code")
    summary = _summary(submission, scores, _standing(prepared, scores))
    first["outputs"].insert(0, _for_grader(style_tag() + summary_html(summary)))


def _item_outputs(
    item_id: str, submission: Submission, score: Score, program: ProgramFacts
) -> list[Output]:
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
        _output({"text/html": str(html), FEEDBACK: str(for_trainee)})
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


def _for_grader(html: str, feedback: str | None = None) -> Output:
    """An output for the supervisor's eyes; ``feedback`` is what trainees get of it, if any."""
    data = {"text/html": str(html)} | ({FEEDBACK: str(feedback)} if feedback else {})
    return _output(data, iop={"for": "grader"})


def _output(data: dict[str, str], **metadata: Any) -> Output:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def _standing(prepared: Prepared, scores: dict[str, Score]) -> Standing | None:
    earned = [(score.points or 0.0, score.max_points) for score in scores.values()]
    waiting = sum(
        (score.points is None or bool(score.look)) and score.max_points > 0
        for score in scores.values()
    )
    return standing_by(prepared.standard, earned, waiting)


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
