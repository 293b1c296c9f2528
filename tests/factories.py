"""Items, small and valid; a test names only what it is about."""

from __future__ import annotations

from typing import Any

from iop_training.model import Item, item_class

COMMON: dict[str, Any] = {
    "id": "m01-q01",
    "use": "graded",
    "points": 2,
    "competency": ["TAP21-074"],
    "source": ["guide"],
    "stem": "What comes first?",
}


def option(option_id: str, **more: Any) -> dict[str, Any]:
    """One option."""
    return {
        "id": option_id,
        "text": f"Option {option_id}",
        "rationale": f"Because of {option_id}",
        **more,
    }


def single(**more: Any) -> Item:
    """A single_choice item with options a, b, c and key b."""
    data = {
        **COMMON,
        "kind": "single_choice",
        "key": "b",
        "options": [option(i) for i in "abc"],
        **more,
    }
    return item_class("single_choice").model_validate(data)


def multiple(**more: Any) -> Item:
    """A multiple_choice item with options a to e and key a, c."""
    data = {
        **COMMON,
        "kind": "multiple_choice",
        "key": ["a", "c"],
        "options": [option(i) for i in "abcde"],
        **more,
    }
    return item_class("multiple_choice").model_validate(data)


def written(**more: Any) -> Item:
    """A written item of 12 points."""
    data = {**COMMON, "kind": "written", "points": 12, "rubric": "m01-w01", **more}
    return item_class("written").model_validate(data)


def step(step_id: str, **more: Any) -> dict[str, Any]:
    """One step of an ordering item."""
    return {"id": step_id, "text": f"Step {step_id}", "rationale": f"Stands for {step_id}", **more}


DANGER = {
    "first": "wait",
    "then": "call",
    "harm": "serious",
    "harm_reason": "Somebody could die while you wait",
}


def ordering(**more: Any) -> Item:
    """An ordering item: look, then call and naloxone in any order, then wait; waiting before
    calling is dangerous."""
    data = {
        **COMMON,
        "kind": "ordering",
        "steps": [step(i) for i in ("wait", "naloxone", "look", "call")],
        "key": ["look", ["call", "naloxone"], "wait"],
        "dangers": [DANGER],
        **more,
    }
    return item_class("ordering").model_validate(data)


def placed(placed_id: str, key: str, **more: Any) -> dict[str, Any]:
    """One prompt or entry."""
    text, why = f"Line {placed_id}", f"Goes there for {placed_id}"
    return {"id": placed_id, "text": text, "key": key, "rationale": why, **more}


def places(*ids: str) -> list[dict[str, Any]]:
    """Answers or categories of these ids."""
    return [{"id": i, "text": f"Place {i}"} for i in ids]


def matching(**more: Any) -> Item:
    """A matching item: p1 with a2, p2 with a1, p3 with a4; a3 is left over and hurts at p1."""
    harm = {"answer": "a3", "harm": "serious", "harm_reason": "Somebody could be hurt by that"}
    data = {
        **COMMON,
        "kind": "matching",
        "points": 3,
        "prompts": [placed("p1", "a2", harms=[harm]), placed("p2", "a1"), placed("p3", "a4")],
        "answers": places("a1", "a2", "a3", "a4"),
        **more,
    }
    return item_class("matching").model_validate(data)


def categorise(**more: Any) -> Item:
    """A categorise item: e1 and e3 count, e2 and e4 don't; e2 is harmful as counts."""
    harm = {"answer": "counts", "harm": "minor", "harm_reason": "The week would be too short"}
    data = {
        **COMMON,
        "kind": "categorise",
        "categories": places("counts", "not"),
        "entries": [
            placed("e1", "counts"),
            placed("e2", "not", harms=[harm]),
            placed("e3", "counts"),
            placed("e4", "not"),
        ],
        **more,
    }
    return item_class("categorise").model_validate(data)


