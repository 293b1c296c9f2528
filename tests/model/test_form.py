"""Forms: what fields have from their form, what is refused and where, what learners may have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from content.course import items_text, write_course
from factories import form, multiple, option, single

from iop_training.content.catalog import Catalog
from iop_training.content.writing import choice_items
from iop_training.errors import ResponseError
from iop_training.model import Item, item_class

FORM = """\
  - id: m01-q20
    kind: form
    use: graded
    competency: [TAP21-074]
    source: [guide]
    required: [level]
    stem: |
      Fill in the plan.
    fields:
      - id: level
        kind: single_choice
        stem: |
          Level of care
        options: &
        key: b
      - id: signs
        kind: multiple_choice
        points: 2
        stem: |
          What speaks for it?
        options: &
        key: [a, c]
"""
OPTION = """
          - id: {0}
            text: |
              Field option {0}
            rationale: |
              Reason for field option {0}"""


def read(root: Path, old: str = "", new: str = "") -> tuple[Catalog, list[str], int]:
    """The catalog of a course with a form in which ``old`` is ``new``, its faults, and the line
    that ``old`` was in."""
    write_course(root)
    options = "options:" + "".join(OPTION.format(i) for i in "abc") + "\n"
    text = items_text() + FORM.replace("options: &\n", options)
    assert old in text
    start = text.index("  - id: m01-q20")
    place = text.index(old, start) if old else start
    (root / "data/items/m01.yaml").write_text(text[:place] + new + text[place + len(old) :])
    catalog = Catalog.read(root)
    return catalog, [str(f) for f in catalog.faults], text[:place].count("\n") + 1


def test_do_fields_have_what_the_form_has(tmp_path: Path) -> None:
    catalog, faults, _ = read(tmp_path)
    assert faults == []
    whole: Any = catalog.items["m01-q20"]
    assert whole.points == 3
    for field, name in zip(whole.fields, ("level", "signs"), strict=True):
        assert field.id == f"m01-q20.{name}"
        assert (field.use, field.source) == ("graded", ["guide"])
    assert [i.id for i in choice_items(catalog, "m01")][-2:] == ["m01-q20.level", "m01-q20.signs"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("        key: b\n", "        key: z\n", "options are a, b, c"),
        ("        points: 2\n", "        pionts: 2\n", "did you mean 'points'"),
        ("        points: 2\n", "        source: [guide]\n", "'source' is not known here"),
        ("        kind: multiple_choice\n", "        kind: written\n", "'categorise', "),
        ("        kind: multiple_choice\n", "        kind: form\n", "'categorise', "),
        ("      - id: signs\n", "      - id: Signs\n", "it must look like ^[a-z]"),
        ("      - id: signs\n", "      - id: level\n", "'level' is used twice"),
        ("    required: [level]\n", "    required: [lvl]\n", "'lvl' is no field id"),
        ("    required: [level]\n", "    points: 9\n", "its fields have 3 together"),
        ("    source: [guide]\n", "    source: []\n", "source"),
        (
            "              Reason for field option a\n",
            "              \n",
            "fields.0.options.0.rationale",
        ),
        ("        stem: |\n          Level of care", "        stem: Level of care", "stem: |"),
        ("- id: m01-q20\n", "- id: m01-q20.level\n", "has a '.'"),
    ],
)
def test_is_a_fault_in_a_field_told_once_and_in_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    _, faults, line = read(tmp_path, old, new)
    found = [f for f in faults if says in f]
    assert len(found) == 1 == len(faults)
    if "rationale" in says:  # what is empty stands in the line of its name
        line -= 1
    assert found[0].startswith(f"data/items/m01.yaml:{line}: ")


def test_is_the_answer_stored_without_blanks_and_in_one_order() -> None:
    item = form()
    value = item.validate_response({"signs": ["c", "a"], "steps": [], "level": "a"})
    assert list(value.items()) == [("level", "a"), ("signs", ["a", "c"])]
    assert item.validate_response({"signs": [], "level": None}) == {}
    assert item.is_blank({})


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (["a"], "by field, not list"),
        ({"lvl": "a"}, "no field 'lvl'; it has level, signs, steps"),
        ({"level": "z"}, "m01-q01.level has no option 'z'"),
    ],
)
def test_is_an_impossible_answer_refused_by_name(value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says):
        form().validate_response(value)


def test_is_a_form_not_answered_while_something_needed_is_missing() -> None:
    item = form()
    assert item.lacks({"signs": ["a"]}) == ["Field level"]
    assert not item.is_answered({"signs": ["a"]}) and not item.is_answered({})
    assert item.is_answered({"level": "c"})


def test_do_orders_go_field_by_field() -> None:
    item: Any = form()
    order = item.display_order("seed")
    assert sorted(order) == sorted(item.shuffled())
    asked = {f["id"]: f for f in item.asked(order)["fields"]}
    assert [o["id"] for o in asked["level"]["options"]] == item.order_within("level", order)
    assert [s["id"] for s in asked["steps"]["steps"]] == item.by_name()["steps"].display_order("s")


def test_is_a_form_the_same_after_it_was_written_down() -> None:
    for item in (form(), form(use="formative")):
        for data in (item.model_dump(mode="json"), item.model_dump(mode="json", exclude_none=True)):
            assert item_class("form").model_validate(data) == item
        assert '"TAP21-074"' not in str(item.model_dump()["fields"])


def test_are_the_reasons_of_fields_secret() -> None:
    secrets: list[str] = form().secrets()
    inner: list[Item] = [single(), multiple()]
    assert {s for item in inner for s in item.secrets()} <= set(secrets)
    assert option("a")["rationale"] in secrets
