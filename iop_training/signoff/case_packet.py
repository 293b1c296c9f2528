"""The packet of a case: all that a clinician judges of a simulated client, to read on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from iop_training.content.catalog import Catalog
from iop_training.content.reviews import content_mark
from iop_training.model.case import Case
from iop_training.model.case_moments import Ending
from iop_training.model.case_note import Claim
from iop_training.model.case_people import Person, Variable
from iop_training.rendering.html import Html, paragraphs, tag
from iop_training.signoff.case_moments import Row, change_line, drill_html, facts, moment_html
from iop_training.signoff.packet import answer_box, blanks, in_order, page, sources_html, standing

STATEMENT = (
    "I have read this case: the client, every line that can be said with its reason, the endings, "
    "the note and the practice, with their sources. In my professional judgment people talk like "
    "this, and what a trainee is told is accurate, safe and fit to teach to counselors who are new "
    "to an intensive outpatient program."
)
HOW = (
    "The session goes through the moments from top to bottom; one whose condition does not hold is "
    "passed over. A client says the first text whose condition holds. Each line that a trainee can "
    "say stands with how it fits (0 to 3), what it is, the reason they read, what would do better, "
    "and whom it could hurt. Please write what you would change at the moment itself, and tick "
    "“sign” or “change” on the last page. Sources are listed there by their numbers."
)


def case_packet_html(
    catalog: Catalog, case: Case, competencies: Mapping[str, str], date: dt.date
) -> str:
    """A page that stands alone and prints; ``competencies`` are ids with their words. It holds all
    that is secret of an assessed case."""
    used = {key: catalog.references[key] for key in case.sources() if key in catalog.references}
    numbers = {key: n for n, key in enumerate(in_order(used), start=1)}
    moments = [moment_html(case, m, n, numbers) for n, m in enumerate(case.moments, start=1)]
    return page(
        f"Review packet {case.id}: {case.title}",
        [
            _cover(catalog, case, date),
            _section("Before the session", _before(case, competencies)),
            _section("Who is there", *map(_person, case.people)),
            _section("What the case keeps track of", _tracked(case)),
            _section("Moments", *moments),
            _section("Endings", *map(_ending, case.endings)),
            _section("The note", *_note(case)) if case.note else Html(""),
            _section(
                "Practice in the debrief", *[drill_html(case, d, numbers) for d in case.drills]
            )
            if case.drills
            else Html(""),
            sources_html(used, numbered=True),
            answer_box(case.id, content_mark(catalog, case)),
        ],
    )


def _cover(catalog: Catalog, case: Case, date: dt.date) -> Html:
    lines = sum(len(moment.moves) for moment in case.moments)
    secret = (
        "This case is assessed. Keep the packet from trainees."
        if case.mode == "assessed"
        else "This case is for practice. Keep the packet from trainees who have not met it yet."
    )
    weights = case.scoring
    points = (
        f"{weights.total}, of which {weights.process} for the conversation, {weights.decisions} "
        f"for decision points, {weights.ending} for the ending"
    )
    rows: list[Row] = [
        ("Points", points),
        ("To pass", f"{weights.pass_mark} points and no serious harm"),
        ("Turns at most", str(case.turn_limit)),
        ("So far", standing(catalog, case)),
        ("Look again by", str(case.review_by or "")),
    ]
    return tag(
        "section",
        [
            tag("h1", [f"Case {case.id}: ", case.title]),
            tag(
                "p",
                f"Review packet of {date}, {len(case.moments)} moments, {lines} lines",
                class_="lead",
            ),
            tag("p", secret, class_="confidential"),
            tag("p", STATEMENT, class_="statement"),
            blanks(),
            tag("p", HOW),
            facts(rows),
        ],
        class_="cover",
    )


def _before(case: Case, competencies: Mapping[str, str]) -> Html:
    brief, chart = case.prebrief, case.chart
    rows: list[Row] = [
        ("Role", brief.role),
        ("Setting", brief.setting),
        ("Goal", brief.goal),
        ("What counts", brief.counts),
        ("Takes", f"{brief.minutes} minutes"),
        ("What comes up", brief.content_note),
        ("Told first", brief.summary or ""),
        ("Instead", ", ".join(brief.instead)),
        *[(f"Chart: {fact.label}", fact.text) for fact in chart.facts],
        *[
            (f"{i.instrument}, {i.date}", f"{i.score:g} of {i.of:g}. {i.means}")
            for i in chart.instruments
        ],
        *[
            (f"{s.name}, {s.unit}", f"{', '.join(f'{v:g}' for v in s.values)}. {s.sentence}")
            for s in chart.series
        ],
        *[
            (
                "Trains",
                f"{o.text} ({'; '.join(f'{c}: {competencies.get(c)}' for c in o.competency)})",
            )
            for o in case.objectives
        ],
    ]
    return Html(facts(rows) + change_line())


def _person(person: Person) -> Html:
    profile = person.profile
    told: list[Row] = []
    if profile:
        told = [
            (name.replace("_", " ").capitalize(), text)
            for name in type(profile).model_fields
            if isinstance(text := getattr(profile, name), str) and name != "asam_edition"
        ]
        edition = f"ASAM, edition {profile.asam_edition}, dimension"
        told += [(f"{edition} {r.dimension}", f"risk {r.risk}: {r.why}") for r in profile.asam]
    parts = [tag("h3", person.name), paragraphs(person.description), facts(told)]
    return tag("article", [*parts, change_line()], class_="item")


def _tracked(case: Case) -> Html:
    named = [(v.id, "", v) for v in case.state]
    named += [(v.id, f" of {p.name}", v) for p in case.people for v in p.state]
    rows: list[Row] = [(f"{name}{of}", _variable(v)) for name, of, v in named]
    rows += [(flag.id, flag.meaning) for flag in case.flags]
    rows += [(f"Decision {decision.id}", decision.text) for decision in case.decisions]
    rows += [
        (f"Safety: {o.domain.replace('_', ' ')}", f"{o.text} ({o.id})") for o in case.observations
    ]
    return Html(facts(rows) + change_line())


def _variable(variable: Variable) -> str:
    ends = f"{variable.low} to {variable.high}, from {variable.start}"
    return f"{ends}. {variable.meaning}"


def _ending(ending: Ending) -> Html:
    head = [tag("h3", ending.id), tag("p", f"{ending.kind} · {ending.score} of 3", class_="about")]
    when = f"{ending.when}{' (at once)' if ending.at_once else ''}" if ending.when else ""
    seen_by = f"Seen afterwards by {ending.view_by}" if ending.view_by else "The client's view"
    rows: list[Row] = [("Comes when", when), (seen_by, ending.view)]
    inner = [tag("header", head), paragraphs(ending.text), facts(rows), change_line()]
    return tag("article", inner, class_="item")


def _note(case: Case) -> list[Html]:
    if case.note is None:
        return []
    points = f"{case.note.points} points" if case.note.points else "no points"
    about = f"Compared with the session, line by line; {points}."
    return [tag("p", about), *map(_claim, case.note.claims), change_line()]


def _claim(claim: Claim) -> Html:
    rows: list[Row] = [("True when", claim.when or "")]
    rows += [(o.text, f"true when {o.when}" if o.when else "else") for o in claim.options]
    rows.append(("Harm if invented", claim.harm_reason))
    return tag("div", [tag("p", tag("b", claim.text)), facts(rows)], class_="also")


def _section(title: str, *content: Html) -> Html:
    return tag("section", [tag("h2", title), *content], class_="chapter")