def numeric(**more: Any) -> Item:
    """A numeric item with key 10 and the known wrong answer 11.5."""
    data = {
        **COMMON,
        "kind": "numeric",
        "key": 10,
        "unit": "clinical hours a week",
        "plausible": {"low": 0, "high": 30, "step": 1},
        "rationale": "Because three groups and an hour make 10",
        "misses": [{"value": 11.5, "rationale": "Because lunch is no clinical hour"}],
        **more,
    }
    return item_class("numeric").model_validate(data)


def short_text(**more: Any) -> Item:
    """A short_text item that takes naloxone and Narcan; flumazenil is a known wrong answer."""
    data = {
        **COMMON,
        "kind": "short_text",
        "accepted": ["naloxone", "Narcan"],
        "rationale": "Because it reverses an opioid overdose",
        "misses": [{"text": ["flumazenil"], "rationale": "Because that is for benzodiazepines"}],
        **more,
    }
    return item_class("short_text").model_validate(data)


def form(**more: Any) -> Item:
    """A form of a single_choice (key b, required), a multiple_choice (key a, c) and an ordering."""
    made = {"level": single(), "signs": multiple(points=1), "steps": ordering(points=3)}
    shared = {"use", "competency", "source"}
    fields = [
        {**item.model_dump(exclude=shared, exclude_defaults=True), "id": i, "stem": f"Field {i}"}
        for i, item in made.items()
    ]
    data = {**COMMON, "kind": "form", "required": ["level"], "fields": fields, **more}
    data.pop("points", None)
    return item_class("form").model_validate(data)


def activity(activity_id: str, hours: float, counts: bool) -> dict[str, Any]:
    """One row of a schedule."""
    return {
        "id": activity_id,
        "text": f"Activity {activity_id}",
        "hours": hours,
        "counts": counts,
        "rationale": f"Because of {activity_id}",
    }


def schedule(**more: Any) -> Item:
    """A schedule item: 9 to 12 clinical hours on 3 days, at most 4 a day, with the individual
    session; three groups of 3 hours, the session of 1 and an extra group of 3 count."""
    data = {
        **COMMON,
        "kind": "schedule",
        "points": 5,
        "activities": [
            *(activity(i, 3, True) for i in ("group_a", "group_b", "group_c", "extra")),
            activity("individual", 1, True),
            activity("lunch", 0.5, False),
        ],
        "key": {"hours": [9, 12], "days": 3, "longest_day": 4, "must": ["individual"]},
        "example": {"group_a": "mon", "group_b": "wed", "group_c": "fri", "individual": "wed"},
        "rationale": "Because the level begins at 9 hours",
        **more,
    }
    return item_class("schedule").model_validate(data)


def paper_line(line_id: str, **more: Any) -> dict[str, Any]:
    """One line of a document, sound unless it is said to be a defect."""
    return {"id": line_id, "text": f"Line {line_id}", "rationale": f"Because of {line_id}", **more}


ANYBODY = {
    "defect": True,
    "better": "To the doctor who is named here",
    "harm": "serious",
    "harm_reason": "The file could reach somebody who hurts them",
}


def defects(**more: Any) -> Item:
    """A defects item of 3 points: line to_whom (left as it is, it hurts) and line what are
    defects, expiry is absent; purpose and name are sound, photo is not needed."""
    data = {
        **COMMON,
        "kind": "defects",
        "points": 3,
        "document": "Consent to share information",
        "lines": [
            paper_line("name"),
            paper_line("to_whom", **ANYBODY),
            paper_line("what", defect=True),
            paper_line("purpose"),
        ],
        "missing": [paper_line("expiry", absent=True), paper_line("photo")],
        **more,
    }
    return item_class("defects").model_validate(data)


def turn(code: str = "", line_id: str = "", **more: Any) -> dict[str, Any]:
    """One line of a transcript, context when it has no code."""
    key = {"id": line_id, "code": code, "rationale": f"Because of {line_id}"} if code else {}
    return {"by": "Counselor", "text": f"Words {line_id or 'before'}", **key, **more}


