"""chain: the links of a chain are put in place, and cut where something would have helped.

A response is ``{"pieces": {piece id: link id}, "breaks": {break id: link id, or "" when it was set
aside}, "own": {link id: text}}``; what is empty is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from iop_training.errors import ResponseError
from iop_training.model.base import Model, Path, ProseText
from iop_training.model.clock import by_time
from iop_training.model.item import Item, PartId
from iop_training.model.options import Harmful
from iop_training.model.order import display_order
from iop_training.model.typed import LINE, typed_text

FEWEST = 2
"""Links that have to take pieces, at least: what a mistake costs is shared among the others."""
When = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=24)]


class Link(Model):
    """A place in the chain, which ``takes`` so many pieces. What is ``given`` stands there already;
    such a link takes none."""

    id: PartId
    name: ProseText
    about: ProseText | None = None
    takes: Annotated[int, Field(ge=1, le=6)] = 1
    given: ProseText | None = None


class _Placed(Harmful):
    """What is put on a link: on ``link`` (its key) or one of ``also``; without a link it belongs on
    none, and harm is what comes of using it at all."""

    id: PartId
    text: ProseText
    link: PartId | None = None
    also: list[PartId] = []
    rationale: ProseText

    @property
    def right(self) -> tuple[str, ...]:
        """The links that count as right, the key first."""
        return (self.link, *self.also) if self.link else ()


class Piece(_Placed):
    """What happened, or what somebody made of it; ``at`` is a time that is shown with it."""

    at: When | None = None


class Break(_Placed):
    """A skill or a step, for the link where it would have cut this chain."""


class Chain(Item):
    """``links`` in the order of the chain, pieces and breaks in another one for each trainee.
    ``view`` is how it is drawn. With ``own_words`` each link takes one line that is kept and
    printed, and never scored."""

    kind: Literal["chain"]
    title: ProseText
    view: Literal["loop", "timeline", "record"]
    links: Annotated[list[Link], Field(min_length=3, max_length=10)]
    pieces: Annotated[list[Piece], Field(min_length=4, max_length=16)]
    breaks: Annotated[list[Break], Field(min_length=2, max_length=8)] = []
    own_words: bool = False

    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "title",
        "view",
        "links.id",
        "links.name",
        "links.about",
        "links.takes",
        "links.given",
        "pieces.id",
        "pieces.text",
        "pieces.at",
        "breaks.id",
        "breaks.text",
        "own_words",
    )

    def open_links(self) -> list[Link]:
        """The links that take pieces."""
        return [link for link in self.links if link.given is None]

    def link(self, link_id: str) -> Link:
        """A link of the item by its id."""
        return next(link for link in self.links if link.id == link_id)

    def link_name(self, link_id: str) -> str:
        """The name of a link of the item, in one line."""
        return " ".join(self.link(link_id).name.split())

    def shuffled(self) -> list[str]:
        return [*(p.id for p in self.pieces), *(b.id for b in self.breaks)]

    def in_time(self, order: Sequence[str]) -> list[Piece]:
        """The pieces as they stand on a link: by their times, which are public, else as this
        trainee sees them."""
        seen = {piece_id: n for n, piece_id in enumerate(order)}
        times = by_time({p.id: p.at for p in self.pieces if p.at})
        return sorted(self.pieces, key=lambda p: (times.get(p.id, 0), seen.get(p.id, len(seen))))

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        pieces = {p.id: p for p in self.in_time(order)}
        breaks = {b.id: b for b in self.breaks}
        when = {i: n for n, i in enumerate(pieces)}
        return {
            "title": self.title,
            "view": self.view,
            "own_words": self.own_words,
            "longest": LINE,
            "links": [
                {
                    "id": link.id,
                    "name": link.name,
                    "about": link.about or "",
                    "given": link.given or "",
                    "takes": 0 if link.given else link.takes,
                }
                for link in self.links
            ],
            "pieces": [
                {"id": i, "text": pieces[i].text, "at": pieces[i].at or "", "when": when[i]}
                for i in order
                if i in pieces
            ],
            "breaks": [{"id": i, "text": breaks[i].text} for i in order if i in breaks],
        }

    def public(self) -> dict[str, Any]:
        """As of every item; pieces and breaks of a graded one in an order that doesn't follow the
        author's, who may have written them in the order of the chain."""
        data = super().public()
        if self.use == "graded":
            for field in ("pieces", "breaks"):
                entries = {e["id"]: e for e in data.get(field, [])}
                if entries:
                    data[field] = [entries[i] for i in display_order("", self.id, entries)]
        return data

    def validate_response(self, value: Any) -> dict[str, dict[str, str]]:
        value = {} if value is None else value
        if not isinstance(value, dict) or not set(value) <= {"pieces", "breaks", "own"}:
            raise ResponseError(f"{self.id} takes pieces, breaks and own, each by ids.")
        every = [link.id for link in self.links]
        taking = [link.id for link in self.open_links()]
        pieces = self._pairs(value, "pieces", [p.id for p in self.pieces], taking)
        breaks = self._pairs(value, "breaks", [b.id for b in self.breaks], every)
        self._has_room(pieces)
        found = {
            "pieces": {piece: link for piece, link in pieces.items() if link},
            "breaks": breaks,
            "own": self._own(value.get("own"), every),
        }
        return {name: some for name, some in found.items() if some}

    def _pairs(
        self, value: Mapping[str, Any], name: str, ids: Collection[str], links: Collection[str]
    ) -> dict[str, str]:
        """What was placed to its link, "" for what was set aside."""
        found = {} if value.get(name) is None else value[name]
        if not isinstance(found, dict):
            raise ResponseError(f"{self.id} takes a link for each of its {name}.")
        for one, link in found.items():
            if one not in ids:
                raise self._unknown(f"part among its {name}", one, ids)
            if link is not None and link != "" and link not in links:
                raise self._unknown(f"link for {one}", link, links)
        return {one: found[one] for one in sorted(found) if found[one] is not None}

    def _has_room(self, pieces: Mapping[str, str]) -> None:
        held = Counter(pieces.values())
        for link in self.open_links():
            if held[link.id] > link.takes:
                raise ResponseError(
                    f"{self.id} takes {link.takes} at most in {link.id}, not {held[link.id]}. "
                    "Take one out and it is saved."
                )

    def _own(self, found: Any, links: Collection[str]) -> dict[str, str]:
        found = {} if found is None else found
        if not isinstance(found, dict):
            raise ResponseError(f"{self.id} takes one's own words by link.")
        for link in found:
            if link not in links:
                raise self._unknown("link", link, links)
        texts = {link: typed_text(self.id, found[link], LINE) for link in sorted(found)}
        kept = {link: text for link, text in texts.items() if text.strip()}
        if kept and not self.own_words:
            raise ResponseError(f"{self.id} takes no words of one's own.")
        return kept

    def _unknown(self, what: str, found: Any, known: Collection[str]) -> ResponseError:
        allowed = ", ".join(known)
        return ResponseError(f"{self.id} has no {what} {str(found)[:40]!r}; it has {allowed}.")

    def is_blank(self, value: Any) -> bool:
        return not value

    def unfilled(self, value: Any) -> list[Link]:
        """The links that hold fewer pieces than they take."""
        held = Counter((value or {}).get("pieces", {}).values())
        return [link for link in self.open_links() if held[link.id] < link.takes]

    def lacks(self, value: Any) -> list[str]:
        left = len(self.breaks) - len((value or {}).get("breaks", {}))
        undecided = [f"{left} of {len(self.breaks)} breaks"] if left else []
        return [*(self.link_name(link.id) for link in self.unfilled(value)), *undecided]

    def check(self) -> list[tuple[str | Path, str]]:
        return [*self._repeated(), *self._unknown_links(), *self._about_harm(), *self._room()]

    def _repeated(self) -> Iterator[tuple[Path, str]]:
        """Ids once in the whole item; texts once in their list."""
        seen: dict[str, str] = {}
        for field, prose in (("links", "name"), ("pieces", "text"), ("breaks", "text")):
            texts: dict[str, str] = {}
            for n, entry in enumerate(getattr(self, field)):
                if entry.id in seen:
                    told = f"id {entry.id!r} is used already in {seen[entry.id]}; give each its own"
                    yield (field, n, "id"), told
                seen.setdefault(entry.id, field)
                text = " ".join(getattr(entry, prose).lower().split())
                if text in texts:
                    told = f"{entry.id} says the same as {texts[text]}; change or remove one"
                    yield (field, n, prose), told
                texts.setdefault(text, entry.id)

    def _placed(self) -> Iterator[tuple[Path, Piece | Break, list[str]]]:
        """Pieces and breaks, where they stand in the file, and the links they could be put on."""
        taking = [link.id for link in self.open_links()]
        for n, piece in enumerate(self.pieces):
            yield ("pieces", n), piece, taking
        for n, cut in enumerate(self.breaks):
            yield ("breaks", n), cut, [link.id for link in self.links]

    def _unknown_links(self) -> Iterator[tuple[Path, str]]:
        for where, one, links in self._placed():
            allowed = f"allowed: {', '.join(links)}"
            if one.link is not None and one.link not in links:
                yield (
                    (*where, "link"),
                    f"link {one.link!r} of {one.id} is none that it can be put on; {allowed}; "
                    "leave link out when it belongs nowhere",
                )
            if one.also and one.link is None:
                told = f"{one.id} has also and no link; name the best one as link, or take also"
                yield (*where, "also"), f"{told} away"
            for m, also in enumerate(one.also):
                if also not in links:
                    yield (*where, "also", m), f"{also!r} is none that it can be put on; {allowed}"
                elif also in (one.link, *one.also[:m]):
                    yield (*where, "also", m), f"{also!r} counts already; take it away"

    def _about_harm(self) -> Iterator[tuple[Path, str]]:
        for where, one, _ in self._placed():
            if one.link is not None and one.harm != "none":
                told = f"{one.id} has a link and does harm; take the link or the harm away"
                yield (*where, "harm"), told

    def _room(self) -> Iterator[tuple[Path, str]]:
        """Every link takes as many pieces as belong there, and several links take some."""
        belong = Counter(piece.link for piece in self.pieces)
        for n, link in enumerate(self.links):
            if link.given is not None:
                if link.takes != 1:
                    told = f"{link.id} is given, so it takes no piece; take takes away"
                    yield ("links", n, "takes"), told
            elif belong[link.id] != link.takes:
                yield (
                    ("links", n),
                    f"{link.id} takes {link.takes}, and {belong[link.id]} of the pieces have it as "
                    "link; make them the same",
                )
        if len(self.open_links()) < FEWEST:
            told = f"at least {FEWEST} links have to take pieces; give fewer of them"
            yield ("links",), told


ITEM = Chain
