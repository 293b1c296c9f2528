"""What authors can get wrong in a plan and on a board; what learners may have of them."""

from __future__ import annotations

from typing import Any

import pytest
from factories import action, board, entry, plan, section, situation
from pydantic import ValidationError

from iop_training.model import Item

HARM = {"harm": "minor", "harm_reason": "It could hurt"}
SOUND = section("people", entry("p_a"), entry("p_b", True))
PEOPLE = [situation("rosa", 0), situation("leon", 10)]
DOING = [action("nurse", 8, "rosa"), action("talk", 10, "leon"), action("file", 12)]


def faults(item: Item) -> list[tuple[str, str]]:
    """(dotted field, sentence) of every fault."""
    return [
        (".".join(map(str, [field] if isinstance(field, str) else field)), sentence)
        for field, sentence in item.check()
    ]


def with_section(*entries: dict[str, Any], **more: Any) -> Item:
    return plan(sections=[SOUND, section("other", *entries, **more)])


@pytest.mark.parametrize(
    ("item", "field", "says"),
    [
        (plan(sections=[SOUND, SOUND]), "sections.1.id", "'people' is used already"),
        (
            with_section(entry("p_a", text="New"), entry("x", True)),
            "sections.1.entries.0.id",
            "already in section people",
        ),
        (
            with_section(entry("people", text="New"), entry("x", True)),
            "sections.1.entries.0.id",
            "already in another section",
        ),
        (
            with_section(entry("x", True), entry("y", text="entry  X")),
            "sections.1.entries.1.text",
            "same as x",
        ),
        (with_section(entry("x"), entry("y")), "sections.1.entries", "nothing fits other"),
        (
            with_section(entry("x", True), entry("y"), entry("z"), pick=2),
            "sections.1.pick",
            "pick is 2, and only 1 fit",
        ),
        (
            with_section(entry("x", True), entry("y", True), entry("z")),
            "sections.1.entries",
            "only 1 do not fit",
        ),
        (
            with_section(entry("x", True, **HARM), entry("y")),
            "sections.1.entries.0.harm",
            "fits and does harm",
        ),
        (
            board(situations=[*PEOPLE, situation("nurse", 9)]),
            "actions.2.id",
            "already in situations",
        ),
        (
            board(situations=[PEOPLE[0], situation("leon", 10, text="person ROSA")]),
            "situations.1.text",
            "same as rosa",
        ),
        (
            board(situations=PEOPLE, actions=[*DOING, action("x", 1, "rosie")]),
            "actions.3.serves",
            "'rosie' is no situation id; situations are rosa, leon",
        ),
        (
            board(situations=PEOPLE, actions=[*DOING, action("x", 1, "rosa", **HARM)]),
            "actions.3.harm",
            "answers rosa and does harm",
        ),
        (
            board(situations=[*PEOPLE, situation("mia", 9)], actions=[*DOING, action("x", 1)]),
            "situations.2.id",
            "no action serves mia",
        ),
        (
            board(
                situations=[PEOPLE[0], situation("leon", 7)],
                actions=[*DOING, action("x", 1)],
            ),
            "situations",
            "no order reaches all",
        ),
        (
            board(situations=PEOPLE, actions=[*DOING, action("x", 1)], minutes=17),
            "situations",
            "within 17 minutes",
        ),
        (
            board(
                situations=[situation("rosa", 30), situation("leon", 30)],
                actions=[*DOING, action("x", 1)],
            ),
            "situations",
            "every order of all actions",
        ),
    ],
)
def test_is_a_fault_named_by_its_field(item: Item, field: str, says: str) -> None:
    assert [f for f, sentence in faults(item) if says in sentence] == [field]


def test_does_fewer_to_pick_mend_a_section_that_fills_itself() -> None:
    entries = [entry("x", True), entry("y", True), entry("z")]
    assert faults(with_section(*entries)) and not faults(with_section(*entries, pick=1))


def test_do_harm_and_its_reason_go_together_on_a_situation() -> None:
    with pytest.raises(ValidationError, match="go together"):
        board(situations=[situation("rosa", 0, harm="serious"), PEOPLE[1]])


def test_does_the_public_order_not_follow_the_author() -> None:
    """An author who writes what fits, or who is most urgent, first gives nothing away."""
    data = plan().model_dump(exclude_none=True)
    for one in data["sections"]:
        one["entries"] = one["entries"][::-1]
    assert plan(sections=data["sections"]).public() == plan().public()
    data = board().model_dump(exclude_none=True)
    turned = {name: data[name][::-1] for name in ("situations", "actions")}
    assert board(**turned).public() == board().public()


def test_does_a_trainee_know_how_many_only_where_the_author_says_so() -> None:
    asked = plan().asked([])["sections"]
    assert [s["pick"] for s in asked] == [None, 1, None]
    assert "pick" not in plan().public()["sections"][0]


def test_do_trainees_see_entries_and_people_in_orders_of_their_own() -> None:
    for item in (plan(), board()):
        shown = {str(item.asked(item.display_order(f"{n}"))) for n in range(30)}
        assert len(shown) > 2
