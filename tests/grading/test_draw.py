"""Drawing a cohort: what is kept from one submission to the next changes not a byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import nbformat
import pytest
from content.sessions import (
    GOOD,
    HARMFUL,
    ITEM,
    answer,
    item_of,
    session,
    the_case,
    write_sessions,
)
from factories import EVERY_KIND
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering.cards import item_html
from rendering.test_rendering import ANSWERS, HOSTILE, REFERENCES

from iop_training.content.snapshot import Snapshot
from iop_training.grading.autograde.draw import Drawer
from iop_training.grading.autograde.known import Known, cleaned
from iop_training.grading.autograde.outputs import BOX, FEEDBACK, SAME, feedback_of
from iop_training.grading.autograde.report import report_file
from iop_training.grading.autograde.scored import Scored
from iop_training.grading.autograde.submission import Submission
from iop_training.grading.fast_json import dumps
from iop_training.model import Item, ProgramFacts
from iop_training.model.remark import STANCES
from iop_training.rendering.html import Html
from iop_training.rendering.items import drawn_order
from iop_training.rendering.kept import Kept
from iop_training.responses.reader import Answer, Record, answer_fault
from iop_training.scoring import guess, score, solution

PROGRAM = ProgramFacts.model_validate({"asam_edition": "4th <edition>"})
ITEMS: dict[str, Item] = {
    f"m00-q{n:02}": make(
        id=f"m00-q{n:02}",
        **({"local": ["asam_edition"]} if n % 2 else {}),
        **({"domain": "suicide"} if n % 3 == 0 else {}),
    )
    for n, make in enumerate(EVERY_KIND.values(), start=1)
}
SNAPSHOT = Snapshot("m00", "m00", "0" * 64, ITEMS, {}, REFERENCES, dict.fromkeys(ITEMS, 0.2))
TYPED = ("written", "numeric", "short_text")
KNOWN, FEW = Known(ITEMS), Known(ITEMS, most=6)


def _value(item: Item, chance: Random, typed: str) -> Any:
    """Nothing, everything right, something hostile, anything."""
    how = chance.randrange(5)
    if how == 0:
        return None
    if item.kind in TYPED:
        return (typed, HOSTILE, typed[:40])[how % 3]
    if how == 1:
        return ANSWERS[item.kind]
    return solution(item) if how < 4 else guess(item, chance)


def _submission(
    values: dict[str, Any],
    seed: str,
    said: str,
    known: Known | None = None,
    of: Snapshot = SNAPSHOT,
) -> Submission:
    """One with these answers; nothing is known of them before without ``known``."""
    at = "2026-11-22T14:02:11.123Z"
    record = Record(trainee="ann", seed=seed, sha256="1" * 64)
    record.answers = {i: Answer(v, at, 1) for i, v in values.items() if v is not None}
    first = next(iter(values))
    record.remarks = {
        (first, "objection"): Answer(said, at, 1),
        (first, "stance"): Answer([*STANCES][len(said) % len(STANCES)], at, 1),
    }
    known = known or Known(of.items)
    answers = {i: known.of(i, value) for i, value in values.items()}
    about = record, of, answers, "", (said,), {}, {}, ""
    return Submission("ann", "m00", "A title", *about)


def _notebook(items: dict[str, Item]) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for item_id, item in items.items():
        graded = {"nbgrader": {"grade_id": item_id}}
        if item.manual:
            cells.append({"cell_type": "markdown", "metadata": graded, "source": "Here."})
            graded = {"nbgrader": {"grade_id": item_id + BOX}}
        code = {"metadata": graded, "source": "", "execution_count": None, "outputs": []}
        cells.append({"cell_type": "code", **code})
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


DRAWER = Drawer(_notebook(ITEMS), SNAPSHOT, PROGRAM)
SMALL = Drawer(_notebook(ITEMS), SNAPSHOT, PROGRAM, Kept(20, 20_000), Kept(20, 40_000))


def _drawn(submission: Submission, drawer: Drawer | None = None) -> bytes:
    """The notebook and the report; anew without a drawer."""
    items = submission.snapshot.items
    scored = Scored(submission, submission.scores())
    drawer = drawer or Drawer(_notebook(items), submission.snapshot, PROGRAM)
    notebook = b"".join(drawer.notebook(scored, None))
    assert notebook == dumps(json.loads(notebook)), "as if it were written whole"
    return notebook + report_file(scored)


@settings(max_examples=40)
@given(people=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 4), st.text()), max_size=3))
def test_is_what_is_kept_drawn_as_if_it_were_the_first(people: list[tuple[int, int, str]]) -> None:
    for answers, seed, typed in people:
        typed = typed.encode("utf-8", "replace").decode()
        chance = Random(answers)
        values = {i: _value(item, chance, typed) for i, item in ITEMS.items()}
        anew, kept, few = (_submission(values, f"{seed}", typed, of) for of in (None, KNOWN, FEW))
        for item in ITEMS.values():
            known = kept.answers[item.id]
            assert known.value == cleaned(values[item.id])
            assert known.answered == item.is_answered(item.validate_response(known.value))
        assert _drawn(kept, DRAWER) == _drawn(few, SMALL) == _drawn(anew)


def test_are_sessions_drawn_alike_again_and_again(tmp_path: Path) -> None:
    case = the_case(write_sessions(tmp_path / "course"))
    runs = [session(case, lines) for lines in (GOOD, HARMFUL, GOOD[:2])]
    forged = answer(runs[0])
    forged["runs"][0]["saved"][3] = "nothing"
    spoken = answer(runs[2], runs[1], runs[0], debrief={"goal": HOSTILE, "worked": 1})
    answers = [*map(answer, runs), spoken, forged, None]
    snapshot = Snapshot("m13", "m13", "0" * 64, {ITEM: item_of(case)}, {}, REFERENCES)
    drawer = Drawer(_notebook(snapshot.items), snapshot, PROGRAM)
    known = Known(snapshot.items)
    seen = set()
    for value in answers * 2:
        drawn = _drawn(_submission({ITEM: value}, "a", "", known, snapshot), drawer)
        assert drawn == _drawn(_submission({ITEM: value}, "a", "", of=snapshot))
        seen.add(drawn)
    assert len(seen) == len(answers)


def test_is_the_drawing_a_notebook_that_nbformat_takes() -> None:
    values = {i: ANSWERS[item.kind] for i, item in ITEMS.items()}
    submission = _submission(values, "a", HOSTILE)
    drawn = DRAWER.notebook(Scored(submission, submission.scores()), None)
    notebook = json.loads(b"".join(drawn))
    nbformat.validate(notebook)
    data = [output["data"] for cell in notebook["cells"] for output in cell.get("outputs", ())]
    assert sum(FEEDBACK in one for one in data) == len(ITEMS) + 1, "the remarks go back too"
    both = [one for one in data if one.get(FEEDBACK) == SAME]
    assert both and all(feedback_of({"data": one}) == one["text/html"] for one in both)
    assert {type(text) for one in data for text in one.values()} == {str}


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item.kind)
def test_is_what_says_so_drawn_the_same_in_any_order(item: Item) -> None:
    seeds = "a" if drawn_order(item, "a") else "abcdef"
    for value in (None, ANSWERS[item.kind]):
        given, orders = score(item, value), map(item.display_order, seeds)
        assert len({item_html(item, value, given, order, {}) for order in orders}) == 1


def test_is_a_value_of_any_depth_known_by_heart() -> None:
    deep: Any = "b"
    for _ in range(5_000):
        deep = [deep]
    assert KNOWN.fault("m00-q01", deep) == answer_fault(ITEMS["m00-q01"], deep) != ""
    assert KNOWN.fault("m00-q01", True) != "" == KNOWN.fault("m00-q01", "b")


def test_does_what_is_kept_stay_small() -> None:
    kept: Kept[Html] = Kept(pieces=100, characters=10_000)
    known = Known(ITEMS, most=50)
    sizes = []
    for n in range(1_000):
        kept.put(n, Html("x" * (n % 400)))
        known.of("m00-q07", f"{n}")
        sizes.append((kept.count, known.count))
    assert max(sizes) <= (100, 50) and min(sizes[200:])[0] < 100
    kept.put("long", Html("x" * 1_000_000))
    assert kept.get("long") is None
    often = known.of("m00-q01", "b")
    for n in range(1_000):
        known.of("m00-q07", f"{n}")
        if n % 20 == 0:
            assert known.of("m00-q01", "b") is often, "what comes again and again stays"


def test_does_drawing_need_no_notebook_library() -> None:
    script = (
        "import iop_training.grading.autograde.draw, sys\n"
        "heavy = {'nbgrader', 'nbformat', 'nbconvert', 'sqlalchemy', 'matplotlib', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"
