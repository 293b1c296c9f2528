"""A case file: every fault by line with what is allowed, and its two parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from simulation.cases import EXAMPLE, case_of, example

from iop_training.model.case import Case, PlayCase
from iop_training.model.case_parts import case_secrets, play_part
from iop_training.simulation import Session, transcript_text

TEXT = EXAMPLE.read_text(encoding="utf-8")
JUDGING = ("codes", "quality", "why", "better", "harm", "harm_reason", "observes", "source")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("when: discord >= 3", "when: discrod >= 3", "did you mean 'discord'?"),
        ("when: discord >= 3", "when: discord", "is a variable: compare it, as in 'discord >= 1'"),
        ("when: not suicide_asked", "when: suicide_asked == 1", "it is a flag"),
        (
            "when: discord >= 3",
            "when: discord >= 4",
            "compares discord with 4; it runs from 0 to 3",
        ),
        ("when: discord >= 3", "when: discord => 3", "can't be read; write it like"),
        ("when: discord >= 3", "when: len(discord) > 3", "something else than"),
        ("    when: discord >= 3\n", "", "cuts_in needs when:"),
        ("next: end:left", "next: end:lefft", "did you mean 'end:left'?"),
        ("next: end:left", "next: walking_out", "cuts in by itself"),
        ("set: [supervisor_called]", "set: [supervisor_caled]", "did you mean 'supervisor_called'"),
        ("{alliance: +1, discord: -1}", "{aliance: +1}", "did you mean 'alliance'?"),
        ("{alliance: +1, discord: -1}", "{alliance: 1}", "it must look like"),
        ("discord: =3", "discord: =7", "sets discord to 7; it runs from 0 to 3"),
        ("decision: next_step", "decision: next_stop", "did you mean 'next_step'?"),
        ("    start: 1\n", "    start: 9\n", "start between them"),
        ("codes: [confront]", "codes: [confrontation]", "allowed:"),
        ("minutes: 5", "minuts: 5", "did you mean 'minutes'?"),
        ("moment: done\n", "moment: don\n", "did you mean 'done'?"),
        ("  - id: left\n", "  - id: left\n    when: suicide_asked\n", "one always fits"),
        ("  pass_mark: 18", "  pass_mark: 21", "above all points (20)"),
        ("  decisions: 6\n  ending: 6", "  decisions: 0\n  ending: 12", "the case has 1 of them"),
        ("kind: mixed", "kind: mixt", "allowed: 'good'"),
        ("id: c90 ", "id: c92 ", "the file is named 'c90'"),
        ("  - id: second_chance", "  - id: done", "id 'done' is used already"),
        ("  - id: discord\n", "  - id: theo\n", "id 'theo' is a person already"),
        ("        harm: minor\n", "", "harm and harm_reason go together"),
        ("    why: |\n", "    why: ", ""),
    ],
)
def test_is_each_fault_told_by_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in TEXT
    case, faults = case_of(TEXT.replace(old, new), tmp_path)
    assert case is None
    assert any(says in fault and fault.startswith("c90.yaml:") for fault in faults), faults


def test_does_a_fault_name_the_line_where_it_stands(tmp_path: Path) -> None:
    line = TEXT[: TEXT.index("when: discord >= 3")].count("\n") + 1
    _, faults = case_of(TEXT.replace("when: discord >= 3", "when: discord >= 9"), tmp_path)
    assert [fault.split(":")[1] for fault in faults] == [str(line)]


@pytest.mark.parametrize("missing", ["why", "source", "better"])
def test_does_each_line_need_feedback_and_a_source(tmp_path: Path, missing: str) -> None:
    start = TEXT.index("      - id: bright")
    begin = TEXT.index(f"        {missing}:", start)
    end = TEXT.index("\n        ", begin + 12)
    while TEXT[end + 1 :].startswith("          "):
        end = TEXT.index("\n", end + 1)
    _, faults = case_of(TEXT[:begin] + TEXT[end + 1 :], tmp_path)
    assert any(missing in fault for fault in faults)


def names_in(data: Any) -> set[str]:
    """Every field name in JSON data."""
    if isinstance(data, dict):
        return set(data).union(*map(names_in, data.values()))
    if isinstance(data, list):
        return set().union(*map(names_in, data))
    return set()


def test_has_the_play_part_nothing_that_judges() -> None:
    case = example()
    play = play_part(case)
    assert {*play}.isdisjoint(
        {"scoring", "decisions", "observations", "drills", "source", "review"}
    )
    of_entries = names_in([play[name] for name in ("people", "state", "flags")])
    assert of_entries.isdisjoint({"profile", "meaning", "curve", "clamped"})
    of_story = names_in([play["moments"], play["endings"]])
    assert of_story.isdisjoint(
        {*JUDGING, "title", "decision", "emergency", "kind", "view", "score"}
    )
    text = json.dumps(play, ensure_ascii=False)
    secrets = case_secrets(case)
    assert len(secrets) > 20
    assert not [secret for secret in secrets if secret in text]


def test_does_the_order_of_lines_in_the_play_part_follow_no_author() -> None:
    case = example()
    authored = [[m.id for m in moment.moves] for moment in case.moments]
    public = [[m["id"] for m in moment["moves"]] for moment in play_part(case)["moments"]]
    assert [sorted(ids) for ids in authored] == [sorted(ids) for ids in public]
    assert authored != public


def test_is_a_new_field_secret_until_it_is_put_into_the_play_model() -> None:
    class Later(Case):
        remark: str = ""

    case = Later.model_validate(example().model_dump(mode="json") | {"remark": "Secret"})
    assert "remark" not in names_in(play_part(case))


def test_does_the_play_part_alone_run_the_same_session() -> None:
    case = example()
    alone = PlayCase.model_validate(json.loads(json.dumps(play_part(case))))
    lines = ["lecture", "own", "bright", "own", "ask", "reassure", "together"]
    runs = []
    for which in (case, alone):
        session = Session.start(which, "seed")
        shown = []
        for line in lines:
            shown.append([m.id for m in session.offered])
            session = session.choose(line)
        assert session.ending is not None
        runs.append((shown, transcript_text(session.transcript, session.ending.text)))
    assert runs[0] == runs[1]


def test_are_the_pieces_in_the_documentation_those_of_the_example(root: Path) -> None:
    text = (root / "docs" / "authoring.md").read_text(encoding="utf-8")
    section = text[text.index("## Write a case") : text.index("## Releasing")]
    pieces = [block.split("```")[0] for block in section.split("```yaml\n")[1:]]
    assert len(pieces) >= 10
    assert not [piece for piece in pieces if piece not in TEXT]
