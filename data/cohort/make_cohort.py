"""Make the synthetic cohort: clients.csv, weeks.csv and events.csv in this folder, the picture of
its README, and the tables data/tables/cohort_*.yaml.

    python data/cohort/make_cohort.py [FOLDER]

Everybody in it is made up. What they are made from stands in parameters.yaml. The same parameters
give the same bytes: all chance comes from uniform numbers of numpy's PCG64, each client has a
stream of their own, and what is written is whole numbers, or rounded to one decimal.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import yaml
from summary import charts, picture

HERE = Path(__file__).resolve().parent
Parameters = Mapping[str, Any]
CLIENTS = (
    "client", "age_band", "gender", "primary_substance", "on_moud", "start_level",
    "audit_c", "phq9", "gad7",
)  # fmt: skip
WEEKS = (
    "client", "week", "level", "groups_offered", "groups_missed", "hours_attended", "days_of_use",
    "craving", "bam_use", "bam_risk", "bam_protective",
)  # fmt: skip
EVENTS = ("client", "week", "event")
ENDS = ("completed", "transferred", "left", "by_program", "other")
"""Kinds of discharge, written as discharge_<kind>."""


class Chance:
    """All that is random about one client."""

    def __init__(self, seed: int, client: int) -> None:
        sequence = np.random.SeedSequence([seed, client])
        self._numbers = np.random.Generator(np.random.PCG64(sequence))

    def share(self) -> float:
        """A number from 0 to below 1."""
        return float(self._numbers.random())

    def happens(self, probability: float) -> bool:
        return self.share() < probability

    def times(self, tries: int, probability: float) -> int:
        """How often something happens in so many tries."""
        return sum(self.happens(probability) for _ in range(tries))

    def normal(self, mean: float = 0, spread: float = 1) -> float:
        return NormalDist(mean, spread).inv_cdf(min(max(self.share(), 1e-9), 1 - 1e-9))

    def one_of(self, weights: Mapping[str, float]) -> str:
        """A name, by its share."""
        rest = self.share() * sum(weights.values())
        for name, weight in weights.items():
            rest -= weight
            if rest < 0:
                return name
        return name


@dataclass
class Person:
    """Somebody in the program: what is known of them, and where they are now."""

    about: dict[str, Any]
    severity: float
    decline: float
    level: str
    weeks: list[dict[str, Any]] = field(default_factory=list)
    events: list[tuple[int, str]] = field(default_factory=list)
    since: int = 1
    quiet: int = 0
    steady: int = 0
    swing: float = 0
    used: bool = True
    back: int | None = None
    gone: bool = False


def make(parameters: Parameters) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Clients, their weeks and their events."""
    people = []
    for number in range(1, parameters["clients"] + 1):
        chance = Chance(parameters["seed"], number)
        person = _person(f"s{number:03}", chance, parameters)
        for week in range(1, parameters["weeks"] + 1):
            _live(person, week, chance, parameters)
        people.append(person)
    events = [(p.about["client"], week, event) for p in people for week, event in p.events]
    return (
        pd.DataFrame([p.about for p in people], columns=list(CLIENTS)),
        pd.DataFrame([week for p in people for week in p.weeks], columns=list(WEEKS)).astype(
            {name: "Int64" for name in WEEKS if name not in ("client", "level")}
        ),
        pd.DataFrame(events, columns=list(EVENTS)),
    )


def _person(name: str, chance: Chance, p: Parameters) -> Person:
    severity = chance.normal()
    substance = chance.one_of(p["primary_substance"])
    top = p["screen_ranges"]

    def screen(key: str, mean: float, spread: float) -> int:
        return _cut(chance.normal(mean, spread), top[key])

    about = {
        "client": name,
        "age_band": chance.one_of(p["age_band"]),
        "gender": chance.one_of(p["gender"]),
        "primary_substance": substance,
        "on_moud": int(substance == "opioids" and chance.happens(p["on_moud"])),
        "start_level": chance.one_of(p["start_level"]),
        "audit_c": screen(
            "audit_c", *p["audit_c"]["alcohol" if substance == "alcohol" else "other"]
        ),
        **{
            key: screen(key, p[key]["mean"] + p[key]["severity"] * severity, p[key]["spread"])
            for key in ("phq9", "gad7")
        },
    }
    decline = p["craving"]["decline"] + chance.normal(0, p["craving"]["person"])
    return Person(about, severity, decline, about["start_level"])


def _live(person: Person, week: int, chance: Chance, p: Parameters) -> None:
    """One week of somebody who is in the program, or comes back to it."""
    if person.back == week:
        person.events.append((week, "readmission"))
        person.level, person.since, person.back, person.gone = "2.1", week, None, False
        person.quiet, person.steady, person.used = 0, 0, True
    if person.gone:
        return
    craving = _craving(person, week, chance, p)
    groups = p["groups_a_week"][person.level]
    came = chance.times(groups, _coming(person, craving, p))
    missed = 1 - came / groups
    days = _days_of_use(person, craving, missed, chance, p)
    if days and person.quiet:
        person.events.append((week, "return_to_use"))
    overdose = days > 0 and chance.happens(_overdose(person, p))
    if overdose:
        person.events.append((week, "overdose_nonfatal"))
    told = came > 0 and not chance.happens(p["not_filled_in"])
    person.weeks.append(
        {
            "client": person.about["client"],
            "week": week,
            "level": person.level,
            "groups_offered": groups,
            "groups_missed": groups - came,
            "hours_attended": came * p["hours_a_group"][person.level],
            "days_of_use": days,
            **_check_in(person, craving, missed, days, told, chance, p),
        }
    )
    person.used = days > 0
    person.quiet = 0 if days else person.quiet + 1
    person.steady = person.steady + 1 if not days and missed <= 1 / 3 else 0
    _move_on(person, week, missed, days, overdose, chance, p)


