"""The two drawings of a session with a client: for the supervisor, and for the trainee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iop_training.figures.case_curves import curves_svg
from iop_training.model import Reference, Score
from iop_training.rendering.case_feedback import case_feedback_html
from iop_training.rendering.case_note import invented_text
from iop_training.rendering.debrief import debrief_html, sources_of
from iop_training.rendering.debrief_block import DebriefBlock, block_html
from iop_training.rendering.html import Html, card
from iop_training.rendering.transcript import HARM, fold
from iop_training.scoring.case_work import CaseWork
from iop_training.scoring.debrief_parts import Debrief


def case_work(score: Score) -> CaseWork | None:
    """The work on a case that a score is of; None for no answer and for every other kind."""
    return score.detail if isinstance(score.detail, CaseWork) else None


def case_for_trainee(
    title: str, score: Score, references: Mapping[str, Reference]
) -> tuple[Html, Html]:
    """The card for the feedback page with the debrief as data for the page in the notebook; and,
    for the supervisor, the debrief as the trainee gets it, folded ("" without one)."""
    work = case_work(score)
    if work is None or work.debrief is None:
        return case_feedback_html(title, score.item, work), Html()
    words, drawing = citations(work.debrief, references), _curves(work.debrief)
    told = debrief_html(work.debrief, words, Html(drawing))
    block = DebriefBlock(
        item=score.item,
        debrief=work.debrief,
        references=words,
        curves_svg=drawing,
        note=work.note,
    )
    shown = case_feedback_html(title, score.item, work, told)
    folded = fold("The debrief, as the trainee gets it", told)
    return Html(shown + block_html(block)), card("Debrief", folded)


def citations(debrief: Debrief, references: Mapping[str, Reference]) -> dict[str, str]:
    """The words for the sources of a debrief."""
    return {key: references[key].citation() for key in sources_of(debrief) if key in references}


def harm_sentences(scores: Mapping[str, Score]) -> list[str]:
    """A sentence for each line with serious harm that was said in a session that counts, and for
    each that its note invents: both apart from points."""
    return [
        f"{item}: {sentence}"
        for item, score in scores.items()
        if (work := case_work(score)) is not None
        for sentence in _harms(work)
    ]


def _harms(work: CaseWork) -> Sequence[str]:
    said = [
        f"turn {harm.turn}, “{harm.line}”. {HARM['serious']}{harm.reason}"
        for harm in (work.counted.harms if work.counted else ())
        if harm.harm == "serious"
    ]
    return [*said, *map(invented_text, work.note.invented if work.note else ())]


def _curves(debrief: Debrief) -> str:
    return curves_svg(debrief.curves, [point.turn for point in debrief.turning_points])
