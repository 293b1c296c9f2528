"""Gates: how a trainee stands in each safety domain, with every observation quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iop_training.rendering.html import Html, tag
from iop_training.rendering.items import asked_line
from iop_training.rendering.kept import drawn_once
from iop_training.scoring.gates import OBSERVATIONS, Gate, Observation

DOMAINS = {
    "suicide": "Suicide risk",
    "overdose": "Overdose",
    "withdrawal": "Withdrawal",
    "intoxication_driving": "Intoxication and driving",
    "child_safety": "Child safety",
    "confidentiality": "Confidentiality",
    "scope": "Scope of practice",
}
"""The domains in words."""

Names = Mapping[str, str | Html]
"""From item to what it is called on the page, such as a link to "Question 3"."""


def gate_words(gate: Gate) -> str:
    """Where the gate stands, in a few words for a supervisor."""
    if gate.missing and not gate.talk_first:
        return f"not yet: too few observations ({len(gate.observations)} of {OBSERVATIONS})"
    if len(gate.serious) > 1:
        return f"not yet: {len(gate.serious)} serious, talk first"
    return gate.state


def gates_for_trainee(gates: Sequence[Gate], names: Names) -> Html:
    """The safety domains of one assignment, for the page a trainee gets back."""
    return _section(
        gates,
        "Some questions are about a client's safety. They are looked at apart from points, and "
        "each area over several questions, never by one slip.",
        [_part(gate, names, _to_trainee(gate, names), "You") for gate in gates],
    )


def gates_for_supervisor(gates: Sequence[Gate], names: Names) -> Html:
    """The safety domains of one assignment, for the head of a submission in Formgrader."""
    return _section(
        gates,
        "Apart from points, and from this assignment alone. All assignments of a trainee "
        "together: iop-training gates.",
        [_part(gate, names, _to_supervisor(gate), "") for gate in gates],
    )


def urgent(gates: Sequence[Gate]) -> list[str]:
    """One sentence that names the domains with serious harm that is open; none without."""
    named = [DOMAINS[gate.domain].lower() for gate in gates if gate.talk_first]
    if not named:
        return []
    return [f"Check now, before the trainee next sits with a client: {', '.join(named)}."]


def asked(seen: Observation) -> str:
    """What the question of an observation asks."""
    return asked_line(seen.question)


def alarm(gate: Gate) -> str:
    """What a supervisor does first about serious harm that is open; "" where there is none."""
    if not gate.talk_first:
        return ""
    many = len(gate.serious)
    what = "One answer" if many == 1 else f"{many} answers"
    return (
        f"{what} could seriously harm a client. Talk with the trainee before they next sit with "
        f"a client. Then give fresh situations, in another assignment or another form: "
        f"{_count(gate.to_close, 'right answer')} without serious harm "
        f"{'closes' if gate.to_close == 1 else 'close'} it."
    )


def _section(gates: Sequence[Gate], about: str, parts: Sequence[Html]) -> Html:
    if not gates:
        return Html("")
    return tag(
        "div",
        [
            tag("h2", "Safety", class_="iop-eyebrow"),
            tag("p", about, class_="iop-muted"),
            *parts,
        ],
        class_="iop-stack is-part",
    )


def _part(gate: Gate, names: Names, words: Sequence[Html], you: str) -> Html:
    many = len(gate.observations)
    rows = [_observation(o, names.get(o.item, o.within or o.item), you) for o in gate.observations]
    return tag(
        "div",
        [
            tag("div", [tag("h3", DOMAINS[gate.domain]), _chip(gate, you)], class_="iop-row"),
            *words,
            tag(
                "details",
                [
                    tag("summary", f"Show {_count(many, 'observation')}"),
                    tag("ul", rows, class_="iop-observations"),
                ],
                class_="iop-details",
                open=gate.talk_first,
            ),
        ],
        class_="iop-stack is-part",
    )


def _chip(gate: Gate, you: str) -> Html:
    if gate.talk_first:
        words = "Talk it through first" if you else "Check now"
        return tag("span", words, class_="iop-chip is-urgent")
    if gate.missing:
        seen = len(gate.observations)
        words = f"Observations so far: {seen} of {OBSERVATIONS} needed"
        return tag("span", words if seen < OBSERVATIONS else "Not yet judged", class_="iop-chip")
    tone = "is-done" if gate.state == "met" else "is-open"
    return tag("span", gate.state.capitalize(), class_=f"iop-chip {tone}")


def _to_supervisor(gate: Gate) -> list[Html]:
    words = [tag("p", alarm(gate), class_="iop-why is-harm")] if gate.talk_first else []
    figures = f"{gate.right} of {_count(len(gate.observations), 'observation')} right"
    if gate.missing:
        wanted = ", ".join(gate.missing)
        return [*words, tag("p", f"{figures}. Too few to judge by yet; still wanted: {wanted}.")]
    return [*words, tag("p", f"{figures}; {gate.needed} needed.")]


def _to_trainee(gate: Gate, names: Names) -> list[Html]:
    many = len(gate.observations)
    practise = [tag("b", "Next step. "), *_practice(gate, names)] if gate.to_practise else []
    if gate.talk_first:
        which = "One" if len(gate.serious) == 1 else "Some"
        fresh = _count(gate.to_close, "fresh situation")
        first = (
            f"{which} of your answers could seriously hurt a client. It is good that this came up "
            "here. Before you next sit with a client, talk it through with your supervisor. After "
            f"that, {fresh} answered well will close it."
        )
        return [tag("p", first, class_="iop-why is-harm"), tag("p", practise)]
    if gate.missing:
        first = (
            "That is too little to judge by, and no fault of yours: it is judged over several "
            "assignments together."
        )
    elif gate.state == "met":
        first = (
            f"{gate.right} of {many} right here, and nothing that could seriously hurt a client."
        )
    else:
        first = f"{gate.right} of {many} right here; {gate.needed} are needed."
    return [tag("p", first), *([tag("p", practise)] if practise else [])]


def _practice(gate: Gate, names: Names) -> list[str | Html]:
    shown = [*dict.fromkeys(names.get(o.item, o.item) for o in gate.to_practise)]
    links: list[str | Html] = [shown[0]] if len(shown) == 1 else [shown[0], " and ", shown[1]]
    after = ", then try the practice on it in the lesson again"
    if gate.state != "met" and not gate.missing:
        return ["Practise ", *links, after, ", and talk with your supervisor."]
    return ["Look once more at ", *links, after, "."]


def _observation(seen: Observation, name: str | Html, you: str) -> Html:
    verb = "said" if seen.within else "answered"
    who = f"{you} {verb}" if you else verb.capitalize()
    before = " in an earlier hand-in" if seen.earlier else ""
    lead = f"{who}{before}: " if seen.answer else _no_answer(seen)
    answer = lead, seen.answer
    return _row(seen.question, name, answer, seen.right, seen.harm == "serious", seen.harm_reasons)


@drawn_once
def _row(
    question: str,
    name: str | Html,
    answer: tuple[str, str],
    right: bool,
    serious: bool,
    reasons: tuple[str, ...],
) -> Html:
    """``answer`` is what stands before it and the answer in words, "" for none; ``reasons`` say
    what harm it could do."""
    verdict, tone = ("Right", "is-ok") if right else ("Not yet", "is-not-yet")
    much = "seriously harm" if serious else "hurt"
    lead, words = answer
    return tag(
        "li",
        [
            tag("p", [name, ": ", tag("q", asked_line(question))]),
            tag("p", [lead, _quoted(words) if words else "", ". ", tag("b", f"{verdict}.")]),
            *[tag("p", [tag("b", f"This could {much} a client. "), why]) for why in reasons],
        ],
        class_=f"iop-why {'is-harm' if serious else tone}",
    )


def _quoted(answer: str) -> str | Html:
    """What was answered in quotation marks, but for what is in its own already."""
    return answer if answer.startswith('"') else tag("q", answer)


def _no_answer(seen: Observation) -> str:
    return "Nothing was said about it" if seen.within else "No answer"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
