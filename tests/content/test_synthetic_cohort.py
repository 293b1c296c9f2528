"""The synthetic cohort: what its script makes, byte for byte, and whether it hangs together."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from iop_training.model import Table

CHOSEN = "chosen for teaching"


def loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    return root / "data"


@pytest.fixture(scope="module")
def clients(data: Path) -> pd.DataFrame:
    return pd.read_csv(data / "cohort" / "clients.csv")


@pytest.fixture(scope="module")
def weeks(data: Path) -> pd.DataFrame:
    return pd.read_csv(data / "cohort" / "weeks.csv", dtype={"level": str})


@pytest.fixture(scope="module")
def events(data: Path) -> pd.DataFrame:
    return pd.read_csv(data / "cohort" / "events.csv")


@pytest.fixture(scope="module")
def histories(weeks: pd.DataFrame, events: pd.DataFrame) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """(weeks, events) of each client."""
    return [(own, events[events["client"] == client]) for client, own in weeks.groupby("client")]


def test_does_the_script_make_what_is_here(data: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, data / "cohort" / "make_cohort.py", tmp_path], check=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert len(made) == 8
    assert made == {path: (data / path).read_bytes() for path in made}


def test_has_every_parameter_its_reason_and_a_source_that_is_there(data: Path) -> None:
    entries = loaded(data / "cohort" / "parameters.yaml")
    references = loaded(data / "references.yaml")["references"]
    for name, entry in entries.items():
        assert set(entry) == {"value", "why", "source"} and entry["why"], name
        for source in entry["source"] if entry["source"] != CHOSEN else ():
            assert references[source]["evidence"] in ("read", "secondary"), (name, source)


def test_does_the_readme_explain_every_column_and_event(
    data: Path, clients: pd.DataFrame, weeks: pd.DataFrame, events: pd.DataFrame
) -> None:
    readme = (data / "cohort" / "README.md").read_text(encoding="utf-8")
    explained = {*clients.columns, *weeks.columns, *events["event"]}
    assert {name for name in explained if f"`{name}`" not in readme} == set()


def test_is_every_value_within_its_range(clients: pd.DataFrame, weeks: pd.DataFrame) -> None:
    tops = {"audit_c": 12, "phq9": 27, "gad7": 21, "on_moud": 1}
    tops |= {"week": 12, "days_of_use": 7, "craving": 10, "hours_attended": 20}
    tops |= {"bam_use": 12, "bam_risk": 24, "bam_protective": 24}
    for frame in (clients, weeks):
        for column in set(tops) & set(frame.columns):
            assert frame[column].dropna().between(0, tops[column]).all(), column
            assert (frame[column].dropna() % 1 == 0).all(), column
    assert list(clients["client"]) == [f"s{n:03}" for n in range(1, 241)]
    assert set(weeks["client"]) == set(clients["client"])
    assert not weeks.duplicated(["client", "week"]).any()
    assert set(clients[clients["on_moud"] == 1]["primary_substance"]) == {"opioids"}


def test_are_hours_those_of_the_groups_attended_and_within_the_level(weeks: pd.DataFrame) -> None:
    hours = weeks["level"].map({"2.5": 4, "2.1": 3, "1": 2})
    groups = weeks["level"].map({"2.5": 5, "2.1": 3, "1": 1})
    assert (weeks["groups_offered"] == groups).all()
    assert weeks["groups_missed"].between(0, groups).all()
    assert (weeks["hours_attended"] == (groups - weeks["groups_missed"]) * hours).all()


def test_do_use_and_its_factor_agree_and_are_check_ins_whole(weeks: pd.DataFrame) -> None:
    told = weeks.dropna(subset=["craving"])
    assert ((told["bam_use"] > 0) == (told["days_of_use"] > 0)).all()
    missing = weeks[["craving", "bam_use", "bam_risk", "bam_protective"]].isna()
    assert (missing.all(axis=1) == missing.any(axis=1)).all()
    assert missing[weeks["hours_attended"] == 0].all(axis=None)


def away(own: pd.DataFrame, happened: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """(week of a discharge, week of the readmission after it, or 13)."""
    ends = sorted(happened[happened["event"].str.startswith("discharge")]["week"])
    returns = sorted(happened[happened["event"] == "readmission"]["week"])
    for end in ends:
        yield end, next((week for week in returns if week > end), 13)


def test_has_nobody_weeks_after_a_discharge(
    histories: list[tuple[pd.DataFrame, pd.DataFrame]],
) -> None:
    gaps = 0
    for own, happened in histories:
        there = set(range(1, 13))
        for end, back in away(own, happened):
            there -= set(range(end + 1, back))
            gaps += back < 13
        assert set(own["week"]) == there
    assert gaps >= 5, "some come back"


def test_do_events_follow_from_the_weeks(
    histories: list[tuple[pd.DataFrame, pd.DataFrame]],
) -> None:
    for own, happened in histories:
        by_week = own.set_index("week")
        use, level = by_week["days_of_use"], by_week["level"]
        back = set(happened[happened["event"] == "readmission"]["week"])
        returns = {
            week
            for week in use.index
            if use[week] and week not in back and week - 1 in use.index and use[week - 1] == 0
        }
        assert set(happened[happened["event"] == "return_to_use"]["week"]) == returns
        assert all(use[week] for week in happened[happened["event"] == "overdose_nonfatal"]["week"])
        for week in happened[happened["event"] == "step_down"]["week"]:
            assert use[week] == 0
            assert week == 12 or float(level[week + 1]) < float(level[week])
        ends = happened[happened["event"].str.startswith("discharge")]
        assert len(ends) == ends["week"].nunique() and len(ends) <= len(back) + 1


def test_is_the_group_plausible(
    clients: pd.DataFrame, weeks: pd.DataFrame, events: pd.DataFrame
) -> None:
    left = events[events["event"] == "discharge_left"]["client"].nunique() / len(clients)
    assert 0.06 < left < 0.74, "the prediction interval of lappan2020"
    kinds = events["event"].value_counts()
    assert kinds["discharge_completed"] > kinds["discharge_by_program"] > 0
    assert 3 <= kinds["overdose_nonfatal"] <= 12, "enough to find, none of it usual"
    assert weeks["craving"].isna().mean() < 0.15


def test_does_each_table_say_what_its_numbers_show(
    data: Path, weeks: pd.DataFrame, events: pd.DataFrame
) -> None:
    files = sorted((data / "tables").glob("cohort_*.yaml"))
    tables = {path.stem: Table.model_validate(loaded(path)) for path in files}
    assert len(tables) == 4
    for table in tables.values():
        assert table.check() == [] and "made up for the course" in table.sentence
    craving = [[float(cell) for cell in row] for row in tables["cohort_craving"].rows]
    assert abs(craving[0][1] - craving[0][2]) <= 0.3, "about the same"
    assert all(row[1] >= row[2] for row in craving), "falls more slowly"
    first = [int(number) for _, number in tables["cohort_first_return"].rows]
    assert first == sorted(first, reverse=True)
    returned = events[events["event"] == "return_to_use"]["client"].nunique()
    assert sum(first) == returned
    staying = set(weeks[weeks["week"] == 12]["client"])
    start = weeks[weeks["week"] == 1].dropna(subset=["bam_risk"])
    stay = start["client"].isin(
        staying | set(events[events["event"] == "discharge_completed"]["client"])
    )
    risk = start["bam_risk"]
    assert risk[~stay].mean() > risk[stay].mean(), "people who do less well no longer come"
