"""What the course's questions can tell about the safety domains, as ``check`` shows it."""

from __future__ import annotations

from iop_training.cli.common import console, table
from iop_training.content.catalog import Catalog
from iop_training.rendering.gates import DOMAINS
from iop_training.scoring.gate_odds import COMPETENT, Moment, Outlook, outlooks
from iop_training.scoring.gates import HARD_ONES, KINDS, OBSERVATIONS


def show_outlooks(catalog: Catalog) -> None:
    """What the course's questions can tell about each domain, how likely people meet it, and the
    talks that this takes. Fits 80 columns."""
    careful, _ = (f"{right:.0%}" for right in COMPETENT)
    shown = table(
        "Safety domains: graded questions asked, and how likely somebody meets the gate",
        "Domain",
        ">Asked",
        ">Kinds",
        ">Hard",
        ">Guesser",
        f">Week 1\n{careful}",
        *(f">End\n{right:.0%}" for right in COMPETENT),
        f">Talks\n{careful}",
    )
    found = outlooks(catalog.items.values())
    for outlook in found:
        shown.add_row(*_outlook_row(outlook))
    console.print(shown)
    console.print(
        "Week 1: after the first week alone. End: after all assignments; harm that later answers "
        f"close is closed. {' or '.join(f'{right:.0%}' for right in COMPETENT)}: of the answers "
        "right. Guesser: at the likelier moment. Talks: assignments with a serious harm, on "
        "average.",
        markup=False,
    )
    lacking = [DOMAINS[o.domain].lower() for o in found if o.course.missing and o.domain in DOMAINS]
    if lacking:
        console.print(
            f"Too few questions to judge by yet: {', '.join(lacking)}. It takes {OBSERVATIONS}, of "
            f"{KINDS} kinds, {HARD_ONES} of them hard to guess.",
            markup=False,
        )


def _outlook_row(outlook: Outlook) -> list[str]:
    first, course = outlook.first_week, outlook.course
    return [
        DOMAINS.get(outlook.domain, "All together"),
        str(course.observations),
        str(len(course.kinds)),
        str(course.hard),
        _odds(course, max(first.guesser, course.guesser)),
        _odds(first, first.competent[0]),
        *(_odds(course, likely) for likely in course.competent),
        f"{outlook.talks:.1f}" if course.observations else "–",
    ]


def _odds(moment: Moment, likely: float) -> str:
    """In whole percent; a dash where there is too little to judge by."""
    if moment.missing or not moment.observations:
        return "–"
    # A simulated guess model may not have met what is rare, so nothing is impossible or certain.
    if likely < 0.01:
        return "<1%"
    return ">99%" if likely > 0.99 else f"{likely:.0%}"