def _craving(person: Person, week: int, chance: Chance, p: Parameters) -> float:
    """Craving of this week, before it is rounded and cut at 0 and 10."""
    c = p["craving"]
    bump = c["after_use"] if person.used and week > person.since else 0.0
    person.swing = c["carry"] * person.swing + chance.normal(0, c["spread"]) + bump * 0.5
    start = c["start"] + c["severity"] * person.severity + c["on_moud"] * person.about["on_moud"]
    return start - person.decline * (week - person.since) + person.swing


def _coming(person: Person, craving: float, p: Parameters) -> float:
    """The probability of coming to a group."""
    a = p["attendance"]
    burden = a["craving"] * max(0.0, craving - 4) + a["severity"] * person.severity
    return _logistic(a["level"] - burden - a["after_use"] * person.used)


def _days_of_use(
    person: Person, craving: float, missed: float, chance: Chance, p: Parameters
) -> int:
    u = p["use"]
    logit = u["level"] + u["craving"] * (craving - 4) + u["severity"] * person.severity
    logit += u["missed"] * missed + u["on_moud"] * person.about["on_moud"]
    logit -= u["quiet"] * math.log(1 + person.quiet)
    if not chance.happens(_logistic(logit)):
        return 0
    first = 0 if person.quiet else u["days_first"]
    return 1 + chance.times(6, u["days"] + first)


def _overdose(person: Person, p: Parameters) -> float:
    name = person.about["primary_substance"] + ("_on_moud" if person.about["on_moud"] else "")
    return p["overdose"].get(name, 0.0)


def _check_in(
    person: Person,
    craving: float,
    missed: float,
    days: int,
    told: bool,
    chance: Chance,
    p: Parameters,
) -> dict[str, int | None]:
    """Craving and the three factors of the BAM; None where the check-in is missing."""
    top = p["screen_ranges"]
    other, heavy = chance.times(days, 0.2), chance.times(days, 0.6)
    main = 0 if days == 0 else 1 + (days > 1) + (days > 3) + (days > 5)
    risk = 3.2 + 1.15 * craving + 1.3 * person.severity + 0.25 * days + chance.normal(0, 1.4)
    protective = 14.5 - 0.55 * craving - 0.9 * person.severity - 2.5 * missed
    protective += 0.35 * min(person.quiet, 8) + chance.normal(0, 1.6)
    found = {
        "craving": _cut(craving, 10),
        "bam_use": _cut(main + (heavy > 0) + (heavy > 2) + (other > 0), top["bam_use"]),
        "bam_risk": _cut(risk, top["bam_risk"]),
        "bam_protective": _cut(protective, top["bam_protective"]),
    }
    return found if told else dict.fromkeys(found)


def _move_on(
    person: Person,
    week: int,
    missed: float,
    days: int,
    overdose: bool,
    chance: Chance,
    p: Parameters,
) -> None:
    """What happens at the end of a week: a discharge, a step down, or neither."""
    end = _discharge(person, week, missed, days, overdose, chance, p)
    if end:
        person.events.append((week, f"discharge_{end}"))
        person.gone = True
        if end in ("left", "by_program") and chance.happens(p["readmission"]["chance"]):
            first, last = p["readmission"]["weeks"]
            back = week + first + int(chance.share() * (last - first + 1))
            person.back = back if back <= p["weeks"] else None
        return
    lower, down = {"2.5": "2.1", "2.1": "1"}.get(person.level), p["step_down"]
    name = person.level.replace(".", "_")
    ready = person.steady >= 2 and week - person.since + 1 >= down.get(f"weeks_{name}", 0)
    if lower and ready and chance.happens(down[f"from_{name}"]):
        person.events.append((week, "step_down"))
        person.level, person.steady = lower, 0


def _discharge(
    person: Person,
    week: int,
    missed: float,
    days: int,
    overdose: bool,
    chance: Chance,
    p: Parameters,
) -> str | None:
    """The kind of discharge at the end of a week, None for none."""
    d, leaving = p["discharged"], p["left"]
    left = leaving["base"] * math.exp(leaving["missed"] * missed + leaving["used"] * (days > 0))
    done = person.level == "1" and person.steady >= 2
    chances = {
        "completed": p["step_down"]["completed"] if done else 0.0,
        "transferred": d["transferred"] if days >= 3 or overdose else 0.0,
        "left": left,
        "by_program": d["by_program"] if missed == 1 or days >= 4 else 0.0,
        "other": d["other"],
    }
    rolled = {kind: chance.happens(chances[kind]) for kind in ENDS}
    return next((kind for kind in ENDS if rolled[kind]), None)


def _cut(value: float, top: int) -> int:
    """Rounded to a whole number from 0 to ``top``."""
    return min(max(math.floor(value + 0.5), 0), top)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def read_parameters(path: Path = HERE / "parameters.yaml") -> Parameters:
    """The values alone."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: entry["value"] for name, entry in entries.items()}


def files(parameters: Parameters) -> dict[str, str]:
    """Every file that the script writes, by its path from the folder data."""
    clients, weeks, events = make(parameters)
    frames = {"clients": clients, "weeks": weeks, "events": events}
    made = {
        f"cohort/{name}.csv": frame.to_csv(index=False, lineterminator="\n")
        for name, frame in frames.items()
    }
    drawn = charts(clients, weeks, events)
    made |= {f"tables/{chart.id}.yaml": chart.text() for chart in drawn}
    return made | {"cohort/cohort.svg": picture(drawn)}


def main(folder: Path) -> None:
    for name, text in files(read_parameters()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
