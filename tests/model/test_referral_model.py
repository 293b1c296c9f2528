"""What authors can get wrong in a referral; what learners may have of it."""

from __future__ import annotations

from typing import Any

import pytest
from factories import deed, option, referral, sign
from pydantic import ValidationError

from iop_training.model import Item

HARM = {"harm": "minor", "harm_reason": "It could hurt"}
DATA = referral().model_dump(exclude_none=True)
LANES, SIGNS, STEPS = DATA["lanes"], DATA["signs"], DATA["steps"]
HANDS, DEEDS = STEPS["hands"], STEPS["entries"]


def faults(item: Item) -> list[tuple[str, str]]:
    """(dotted field, sentence) of every fault."""
    return [
        (".".join(map(str, [field] if isinstance(field, str) else field)), sentence)
        for field, sentence in item.check()
    ]


def with_sign(**more: Any) -> Item:
    """The fifth sign, otherwise sound."""
    return referral(signs=[*SIGNS, {**sign("g_e", "ready"), **more}])


def with_deed(**more: Any) -> Item:
    """The fifth step, otherwise sound."""
    return referral(steps={"hands": HANDS, "entries": [*DEEDS, {**deed("d_e", "me"), **more}]})


def decided(key: str, *options: dict[str, Any]) -> Item:
    return referral(decision={"key": key, "options": list(options)})


@pytest.mark.parametrize(
    ("item", "field", "says"),
    [
        (with_sign(id="ready"), "signs.4.id", "'ready' is used already in lanes"),
        (with_sign(text="sign  G_A"), "signs.4.text", "same as g_a"),
        (with_sign(lane="redy"), "signs.4.lane", "'redy' of g_e is not known; allowed: ready, "),
        (with_sign(harms=[{"lane": "x", **HARM}]), "signs.4.harms.0.lane", "'x' is not known"),
        (with_sign(harms=[{"lane": "ready", **HARM}]), "signs.4.harms.0.lane", "does no harm"),
        (with_sign(harms=[{"lane": "wait", **HARM}] * 2), "signs.4.harms.1.lane", "already"),
        (with_deed(id="g_a"), "steps.entries.4.id", "'g_a' is used already in signs"),
        (with_deed(hand="ready"), "steps.entries.4.hand", "allowed: me, trained, nobody"),
        (with_deed(harms=[{"hand": "me", **HARM}]), "steps.entries.4.harms.0.hand", "no harm"),
        (decided("c", option("a"), option("b")), "decision.key", "options are a, b"),
        (decided("a", option("a", **HARM), option("b")), "decision.options.0.harm", "is right and"),
        (
            referral(signs=[*SIGNS[:2], sign("g_e", "ready"), SIGNS[3]]),
            "signs",
            "3 of 4 belong to ready",
        ),
        (
            referral(steps={"hands": HANDS, "entries": [deed(f"d_{n}", "me") for n in range(4)]}),
            "steps.entries",
            "4 of 4 belong to me",
        ),
        (
            referral(lanes=[*LANES, {"id": "again", "name": "says NEITHER"}]),
            "lanes.3.name",
            "same as neither",
        ),
        (
            referral(steps={"hands": [*HANDS, {"id": "d_a", "name": "I"}], "entries": DEEDS}),
            "steps.entries.0.id",
            "already in steps.hands",
        ),
    ],
)
def test_is_a_fault_named_by_its_field(item: Item, field: str, says: str) -> None:
    assert [f for f, sentence in faults(item) if says in sentence] == [field]


def test_is_a_sound_referral_free_of_faults() -> None:
    assert faults(referral()) == faults(with_sign()) == faults(with_deed()) == []


@pytest.mark.parametrize("name", ["", "  \n "])
def test_does_a_hand_need_a_name(name: str) -> None:
    with pytest.raises(ValidationError, match="write a few words"):
        referral(steps={"hands": [HANDS[0], {"id": "nobody", "name": name}], "entries": DEEDS})


def test_does_a_harm_need_its_reason() -> None:
    with pytest.raises(ValidationError, match="harm_reason"):
        with_sign(harms=[{"lane": "wait", "harm": "minor"}])


def test_does_the_public_order_not_follow_the_author() -> None:
    """An author who writes lane by lane, or the best decision first, gives nothing away."""
    turned = {
        "signs": SIGNS[::-1],
        "decision": {**DATA["decision"], "options": DATA["decision"]["options"][::-1]},
        "steps": {"hands": HANDS, "entries": DEEDS[::-1]},
    }
    assert referral(**turned).public() == referral().public()


def test_do_trainees_see_orders_of_their_own_in_the_same_lanes() -> None:
    shown = [referral().asked(referral().display_order(f"{n}")) for n in range(30)]
    assert len({str(one) for one in shown}) > 2
    assert all([a["id"] for a in one["lanes"]] == ["ready", "wait", "neither"] for one in shown)
    assert all([h["id"] for h in one["hands"]] == ["me", "trained", "nobody"] for one in shown)
