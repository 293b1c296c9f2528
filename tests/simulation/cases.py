"""Cases for tests: the worked example, and a large one to measure with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from iop_training.content import strict_yaml
from iop_training.content.cases import case_faults, parse_case
from iop_training.model.case import Case

EXAMPLE = Path(__file__).parent / "c90.yaml"


def case_of(text: str, folder: Path) -> tuple[Case | None, list[str]]:
    """The case in a YAML text, and its faults as an author reads them."""
    path = folder / "c90.yaml"
    path.write_text(text, encoding="utf-8")
    document = strict_yaml.read(path, folder)
    case = parse_case(document, "c90") if document.data is not None else None
    return case, [str(fault) for fault in document.faults]


def example_data() -> dict[str, Any]:
    """The example as plain data, for a test to change."""
    data: dict[str, Any] = yaml.load(EXAMPLE.read_text(encoding="utf-8"), yaml.BaseLoader)
    return data


def case_from(data: dict[str, Any]) -> Case:
    """A case from plain data, whose names must be sound."""
    case = Case.model_validate(data)
    assert list(case_faults(case)) == []
    return case


def example() -> Case:
    """The worked example of docs/authoring.md."""
    return case_from(example_data())


def move(move_id: str, quality: int = 3, **more: Any) -> dict[str, Any]:
    """A line, with what it needs."""
    better = {} if quality == 3 else {"better": "Another line"}
    return {
        "id": move_id,
        "text": f"A line called {move_id}",
        "codes": ["question_open"],
        "quality": quality,
        "why": "A reason",
        "source": ["guide"],
        **better,
        **more,
    }


def moment(moment_id: str, moves: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A moment in which the client says its name."""
    says = [{"text": f"This is {moment_id}"}]
    return {"id": moment_id, "title": moment_id, "says": says, "moves": moves, **more}


def ending(ending_id: str, score: int = 3, **more: Any) -> dict[str, Any]:
    """An ending."""
    return {"id": ending_id, "kind": "good", "score": score, "text": "End", "view": "Well", **more}


def small(moments: list[dict[str, Any]], **more: Any) -> Case:
    """A case of these moments, with a variable ``trust`` (0 to 4, from 2) and a flag ``told``."""
    base = example_data()
    kept = ("title", "mode", "prebrief", "objectives", "people", "source")
    data: dict[str, Any] = {
        "id": "c91",
        **{name: base[name] for name in kept},
        "state": [{"id": "trust", "high": 4, "start": 2, "meaning": "Trust"}],
        "flags": [{"id": "told", "meaning": "It was told"}],
        "turn_limit": 10,
        "moments": moments,
        "endings": [ending("over")],
        "scoring": {"process": 8, "decisions": 0, "ending": 4, "pass_mark": 9},
        **more,
    }
    return case_from(data)


def large(moments: int = 16, variables: int = 5) -> Case:
    """As large as cases get: each of four lines a moment moves the variables in its own way."""
    names = [f"v{n}" for n in range(variables)]
    steps = ("+1", "-1", "+2", "-2")
    built = [
        moment(
            f"m{n}",
            [
                move(
                    f"a{k}",
                    k,
                    effects={
                        names[(n + k) % variables]: steps[k],
                        names[(n * k) % variables]: steps[k - 1],
                    },
                )
                for k in range(4)
            ],
        )
        for n in range(moments)
    ]
    return small(
        built,
        state=[{"id": name, "high": 4, "start": 2, "meaning": name} for name in names],
        turn_limit=moments,
    )


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    """Cases of a few moments that skip, branch, decide and end in different ways."""
    qualities = st.lists(st.integers(0, 3), min_size=2, max_size=3)
    effects = st.sampled_from(["+1", "-1", "+2", "=0"])
    moments = []
    for n in range(draw(st.integers(1, 4))):
        lines = [
            move(f"a{k}", quality, effects={"trust": draw(effects)})
            for k, quality in enumerate(draw(qualities))
        ]
        if draw(st.booleans()):
            lines[0]["next"] = "end:early"
        when = draw(st.sampled_from([None, "trust >= 2", "trust <= 2"]))
        more: dict[str, Any] = {"when": when} if when else {}
        moments.append(moment(f"m{n}", lines, **more))
    moments[-1]["decision"] = "what"
    ends = [ending("early", draw(st.integers(0, 3))), ending("over", draw(st.integers(0, 3)))]
    return small(
        moments,
        endings=ends,
        decisions=[{"id": "what", "text": "What"}],
        scoring={"process": 7, "decisions": 5, "ending": 3, "pass_mark": 9},
    )
