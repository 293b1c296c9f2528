"""Net of what stands rightly and what doesn't, never below 0:

    points x max(0, right - wrong / (links that take pieces - 1)) / (pieces and breaks with a link)

Wrong is what stands on a link that doesn't fit it, or on any when it belongs nowhere. What was
left out or set aside earns nothing and takes nothing off.
"""

from __future__ import annotations

from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.chain import Break, Chain, Piece

Response = dict[str, dict[str, str]]
ASIDE = "would not have helped"
"""What setting a break aside says."""


def score(item: Chain, value: Response) -> Score:
    put = {**value.get("pieces", {}), **value.get("breaks", {})}
    all_placed: list[Piece | Break] = [*item.pieces, *item.breaks]
    right = sum(put.get(one.id) in one.right for one in all_placed)
    wrong = sum(bool(link) for link in put.values()) - right
    net = max(0.0, right - wrong / (len(item.open_links()) - 1))
    return Score(
        item=item.id,
        points=round(item.points * net / sum(one.link is not None for one in all_placed), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Chain, value: Response) -> tuple[Part, ...]:
    """One for each piece, then one for each break."""
    pieces, breaks = value.get("pieces", {}), value.get("breaks", {})
    return (
        *(_part(item, piece, pieces.get(piece.id), "") for piece in item.pieces),
        *(_part(item, cut, breaks.get(cut.id), ASIDE) for cut in item.breaks),
    )


def solution(item: Chain) -> Response:
    pieces = {p.id: p.link for p in item.pieces if p.link}
    breaks = {b.id: b.link or "" for b in item.breaks}
    return {"pieces": pieces, **({"breaks": breaks} if breaks else {})}


def guess(item: Chain, chance: Random) -> Response:
    """Every place filled with any of the pieces, every break on any link or set aside."""
    places = [link.id for link in item.open_links() for _ in range(link.takes)]
    some = chance.sample([p.id for p in item.pieces], len(places))
    where = [*(link.id for link in item.links), ""]
    breaks = {b.id: chance.choice(where) for b in item.breaks}
    return {
        "pieces": dict(zip(some, places, strict=True)),
        **({"breaks": breaks} if breaks else {}),
    }


def _part(item: Chain, one: Piece | Break, link: str | None, aside: str) -> Part:
    """Right is what stands where it fits; what wasn't placed, if it has its place somewhere."""
    fits = link in one.right if link else bool(one.right)
    unplaced = aside if link == "" else ""
    stands = bool(link) and fits
    return Part(
        id=one.id,
        text=one.text,
        chosen=bool(link),
        right=fits,
        answer=item.link_name(link) if link else unplaced,
        better="" if stands else " or ".join(map(item.link_name, one.right)),
        rationale=one.rationale,
        harm=one.harm,
        harm_reason=one.harm_reason,
    )
