"""What a debrief says in words: the same on a page in the notebook, in Formgrader and in feedback.

Words are about lines and what they did, never about the person who chose them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from iop_training.scoring.debrief_parts import (
    Change,
    Curve,
    Debrief,
    Index,
    Indices,
    TurningPoint,
)

QUALITY_WORDS: Sequence[str] = (
    "Not yet: this line loses the client",
    "Not yet: a common slip",
    "Does well here",
    "Fits best here",
)
"""What the quality of a line, 0 to 3, is called."""
REASON_WORDS: Mapping[str, str] = {
    "harm": "Harm, apart from points",
    "outcome": "More was in reach here",
    "strength": "This carried the session",
}
"""Why a turn is a turning point."""
INDICES_NOTE = (
    "Practice indices from chosen lines, not a MITI rating: choosing a line is not yet saying it, "
    "and MITI 4.2.1 is coded by trained people from recordings. Its values stand here for "
    "orientation."
)
TOO_FEW = "Too few to judge: fewer than 10 reflections."


class ChangeWords(NamedTuple):
    """What a line changed; ``scale`` says what the numbers mean ("" where there are none)."""

    text: str
    scale: str


class IndexWords(NamedTuple):
    """A row of the table: its name, the value with interval and number of lines, the published
    values, and a remark ("" for none)."""

    name: str
    value: str
    basis: str
    fair: str
    good: str
    remark: str


def change_words(change: Change) -> ChangeWords:
    """A change in words: what happened, or which variable went where."""
    if change.happened:
        return ChangeWords(change.meaning.strip(), "")
    went = "rose" if change.after > change.before else "fell"
    text = f"{variable_name(change)} {went} from {change.before} to {change.after}."
    return ChangeWords(text, change.meaning.strip())


def variable_name(what: Change | Curve) -> str:
    """What a variable is called, such as "Alliance" or "Alliance (Micah)"."""
    name = what.name.replace("_", " ").capitalize()
    return f"{name} ({what.person})" if what.person else name


def lost_words(point: TurningPoint) -> str:
    """What could not be reached any more after a turning point; "" where nothing was lost."""
    points = _number(point.lost)
    if points == "0":
        return ""
    were = "point was" if points == "1" else "points were"
    return f"After it, {points} {were} out of reach."


def curve_words(curve: Curve) -> str:
    """A curve in one sentence: where it began and ended, and its lowest and highest value."""
    first, last = curve.values[0], curve.values[-1]
    sides = [
        f"{word} {value} after turn {curve.values.index(value)}"
        for word, value in (("lowest", min(curve.values)), ("highest", max(curve.values)))
        if value not in (first, last)
    ]
    between = f" ({', '.join(sides)})" if sides else ""
    if set(curve.values) == {first}:
        return f"{variable_name(curve)} stayed at {first}."
    return f"{variable_name(curve)} began at {first} and ended at {last}{between}."


def index_words(index: Index) -> IndexWords:
    """A row of the table of indices."""
    is_ratio = index.name == "reflections_to_questions"
    show, one = (_number, " to 1") if is_ratio else (_percent, "")
    value = f"{show(index.value)}{one}" if index.value is not None else "nothing to compare"
    return IndexWords(
        name="Reflections to questions" if is_ratio else "Complex among all reflections",
        value=value,
        basis=_basis(index, show),
        fair=f"{show(index.fair)}{one}",
        good=f"{show(index.good)}{one}",
        remark="" if index.enough else TOO_FEW,
    )


def _basis(index: Index, show: Callable[[float], str]) -> str:
    lines = f"from {index.n} {'line' if index.n == 1 else 'lines'}"
    if index.low is None:
        return lines
    high = "any number" if index.high is None else show(index.high)
    return f"{lines}, 95 % interval {show(index.low)} to {high}"


def count_words(counts: Indices) -> list[str]:
    """The counts beside the indices, and what they leave out, a sentence each."""
    said = [
        f"Lines that go with MI (affirming, seeking collaboration, emphasizing autonomy): "
        f"{counts.consistent}. Lines that go against it (persuading, confronting): "
        f"{counts.inconsistent}. No threshold exists for these.",
        f"Reflections: {counts.simple} simple, {counts.complex} complex. "
        f"Questions: {counts.open} open, {counts.closed} closed.",
    ]
    if counts.emergency:
        turns = "One turn" if counts.emergency == 1 else f"{counts.emergency} turns"
        said.append(f"{turns} of an emergency left out: asking and directing is right there.")
    return said


def reach_words(debrief: Debrief) -> str:
    """The best outcome that was in reach, and the first turn after which it was not."""
    earned = (
        f"This session earned {_number(debrief.points)} of {_number(debrief.max_points)} points"
    )
    if debrief.lost_at is None:
        return f"{earned}, and the best outcome stayed in reach to the end."
    return (
        f"{earned}. The best that the case gives is {_number(debrief.best)}; after turn "
        f"{debrief.lost_at} it was out of reach."
    )


def _number(value: float) -> str:
    return f"{round(value, 1):g}"


def _percent(value: float) -> str:
    return f"{round(100 * value)} %"
