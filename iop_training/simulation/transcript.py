"""What was said: by the client, by the trainee, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iop_training.model.case import PlayCase
from iop_training.model.case_moments import Utterance
from iop_training.model.condition import Values
from iop_training.simulation.script import Heard, Script, Spot


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody in the case says; ``by`` is their id, ``shows`` what one sees ("" for
    nothing)."""

    by: str
    name: str
    text: str
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: what was said, the trainee's line, and what came back at once.

    ``minutes`` is the case time before it. ``before`` and ``after`` are the state by names, a
    flag being 0 or 1."""

    number: int
    moment: str
    said: tuple[Said, ...]
    move: str
    text: str
    to: tuple[str, ...]
    reply: tuple[Said, ...]
    minutes: int
    before: Mapping[str, int]
    after: Mapping[str, int]


def heard_at(script: Script, spot: Spot, seed: str, turn: int) -> tuple[Said, ...]:
    """What is said when a session comes to a spot that is no ending."""
    step = script.steps[spot.at]
    chance = f"{seed}/{script.case.id}/{step.moment.id}/{turn}" if step.moment.vary else None
    return _said(script.case, step.says, spot.values, step.moment.by, chance)


def answered(script: Script, at: int, reply: Heard, values: Values) -> tuple[Said, ...]:
    """What a line in a moment is answered, () for nothing."""
    return _said(script.case, reply, values, script.steps[at].moment.by, None)


def _said(
    case: PlayCase, heard: Heard, values: Values, by: str | None, chance: str | None
) -> tuple[Said, ...]:
    fitting = [said for holds, said in heard if holds is None or holds(values)]
    if not fitting:
        return ()
    utterance = fitting[_draw(chance, len(fitting)) if chance else 0]
    return tuple(_lines(case, utterance, by or case.people[0].id))


def _draw(chance: str, among: int) -> int:
    return int(hashlib.sha256(chance.encode()).hexdigest(), 16) % among


def _lines(case: PlayCase, utterance: Utterance, by: str) -> Iterable[Said]:
    names = {person.id: person.name for person in case.people}
    if utterance.text is not None:
        who = utterance.by or by
        yield Said(who, names[who], utterance.text, utterance.shows or "")
    for line in utterance.lines:
        yield Said(line.by, names[line.by], line.text, line.shows or "")


def transcript_text(turns: Iterable[Turn], ending: str | None = None) -> str:
    """The transcript as plain text, the same bytes for the same lines."""
    lines = []
    for turn in turns:
        lines += [*map(_plain, turn.said), f"You: {_one_line(turn.text)}"]
        lines += [_plain(said) for said in turn.reply]
    if ending is not None:
        lines.append(_one_line(ending))
    return "".join(f"{line}\n" for line in lines)


def _plain(said: Said) -> str:
    shown = f" [{_one_line(said.shows)}]" if said.shows else ""
    return f"{said.name}: {_one_line(said.text)}{shown}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
