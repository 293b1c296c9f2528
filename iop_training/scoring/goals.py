"""Goals that a run suggests: what to do next time, each about one code of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from iop_training.model.case_moments import Code, Move
from iop_training.scoring.debrief_parts import GoalIdea
from iop_training.simulation.tally import Taken

GOALS: Mapping[Code, str] = {
    "ask_suicide": "When words can mean suicide, ask about it directly, before anything else.",
    "ask_safety": "When something may be dangerous, ask about it directly, before anything else.",
    "direct_safety": "When there is danger now, say plainly what happens next, and stay with it.",
    "protect": "When somebody is hurt in the group, step in at once, without taking sides.",
    "reflection_complex": "Reflect what may be felt or meant, beyond the words that were said.",
    "reflection_simple": "Say back what was said before the next question.",
    "question_open": "Ask one open question, and wait for all of the answer.",
    "affirm": "Name one thing that the person did or does well, in concrete words.",
    "seek_collaboration": "Ask what they want to do before you say what you would.",
    "autonomy": "Say that the decision is theirs, above all where they push back.",
    "inform_with_permission": "Ask whether they want to hear it before you explain something.",
    "advise_with_permission": "Ask whether they want an idea before you offer one.",
    "link": "Connect what two members of the group have in common.",
    "boundary": "Say plainly what you can't do, and in the same breath what you can.",
    "silence": "After something heavy, wait, and let them speak first.",
    "structure": "Say where you are in the session, and what comes next.",
}
"""What to do more of; codes that are not here are none to aim for by themselves."""
SAFETY: frozenset[Code] = frozenset({"ask_suicide", "ask_safety", "direct_safety", "protect"})
"""What comes before all else when a run left it out."""
ALWAYS: tuple[Code, ...] = ("reflection_complex", "autonomy", "affirm")
"""What is worth doing more of after any run."""
IDEAS = 3


def goals(turns: Sequence[Taken]) -> list[GoalIdea]:
    """Two or three goals from what this run lacked.

    A code is lacking by the quality that lines of it would have added where they were on offer:
    the better line's less the chosen one's, summed over the run. Safety comes first, then what is
    lacking most; a run that lacks less gets what is worth doing in any."""
    lacking: Counter[Code] = Counter()
    for turn in turns:
        for code, gain in _left(turn).items():
            lacking[code] += gain
    first = sorted(lacking, key=lambda code: (code not in SAFETY, -lacking[code], code))
    count = Counter(code for turn in turns for code in turn.move.codes)
    rest = sorted(ALWAYS, key=lambda code: count[code])
    wanted = list(dict.fromkeys([*first[:IDEAS], *rest]))
    least = max(2, min(IDEAS, len(first)))
    return [GoalIdea(code=code, text=GOALS[code], count=count[code]) for code in wanted[:least]]


def _left(turn: Taken) -> dict[Code, int]:
    """What the best lines on offer in a turn would have added, by their codes; nothing where the
    chosen line is as good."""
    best = max(move.quality for move in turn.offered)
    gain = best - turn.move.quality
    codes = _codes(turn.offered, best) - {*turn.move.codes}
    return {code: gain for code in codes if gain}


def _codes(offered: Iterable[Move], best: int) -> set[Code]:
    return {c for move in offered if move.quality == best for c in move.codes if c in GOALS}
