"""What a chain takes, and what it earns."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from factories import chain, link
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model import Score
from iop_training.model.kinds.chain import Chain
from iop_training.scoring import guess, score, solution
from iop_training.scoring.guessing import guess_share

ITEM = chain()
assert isinstance(ITEM, Chain)
TAKING = {one.id: one.takes for one in ITEM.open_links()}
EVERY_LINK = [one.id for one in ITEM.links]


def points(value: Any, item: Any = ITEM) -> float:
    return score(item, item.validate_response(value)).points or 0.0


def part(result: Score, part_id: str) -> Any:
    return next(p for p in result.parts if p.id == part_id)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """Any answer that the item takes."""
    pieces = draw(st.permutations([p.id for p in ITEM.pieces]))
    places = [i for i, takes in TAKING.items() for _ in range(takes)]
    filled = draw(st.lists(st.booleans(), min_size=len(places), max_size=len(places)))
    some = {p: place for p, place, yes in zip(pieces, places, filled, strict=False) if yes}
    cuts = {b.id: draw(st.sampled_from([*EVERY_LINK, "", None])) for b in ITEM.breaks}
    return {"pieces": some, "breaks": cuts}


@given(answers())
def test_are_points_within_bounds_and_full_only_when_all_stands(value: dict[str, Any]) -> None:
    stored = ITEM.validate_response(value)
    result = score(ITEM, stored)
    assert result.points is not None and 0 <= result.points <= ITEM.points
    stands = {p.id for p in result.parts if p.chosen and p.right}
    needed = {p.id for p in (*ITEM.pieces, *ITEM.breaks) if p.link}
    placed = {p.id for p in result.parts if p.chosen}
    assert result.full == (stands == needed == placed)


@given(answers())
def test_does_storing_an_answer_again_change_nothing(value: dict[str, Any]) -> None:
    stored = ITEM.validate_response(value)
    assert ITEM.validate_response(stored) == stored


def test_is_the_solution_worth_all_and_whole() -> None:
    best = solution(ITEM)
    assert points(best) == 7
    assert ITEM.is_answered(ITEM.validate_response(best))


def test_is_a_blank_worth_nothing() -> None:
    stored = ITEM.validate_response(None)
    assert ITEM.is_blank(stored) and points(None) == 0


def test_does_each_mistake_cost_its_share_of_a_gain() -> None:
    # Four links take pieces, so a mistake costs a third; seven of the parts have a link.
    right = {"pieces": {"payday": "before", "bus": "before"}}
    assert points(right) == 2
    wrong = {"pieces": {**right["pieces"], "relief": "thought"}}
    assert points(wrong) == pytest.approx(2 - 1 / 3, abs=1e-4)
    nowhere = {"pieces": {**right["pieces"], "lazy": "thought"}}
    assert points(nowhere) == points(wrong)


@pytest.mark.parametrize("link_id", EVERY_LINK)
def test_does_putting_every_break_on_one_link_earn_little(link_id: str) -> None:
    assert points({"breaks": {b.id: link_id for b in ITEM.breaks}}) <= 1


def test_does_setting_everything_aside_earn_nothing() -> None:
    assert points({"breaks": {b.id: "" for b in ITEM.breaks}}) == 0


def test_does_guessing_earn_little() -> None:
    assert guess_share(ITEM) < 0.1
    for seed in range(50):
        value = guess(ITEM, Random(seed))
        assert ITEM.validate_response(value) == {
            name: dict(sorted(pairs.items())) for name, pairs in value.items()
        }


def test_does_another_link_that_fits_count_in_full() -> None:
    best = solution(ITEM)
    swapped = {**best, "breaks": {**best["breaks"], "surf": "thought"}}
    assert points(swapped) == 7


def test_do_own_words_earn_nothing_and_are_kept() -> None:
    stored = ITEM.validate_response({"own": {"use": "And a third", "after": "  "}})
    assert stored == {"own": {"use": "And a third"}}
    assert score(ITEM, stored).points == 0
    with pytest.raises(ResponseError, match="own"):
        chain(own_words=False).validate_response({"own": {"use": "And a third"}})


def test_does_using_what_hurts_do_its_harm_and_leaving_it_none() -> None:
    used = score(ITEM, {"pieces": {"weak": "thought"}, "breaks": {"shame": "before"}})
    assert {p.id for p in used.parts if p.harmful} == {"weak", "shame"}
    assert not any(p.harmful for p in score(ITEM, solution(ITEM)).parts)


def test_do_parts_say_what_was_set_aside_and_where_it_belongs() -> None:
    result = score(ITEM, {"breaks": {"ana": "", "boss": ""}})
    assert part(result, "ana").answer == "would not have helped"
    assert part(result, "ana").better == "Link before" and not part(result, "ana").agrees
    assert part(result, "boss").agrees and part(result, "boss").better == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "pieces, breaks and own"),
        ({"more": {}}, "pieces, breaks and own"),
        ({"pieces": []}, "link for each of its pieces"),
        ({"pieces": {"nobody": "before"}}, "has no part among its pieces 'nobody'"),
        ({"pieces": {"bus": "use"}}, "has no link for bus 'use'; it has before, thought"),
        ({"pieces": {"bus": ["before"]}}, "has no link for bus"),
        ({"breaks": {"ana": "payday"}}, "has no link for ana"),
        ({"pieces": {"bus": "thought", "lazy": "thought"}}, "takes 1 at most in thought, not 2"),
        ({"own": {"nowhere": "x"}}, "has no link 'nowhere'"),
        ({"own": {"use": "x" * 201}}, "201 characters"),
    ],
)
def test_is_what_it_cannot_take_refused_with_what_it_can(value: Any, said: str) -> None:
    with pytest.raises(ResponseError, match=said):
        ITEM.validate_response(value)


def test_is_it_answered_when_every_place_and_every_break_is_settled() -> None:
    some = {"pieces": {"payday": "before", "tense": "feeling"}, "breaks": {"boss": ""}}
    assert ITEM.lacks(ITEM.validate_response(some)) == [
        "Link before",
        "Link thought",
        "Link after",
        "3 of 4 breaks",
    ]


def faults(**more: Any) -> list[str]:
    return [f"{'.'.join(map(str, where))}: {told}" for where, told in chain(**more).check()]


def pieces(**changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The pieces of the item, some of them changed."""
    whole = [p.model_dump(exclude_defaults=True) for p in ITEM.pieces]
    return [{**p, **changed.get(p["id"], {})} for p in whole]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"bus": {"link": "nowhere"}}, "pieces.1.link: link 'nowhere' of bus is none"),
        ({"bus": {"link": "use"}}, "pieces.1.link: link 'use' of bus is none"),
        ({"bus": {"link": "thought"}}, "links.1: thought takes 1, and 2 of the pieces have it"),
        ({"lazy": {"also": ["thought"]}}, "pieces.5.also: lazy has also and no link"),
        ({"bus": {"also": ["before"]}}, "pieces.1.also.0: 'before' counts already"),
        ({"bus": {"also": ["use"]}}, "pieces.1.also.0: 'use' is none"),
        ({"bus": {"harm": "minor", "harm_reason": "So"}}, "pieces.1.harm: bus has a link and"),
        ({"bus": {"text": "part  PAYDAY"}}, "pieces.1.text: bus says the same as payday"),
    ],
)
def test_are_faults_of_pieces_told_where_they_are(changed: Any, said: str) -> None:
    assert any(said in fault for fault in faults(pieces=pieces(**changed)))


def test_are_faults_of_links_told_where_they_are() -> None:
    some = [one.model_dump(exclude_defaults=True) for one in ITEM.links]
    given = [{**one, "given": "It stands here", "takes": 2} for one in some]
    told = faults(links=given)
    assert "links.1.takes: thought is given, so it takes no piece; take takes away" in told
    assert any("at least 2 links have to take pieces" in fault for fault in told)
    again = faults(links=[*some, link("payday", given="Again")])
    assert any("pieces.0.id: id 'payday' is used already in links" in fault for fault in again)


def test_is_the_item_itself_without_faults() -> None:
    assert faults() == []
