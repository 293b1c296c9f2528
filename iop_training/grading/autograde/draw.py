"""Draws a submission into the released notebook, as static escaped HTML.

What is drawn is plain JSON data, and nothing here loads nbformat or nbgrader: a process that only
draws starts in a moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from iop_training.content.snapshot import Snapshot
from iop_training.grading.autograde.case_cards import case_for_trainee
from iop_training.grading.autograde.outputs import BOX, Output, for_both, for_grader
from iop_training.grading.autograde.scored import Scored
from iop_training.grading.autograde.submission import Submission
from iop_training.grading.fast_json import dumps
from iop_training.model import Item, ProgramFacts, Score
from iop_training.model.kinds.case import CaseItem
from iop_training.model.remark import REMARKS
from iop_training.rendering import (
    Summary,
    answer_card,
    answer_text_html,
    body_html,
    look_html,
    remarks_html,
    rubric_html,
    style_tag,
    summary_html,
)
from iop_training.rendering.html import Html
from iop_training.rendering.items import drawn_order
from iop_training.rendering.kept import Kept, keeping
from iop_training.scoring.standards import Standing

_GAP = f"gap-{uuid4().hex}"
"""Stands for what is drawn; nobody can have put it into a notebook."""
_NO_REMARKS = ("",) * len(REMARKS)
_LONG = 2_000
"""Characters of what somebody says that is too long to be said twice."""


@dataclass(frozen=True)
class _Gap:
    """Where the text of a notebook differs from one submission to the next: the outputs of a code
    cell, or a source with what it is as released. ``item`` is None for a cell that asks none."""

    item: Item | None
    source: bytes | None = None


class Drawer:
    """Draws submissions of one release into the released ``notebook``, which is JSON data with
    each source as one text; ``program`` is what differs from program to program.

    What repeats from one submission to the next is kept, as ``pieces`` and as the ``texts`` of
    whole cells, so that later submissions take a fraction of the time of the first."""

    def __init__(
        self,
        notebook: Mapping[str, Any],
        snapshot: Snapshot,
        program: ProgramFacts,
        pieces: Kept[Html] | None = None,
        texts: Kept[bytes] | None = None,
    ) -> None:
        self.snapshot = snapshot
        self._program = program
        self._pieces, self._texts = pieces or Kept(), texts or Kept()
        self._between, self._gaps = _with_gaps(notebook, snapshot.items)
        self._first = next(n for n, gap in enumerate(self._gaps) if gap.source is None)
        self._head = dumps([for_grader(style_tag() + _GAP)])[1:-1].split(_GAP.encode())
        self._rubrics = {
            name: (rubric_html(rubric, anchors=True), rubric_html(rubric, anchors=False))
            for name, rubric in snapshot.rubrics.items()
        }

    def notebook(self, scored: Scored, standing: Standing | None) -> tuple[bytes, ...]:
        """The drawn notebook of a submission, which must be to the drawer's release and have the
        scores that its keys give, as JSON, names sorted, in pieces to join. What repeats from one
        submission to the next is the same piece again, so pickle sends it once for many.
        ``standing`` None where the assignment has no standard."""
        said = _remarks(scored.submission)
        with keeping(self._pieces):
            fills: list[tuple[bytes, ...]] = [
                (self._filled(gap, scored, said),) for gap in self._gaps
            ]
            summary = summary_html(_summary(scored, standing))
        [drawn] = fills[self._first]
        before, after = self._head
        head = b"[", before, dumps(summary)[1:-1], after
        fills[self._first] = (*head, b"]") if drawn == b"[]" else (*head, b",", drawn[1:])
        pairs = zip(self._between, [*fills, ()], strict=True)
        return tuple(piece for between, fill in pairs for piece in (between, *fill))

    def _filled(self, gap: _Gap, scored: Scored, said: Mapping[str, tuple[str, ...]]) -> bytes:
        """What stands in a gap, as JSON; ``said`` are the remarks by item."""
        item, submission = gap.item, scored.submission
        if item is None:
            return b"[]"
        score, answer = scored.scores[item.id], submission.answers[item.id]
        if gap.source is not None:
            return gap.source if score.blank else dumps(answer_text_html(answer.value))
        order = drawn_order(item, submission.record.seed or "")
        remarks = said.get(item.id, _NO_REMARKS)
        key = item.id, answer.text, order, remarks
        known = self._texts.get(key)
        if known is None:
            known = dumps(self._outputs(submission, score, order, remarks_html(*remarks)))
            if len(key[1]) + sum(map(len, remarks)) <= _LONG:
                self._texts.put_again(key, known)
        return known

    def _outputs(
        self, submission: Submission, score: Score, order: Sequence[str], remarks: Html
    ) -> list[Output]:
        """Those of the cell that asks one item."""
        item = self.snapshot.items[score.item]
        card, public, debrief = self._cards(item, submission.answers[item.id].value, score, order)
        outputs = [for_both(card, public)]
        if remarks:
            outputs.append(for_both(remarks, remarks))
        if score.look:
            outputs.append(for_grader(look_html(score)))
        if debrief:
            outputs.append(for_grader(debrief))
        if rubric := self._rubrics.get(getattr(item, "rubric", None) or ""):
            outputs.append(for_grader(*rubric))
        return outputs

    def _cards(
        self, item: Item, value: Any, score: Score, order: Sequence[str]
    ) -> tuple[Html, Html, Html]:
        """The card for the supervisor, that for the trainee, and the debrief of a session for the
        supervisor, "" where there is none."""
        references = self.snapshot.references
        body = body_html(item, value, score, order)
        card = answer_card(item, body, score, references)
        if isinstance(item, CaseItem):
            return card, *case_for_trainee(item.stem, score, references)
        if not item.manual and not item.local:
            return card, card, Html()
        # What a person grades gets its points on the page, from the gradebook.
        shown = None if item.manual else score
        return card, answer_card(item, body, shown, references, self._program), Html()


def _with_gaps(
    notebook: Mapping[str, Any], items: Mapping[str, Item]
) -> tuple[list[bytes], list[_Gap]]:
    """The notebook as JSON, cut where something is drawn, and what goes there."""
    cells, gaps = [], []
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix(BOX)
        if cell["cell_type"] == "code":
            gaps.append(_Gap(items.get(name)))
            cells.append({**cell, "outputs": _GAP})
        elif name in items:
            gaps.append(_Gap(items[name], dumps(cell["source"])))
            cells.append({**cell, "source": _GAP})
        else:
            cells.append(cell)
    return dumps({**notebook, "cells": cells}).split(dumps(_GAP)), gaps


def _remarks(submission: Submission) -> dict[str, tuple[str, ...]]:
    """What was said beside answers, by item: a text for each kind of remark, "" for nothing."""
    said = [submission.said(name) for name in REMARKS]
    return {i: tuple([texts.get(i, "") for texts in said]) for i in set().union(*said)}


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
