"""Draws a submission into the released notebook, as static escaped HTML.

What is drawn is plain JSON data, and nothing here loads nbformat or nbgrader: a process that only
draws starts in a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_training.content.snapshot import Snapshot
from iop_training.grading.autograde.case_cards import case_for_trainee
from iop_training.grading.autograde.scored import Scored
from iop_training.grading.autograde.submission import Submission
from iop_training.model import Item, ProgramFacts, Score
from iop_training.model.kinds.case import CaseItem
from iop_training.model.remark import REMARKS
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
from iop_training.rendering.html import Html
from iop_training.rendering.kept import Kept
from iop_training.scoring.standards import Standing

FEEDBACK = "application/vnd.iop.feedback"
"""The form of an output that goes into feedback. Only what has it is shown to trainees, see
:func:`feedback_of`."""
SAME = "text/html"
"""Stands in that form for a text that is the supervisor's too, which is then there once."""
BOX = "-box"

Output = dict[str, Any]
"""An output of a code cell, as nbformat has it."""


class Drawer:
    """Draws submissions of one release; ``program`` is what differs from program to program.

    What repeats from one submission to the next is ``kept``, so that later submissions take a
    fraction of the time of the first."""

    def __init__(self, snapshot: Snapshot, program: ProgramFacts, kept: Kept | None = None) -> None:
        self.snapshot = snapshot
        self._program = program
        self._kept = kept or Kept()
        self._rubrics = {
            name: (rubric_html(rubric, anchors=True), rubric_html(rubric, anchors=False))
            for name, rubric in snapshot.rubrics.items()
        }

    def draw(self, notebook: dict[str, Any], scored: Scored, standing: Standing | None) -> None:
        """Put a submission, which must be to the drawer's release, into the cells of the released
        ``notebook``; ``standing`` None where the assignment has no standard."""
        with self._kept.open():
            self._draw(notebook["cells"], scored, standing)

    def _draw(self, cells: list[dict[str, Any]], scored: Scored, standing: Standing | None) -> None:
        submission, scores = scored.submission, scored.scores
        said = {name: submission.said(name) for name in REMARKS}
        for cell in cells:
            item = cell["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix(BOX)
            if cell["cell_type"] == "code":
                cell["outputs"] = []
            if item in scores and cell["cell_type"] == "code":
                remarks = remarks_html(*(said[name].get(item, "") for name in REMARKS))
                cell["outputs"] = self._outputs(submission, scores[item], remarks)
            elif item in scores and not scores[item].blank:
                cell["source"] = str(answer_text_html(submission.values[item]))
        first = next(cell for cell in cells if cell["cell_type"] == "code")
        summary = summary_html(_summary(scored, standing))
        first["outputs"].insert(0, _for_grader(style_tag() + summary))

    def _outputs(self, submission: Submission, score: Score, remarks: Html) -> list[Output]:
        """Those of the cell that asks one item."""
        item = self.snapshot.items[score.item]
        card, public, debrief = self._cards(item, submission, score)
        outputs = [_for_both(card, public)]
        if remarks:
            outputs.append(_for_both(remarks, remarks))
        if score.look:
            outputs.append(_for_grader(look_html(score)))
        if debrief:
            outputs.append(_for_grader(debrief))
        if rubric := self._rubrics.get(getattr(item, "rubric", None) or ""):
            outputs.append(_for_grader(*rubric))
        return outputs

    def _cards(self, item: Item, submission: Submission, score: Score) -> tuple[Html, Html, Html]:
        """The card for the supervisor, that for the trainee, and the debrief of a session for the
        supervisor, "" where there is none."""
        references, value = self.snapshot.references, submission.values[item.id]
        order = item.display_order(submission.record.seed or "")
        card = item_html(item, value, score, order, references)
        if isinstance(item, CaseItem):
            return card, *case_for_trainee(item.stem, score, references)
        if not item.manual and not item.local:
            return card, card, Html()
        # What a person grades gets its points on the page, from the gradebook.
        shown = None if item.manual else score
        public = item_html(item, value, shown, order, references, self._program)
        return card, public, Html()


def feedback_of(output: Mapping[str, Any]) -> str | None:
    """What trainees get of an output, None when that is nothing. In a file, a text may be a list
    of its lines."""
    data = output.get("data", {})
    if FEEDBACK not in data:
        return None
    text = "".join(data[FEEDBACK])
    return "".join(data["text/html"]) if text == SAME else text


def _for_both(html: Html, feedback: Html) -> Output:
    """An output of which trainees get ``feedback``."""
    return _output({"text/html": str(html), FEEDBACK: SAME if feedback == html else str(feedback)})


def _for_grader(html: str, feedback: str = "") -> Output:
    """An output for the supervisor's eyes; ``feedback`` is what trainees get of it, if any."""
    data = {"text/html": str(html)} | ({FEEDBACK: str(feedback)} if feedback else {})
    return _output(data, iop={"for": "grader"})


def _output(data: dict[str, str], **metadata: Any) -> Output:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def _summary(scored: Scored, standing: Standing | None) -> Summary:
    submission, record = scored.submission, scored.submission.record
    return Summary(
        title=submission.title,
        answered=submission.answered,
        total=submission.total,
        handed_in=submission.handed_in,
        minutes=record.minutes,
        sittings=record.sittings,
        journal=record.sha256,
        repairs=submission.repairs,
        flags=scored.flags,
        in_lesson=[f"{item}: {text}" for item, text in submission.in_lesson.items()],
        opinions=submission.opinions,
        standing=standing,
        gates=scored.gates,
    )
