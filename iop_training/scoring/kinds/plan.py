"""The mean over the sections of what each earns, net of right and wrong and never below 0:

    points x mean of max(0, right picks - wrong picks) / entries needed

Needed is what ``pick`` says, else all that fit. What is written in one's own words earns nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from statistics import fmean
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.plan import Entry, Plan, Section


def score(item: Plan, value: dict[str, Any]) -> Score:
    share = fmean(_share(s, _picked(s, value)) for s in item.sections)
    return Score(
        item=item.id,
        points=round(item.points * share, 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Plan, value: dict[str, Any]) -> tuple[Part, ...]:
    """One part for every entry, section by section."""
    return tuple(
        _entry(section, entry, _picked(section, value))
        for section in item.sections
        for entry in section.entries
    )


def solution(item: Plan) -> dict[str, Any]:
    return {s.id: {"picked": sorted(s.fitting()[: s.needed()])} for s in item.sections}


def guess(item: Plan, chance: Random) -> dict[str, Any]:
    """So many entries of each section as it asks for, or each of them with one chance in two."""
    return {s.id: {"picked": _guessed(s, chance)} for s in item.sections}


def _guessed(section: Section, chance: Random) -> list[str]:
    ids = [e.id for e in section.entries]
    if section.pick:
        return chance.sample(ids, section.pick)
    return [i for i in ids if chance.random() < 0.5]


def _picked(section: Section, value: dict[str, Any]) -> list[str]:
    picked: list[str] = value.get(section.id, {}).get("picked", [])
    return picked


def _share(section: Section, picked: Collection[str]) -> float:
    right = len({*picked} & {*section.fitting()})
    return max(0, right - (len(picked) - right)) / section.needed()


def _entry(section: Section, entry: Entry, picked: Collection[str]) -> Part:
    chosen = entry.id in picked
    # Where others fill the section already, one that would fit as well is nothing to add.
    spare = entry.fits and not chosen and _share(section, picked) == 1
    return Part(
        id=entry.id,
        text=entry.text,
        chosen=chosen,
        right=entry.fits and not spare,
        rationale=f"Fits as well. {entry.rationale}" if spare else entry.rationale,
        harm=entry.harm,
        harm_reason=entry.harm_reason,
    )
