"""The chain as a picture with what was put on its links and what cuts them; and why, by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from iop_training.model import Part, Score
from iop_training.model.kinds.chain import Break, Chain, Piece
from iop_training.rendering.html import Html, lines, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.parts import Verdicts, part_why, verdict
from iop_training.scoring import solution
from iop_training.scoring.kinds.chain import ASIDE

LOOP_BACK = "which makes the next time more likely"
NOT_DECIDED = "no answer"
RING = 6
"""Links up to which a loop is drawn as a ring where there is room; a longer one runs down."""

Response = Mapping[str, Mapping[str, str]]
Shown = TypeVar("Shown", Piece, Break)


def verdicts(item: Chain) -> Verdicts:
    """Each part is judged for itself, and leaving out can be right."""
    return {
        (True, True): ("Yes", "is-ok"),
        (True, False): ("Not yet", "is-not-yet"),
        (False, True): ("This has its place", "is-better"),
        (False, False): ("Rightly left", "is-ok"),
    }


def noun(item: Chain) -> str:
    """What people call it: a thought record has fields, and no links."""
    return "record" if item.view == "record" else "chain"


def body(item: Chain, value: Response | None, score: Score | None, order: Sequence[str]) -> Html:
    held: Response = item.validate_response(value)
    parts = {part.id: part for part in score.parts} if score else {}
    pieces, breaks = _in_order(item.pieces, order), _in_order(item.breaks, order)
    shown = [
        _picture(item, held, item.in_time(order), breaks, parts),
        _heading("The pieces"),
        _list(item, pieces, held.get("pieces", {}), f"not in the {noun(item)}", parts),
    ]
    if breaks:
        shown += [
            _heading("What could have cut it"),
            _list(item, breaks, held.get("breaks", {}), NOT_DECIDED, parts),
        ]
    if score and not score.full:
        shown.append(_whole(item))
    return tag("div", shown, class_="iop-stack")


def _in_order(entries: Sequence[Shown], order: Sequence[str]) -> list[Shown]:
    """As the trainee saw them."""
    place = {i: n for n, i in enumerate(order)}
    return sorted(entries, key=lambda e: place.get(e.id, len(place)))


@drawn_once
def _whole(item: Chain) -> Html:
    """The solution, the same for everybody."""
    picture = _picture(item, solution(item), item.in_time(()), item.breaks, {})
    return tag("div", [_heading(f"The whole {noun(item)}"), picture], class_="iop-stack is-part")


def _heading(text: str) -> Html:
    return tag("p", tag("b", text))


def _picture(
    item: Chain,
    held: Response,
    pieces: Sequence[Piece],
    breaks: Sequence[Break],
    parts: Mapping[str, Part],
) -> Html:
    """The links in their order, joined as ``view`` says. Marks repeat what the list below says in
    words."""
    tones = {i: verdict(item, part)[1] for i, part in parts.items() if part.chosen}
    on, cut = _by_link(pieces, held.get("pieces", {})), _by_link(breaks, held.get("breaks", {}))
    own = held.get("own", {})
    drawn = [
        _link(
            item,
            link.id,
            tuple([(p.text, p.at, tones.get(p.id)) for p in on.get(link.id, ())]),
            tuple([(b.text, tones.get(b.id)) for b in cut.get(link.id, ())]),
            own.get(link.id, ""),
        )
        for link in item.links
    ]
    look = f"iop-chain is-{item.view}"
    ring = f" is-of-{len(drawn)}" if item.view == "loop" and len(drawn) <= RING else ""
    return tag(
        "div",
        [
            tag("p", item.title, class_="iop-plan-title"),
            tag("ol", drawn, class_=f"iop-chain-links{ring}"),
        ],
        class_=look,
    )


def _by_link(entries: Sequence[Shown], put: Mapping[str, str]) -> dict[str, list[Shown]]:
    """What was put on each link, in the order of the entries."""
    found: dict[str, list[Shown]] = {}
    for entry in entries:
        if link := put.get(entry.id):
            found.setdefault(link, []).append(entry)
    return found


@drawn_once
def _link(
    item: Chain,
    link_id: str,
    pieces: tuple[tuple[str, str | None, str | None], ...],
    cuts: tuple[tuple[str, str | None], ...],
    own: str,
) -> Html:
    """``pieces`` are the text, the time and the tone of each that stands here, ``cuts`` the text
    and the tone of each break."""
    link = item.link(link_id)
    goes_back = item.view == "loop" and link is item.links[-1]
    given = [tag("li", tag("span", lines(link.given)), class_="is-given")] if link.given else []
    left = 0 if link.given else link.takes - len(pieces)
    box = [
        tag("p", lines(link.name), class_="iop-link-name"),
        tag("p", link.about, class_="iop-muted") if link.about else "",
        tag(
            "ul",
            [*given, *(_piece(*piece) for piece in pieces), *[_open_place()] * left],
            class_="iop-held",
        ),
        tag("p", own, class_="iop-link-own") if own else "",
    ]
    looks = ["iop-link", "is-given" if link.given else "", "is-cut" if cuts else ""]
    return tag(
        "li",
        [
            tag("div", box, class_="iop-link-box"),
            tag("ul", [_cut(*cut) for cut in cuts], class_="iop-cuts") if cuts else "",
            tag("p", LOOP_BACK, class_="iop-loop-back") if goes_back else "",
        ],
        class_=" ".join(look for look in looks if look),
    )


def _piece(text: str, when: str | None, tone: str | None) -> Html:
    at = tag("b", when, class_="iop-at") if when else ""
    return tag("li", [at, tag("span", lines(text))], class_=tone)


def _open_place() -> Html:
    return tag("li", tag("span", "nothing yet", class_="iop-spoken"), class_="is-open")


def _cut(text: str, tone: str | None) -> Html:
    spoken = tag("span", "Cut here: ", class_="iop-spoken")
    return tag("li", [spoken, tag("span", lines(text))], class_=tone)


def _list(
    item: Chain,
    entries: Sequence[Piece | Break],
    put: Mapping[str, str],
    nowhere: str,
    parts: Mapping[str, Part],
) -> Html:
    """What was put where, with verdicts and reasons when it is scored."""
    rows = []
    for one in entries:
        rows.append(_row(item, one.text, put.get(one.id), nowhere, parts.get(one.id)))
    return tag("ul", rows, class_="iop-options")


@drawn_once
def _row(item: Chain, text: str, link: str | None, nowhere: str, part: Part | None) -> Html:
    """``link`` is "" for what was set aside, None for what was left, which is ``nowhere``."""
    where = nowhere if link is None else item.link_name(link) if link else ASIDE
    line = tag(
        "div",
        [
            tag("div", lines(text)),
            tag(
                "div",
                [
                    tag("span", "Your answer: ", class_="iop-muted"),
                    tag("i" if link is None else "b", where),
                ],
            ),
        ],
        class_="iop-placed is-chosen" if link else "iop-placed",
    )
    return tag("li", [line, part_why(item, part) if part else ""])