def coding(**more: Any) -> Item:
    """A coding item of 4 points: l1 and l2 are open, l3 and l4 closed, l5 is said back; l4 may be
    open too. Two lines are context."""
    data = {
        **COMMON,
        "kind": "coding",
        "points": 4,
        "codes": [
            {"id": i, "text": f"Code {i}", "about": f"Fits when {i}"}
            for i in ("open", "closed", "back")
        ],
        "transcript": [
            turn(by="Client"),
            turn("open", "l1"),
            turn("open", "l2"),
            turn("closed", "l3"),
            turn(by="Client", text="Words between"),
            turn("closed", "l4", also=["open"]),
            turn("back", "l5"),
        ],
        **more,
    }
    return item_class("coding").model_validate(data)


def entry(entry_id: str, fits: bool = False, **more: Any) -> dict[str, Any]:
    """One entry of a plan's section."""
    text, why = f"Entry {entry_id}", f"Belongs or not for {entry_id}"
    return {"id": entry_id, "text": text, "fits": fits, "rationale": why, **more}


def section(section_id: str, *entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One section of a plan."""
    return {"id": section_id, "text": f"Step {section_id}", "entries": list(entries), **more}


def plan(**more: Any) -> Item:
    """A plan of three sections: both of s_a and s_b fit; one of c_a and c_b is enough, c_c hurts;
    p_b fits."""
    harm = {"harm": "serious", "harm_reason": "Somebody could be alone with the means"}
    data = {
        **COMMON,
        "kind": "plan",
        "points": 6,
        "title": "A safety plan",
        "own_words": True,
        "sections": [
            section("signs", entry("s_a", True), entry("s_b", True), entry("s_c"), entry("s_d")),
            section(
                "coping",
                entry("c_a", True),
                entry("c_b", True),
                entry("c_c", **harm),
                entry("c_d"),
                pick=1,
                help="What helps without anybody else",
            ),
            section("people", entry("p_a"), entry("p_b", True)),
        ],
        **more,
    }
    return item_class("plan").model_validate(data)


def situation(situation_id: str, by: int, **more: Any) -> dict[str, Any]:
    """Somebody who needs something."""
    text, why = f"Person {situation_id}", f"Can wait or not for {situation_id}"
    return {"id": situation_id, "text": text, "by": by, "rationale": why, **more}


def action(action_id: str, minutes: int, serves: str | None = None, **more: Any) -> dict[str, Any]:
    """Something to do."""
    text, why = f"Do {action_id}", f"Answers whom it answers with {action_id}"
    serving = {"serves": serves} if serves else {}
    return {
        "id": action_id,
        "text": text,
        "minutes": minutes,
        **serving,
        "rationale": why,
        **more,
    }


def board(**more: Any) -> Item:
    """A board of 40 minutes: rosa at once (nurse or walk), leon by 10 (talk), a letter by 30
    (write); filing serves nobody, and sending rosa home hurts."""
    late = {"harm": "serious", "harm_reason": "She could have a seizure alone"}
    hurts = {"harm": "serious", "harm_reason": "She would be alone on the road"}
    data = {
        **COMMON,
        "kind": "board",
        "points": 6,
        "minutes": 40,
        "situations": [
            situation("letter", 30),
            situation("rosa", 0, **late),
            situation("leon", 10),
        ],
        "actions": [
            action("write", 15, "letter"),
            action("talk", 10, "leon"),
            action("nurse", 8, "rosa"),
            action("walk", 20, "rosa"),
            action("file", 12),
            action("send_home", 2, **hurts),
        ],
        **more,
    }
    return item_class("board").model_validate(data)


def link(link_id: str, **more: Any) -> dict[str, Any]:
    """A place in a chain."""
    return {"id": link_id, "name": f"Link {link_id}", **more}


def of_chain(part_id: str, link_id: str | None = None, **more: Any) -> dict[str, Any]:
    """A piece or a break, of this link or of none."""
    text, why = f"Part {part_id}", f"Stands where it stands for {part_id}"
    on = {"link": link_id} if link_id else {}
    return {"id": part_id, "text": text, **on, "rationale": why, **more}


def chain(**more: Any) -> Item:
    """A chain of five links, of which the use is given: before takes payday and bus, thought
    he_says (which may stand in feeling too), feeling tense, after relief. lazy belongs nowhere, and
    weak could hurt. ana cuts before, surf the feeling; boss helps nowhere and shame could hurt."""
    hurts = {"harm": "serious", "harm_reason": "He could use alone, and more"}
    data = {
        **COMMON,
        "kind": "chain",
        "points": 7,
        "title": "A Friday",
        "view": "loop",
        "own_words": True,
        "links": [
            link("before", takes=2, about="Where, when, with whom"),
            link("thought"),
            link("feeling"),
            link("use", given="He bought two bags"),
            link("after"),
        ],
        "pieces": [
            of_chain("payday", "before", at="Fri 17:00"),
            of_chain("bus", "before"),
            of_chain("he_says", "thought", also=["feeling"]),
            of_chain("tense", "feeling"),
            of_chain("relief", "after"),
            of_chain("lazy"),
            of_chain("weak", **hurts),
        ],
        "breaks": [
            of_chain("ana", "before"),
            of_chain("surf", "feeling", also=["thought"]),
            of_chain("boss"),
            of_chain("shame", **hurts),
        ],
        **more,
    }
    return item_class("chain").model_validate(data)


def sign(sign_id: str, lane: str, **more: Any) -> dict[str, Any]:
    """Something from the chart, for a referral."""
    text, why = f"Sign {sign_id}", f"Speaks for it or not for {sign_id}"
    return {"id": sign_id, "text": text, "lane": lane, "rationale": why, **more}


def deed(deed_id: str, hand: str, **more: Any) -> dict[str, Any]:
    """Something to do, for a referral."""
    text, why = f"Deed {deed_id}", f"Is whose it is for {deed_id}"
    return {"id": deed_id, "text": text, "hand": hand, "rationale": why, **more}


def referral(**more: Any) -> Item:
    """A referral of 6 points: g_a and g_b speak for it, g_c and g_d against (g_c as "for" hurts);
    prepare is right, at_once hurts; d_a and d_b are mine, d_c a trained person's (as mine it
    hurts), d_d nobody's."""
    early = {"lane": "ready", "harm": "minor", "harm_reason": "It would come too early"}
    scope = {"hand": "me", "harm": "serious", "harm_reason": "Nobody could close what was opened"}
    hurts = {"harm": "serious", "harm_reason": "The nights could get worse"}
    data = {
        **COMMON,
        "kind": "referral",
        "points": 6,
        "title": "A referral for Nadia",
        "lanes": [
            {"id": "ready", "name": "Speaks for it", "about": "She could begin"},
            {"id": "wait", "name": "Speaks for waiting"},
            {"id": "neither", "name": "Says neither"},
        ],
        "signs": [
            sign("g_a", "ready"),
            sign("g_b", "ready"),
            sign("g_c", "wait", harms=[early]),
            sign("g_d", "wait"),
        ],
        "decision": {
            "key": "prepare",
            "options": [option("at_once", **hurts), option("prepare"), option("drop")],
        },
        "steps": {
            "hands": [
                {"id": "me", "name": "I do this"},
                {"id": "trained", "name": "Somebody trained for it"},
                {"id": "nobody", "name": "Not now, by nobody"},
            ],
            "entries": [
                deed("d_a", "me"),
                deed("d_b", "me"),
                deed("d_c", "trained", harms=[scope]),
                deed("d_d", "nobody"),
            ],
        },
        **more,
    }
    return item_class("referral").model_validate(data)


EVERY_KIND = {
    "single_choice": single,
    "multiple_choice": multiple,
    "written": written,
    "ordering": ordering,
    "matching": matching,
    "categorise": categorise,
    "numeric": numeric,
    "short_text": short_text,
    "form": form,
    "schedule": schedule,
    "defects": defects,
    "coding": coding,
    "plan": plan,
    "board": board,
    "chain": chain,
    "referral": referral,
}
