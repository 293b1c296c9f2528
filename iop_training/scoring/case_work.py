"""All that somebody did with a case, judged: every attempt, the one that counts, and the note."""

from __future__ import annotations

from iop_training.model.base import Model
from iop_training.model.case import Case
from iop_training.model.case_answer import APART, CaseAnswer, DebriefNotes, Way
from iop_training.scoring.case_note import NoteScore, compare_note
from iop_training.scoring.cases import CaseScore, score_case
from iop_training.scoring.debrief import coded_turns, debrief, outlook_of
from iop_training.scoring.debrief_parts import CodedTurn, Debrief
from iop_training.simulation.script import script_of
from iop_training.simulation.session import replay

PAUSED = "The session was paused before its end. Nothing is scored, and no reason is kept."
APART_SAYS = {
    "another": "Another scenario for the same competence was chosen.",
    "in_person": "To show this competence with the supervisor in person was chosen.",
}


class Attempt(Model):
    """One attempt: its score, and what was said in it (nothing of one that is flagged)."""

    score: CaseScore
    turns: tuple[CodedTurn, ...] = ()


class CaseWork(Model):
    """``attempts`` in the order they were begun; ``counting`` is the number, from 0, of the one
    that is scored: the first that reached an ending, None while none did. ``note`` and
    ``debrief`` are about it; ``notes`` is what the trainee said in their debrief."""

    way: Way
    attempts: tuple[Attempt, ...]
    counting: int | None
    note: NoteScore | None = None
    debrief: Debrief | None = None
    notes: DebriefNotes

    @property
    def counted(self) -> CaseScore | None:
        """The score of the attempt that counts."""
        return None if self.counting is None else self.attempts[self.counting].score

    @property
    def points(self) -> float | None:
        """Points of the session and the note together; None when nothing can be scored."""
        counted = self.counted
        if counted is None or counted.points is None:
            return None
        return counted.points + (self.note.points if self.note else 0.0)

    @property
    def look(self) -> str:
        """Why a supervisor should look at it, as a sentence; "" when there is no need."""
        flagged = next((a.score.look for a in self.attempts if a.score.look), "")
        if flagged:
            return f"An attempt could not be played again: {flagged}"
        if self.way in APART:
            return APART_SAYS[self.way]
        return PAUSED if self.counting is None else ""


def judge_work(case: Case, answer: CaseAnswer, assignment: str = "", at: str = "") -> CaseWork:
    """Every attempt played again, scored and coded; see
    :func:`~iop_training.scoring.cases.score_case`.

    Which attempt counts is found by replay, not taken from the answer. The first answer to a case
    takes as long as :func:`~iop_training.scoring.debrief.outlook_of`, the others milliseconds."""
    work = score_work(case, answer, assignment, at)
    if not any(attempt.score.turns for attempt in work.attempts):
        return work
    outlook = outlook_of(case)
    attempts, told = list(work.attempts), None
    for n, (run, attempt) in enumerate(zip(answer.runs, attempts, strict=True)):
        if n == work.counting:
            told = debrief(case, list(run.saved), outlook)
            turns = told.turns
        elif attempt.score.turns:
            turns = coded_turns(case, replay(outlook.graph.script, list(run.saved)), outlook)
        else:
            continue
        attempts[n] = attempt.model_copy(update={"turns": turns})
    return work.model_copy(update={"attempts": tuple(attempts), "debrief": told})


def score_work(case: Case, answer: CaseAnswer, assignment: str = "", at: str = "") -> CaseWork:
    """Like :func:`judge_work`, without what is said of the turns: no debrief, no attempt's turns.
    For those who score thousands."""
    script = script_of(case)
    attempts = tuple(
        Attempt(score=score_case(case, list(run.saved), assignment, at, script))
        for run in answer.runs
    )
    counting = next((n for n, a in enumerate(attempts) if a.score.state == "ended"), None)
    note: NoteScore | None = None
    if counting is not None and case.note:
        session = replay(script, list(answer.runs[counting].saved))
        note = compare_note(case.note, answer.note, session)
    return CaseWork(
        way=answer.way, attempts=attempts, counting=counting, note=note, notes=answer.debrief
    )
