"""The map of a case: each moment a box with its lines as rows, and an arrow from every row.

From top to bottom as in the file. A row that leads to the next box has an arrow of its own down
the left side; every other target has one lane at the right, which all rows that lead there join.
Plain SVG with real text, for authors: it shows codes, quality and harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from iop_training.model.case_moments import Ending, Moment, Move
from iop_training.simulation.graph import Graph

WIDTH, ROW, HEAD, GAP, LANE, MARGIN = 760, 19, 24, 34, 16, 24
"""Of a box, a row, a heading, the space between boxes, a lane and the margin, in SVG units."""
CHARACTERS = 110
"""How many characters fit into a row."""
LANE_COLORS = ("#1f5fa8", "#8a4b08", "#4d6b1e", "#7a2f7a", "#00696b", "#9a3324", "#4a4f9c")
KIND_COLORS = {"good": "#dcefdc", "mixed": "#f6edd0", "poor": "#f3dcd8", "emergency": "#d9e6f5"}
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1a1a1a }
.head { font-weight: 700; font-size: 13px }
.dim { fill: #555 }
.harm { fill: #9a1b0d; font-weight: 700 }
.box { fill: #fff; stroke: #666 }
.cut { stroke-dasharray: 6 3 }
.lane { fill: none; stroke-width: 1.6 }
"""


@dataclass
class _Row:
    """A line of a box: its text, its class, and where it leads (numbers of boxes)."""

    text: str
    style: str = ""
    leads: Sequence[int] = ()
    y: float = 0


@dataclass
class _Box:
    """A moment or an ending; ``y`` is its top."""

    head: str
    rows: list[_Row]
    fill: str = "#fff"
    style: str = "box"
    y: float = 0

    @property
    def height(self) -> float:
        return HEAD + ROW * len(self.rows) + 8


@dataclass
class _Lane:
    """The way to a box that isn't the next one; ``x`` is where it runs."""

    target: int
    starts: list[float] = field(default_factory=list)
    x: float = 0
    color: str = ""


def case_map(graph: Graph) -> str:
    """The SVG of an explored case, the same bytes for the same case."""
    boxes = [*_moments(graph), *(_ending(ending) for ending in graph.case.endings)]
    y = MARGIN + 40.0
    for box in boxes:
        box.y = y
        for n, row in enumerate(box.rows):
            row.y = y + HEAD + ROW * (n + 0.5)
        y += box.height + GAP
    lanes = _lanes(boxes)
    width = MARGIN * 2 + WIDTH + 30 + LANE * len(lanes) + 20
    title = f"{graph.case.id}: {graph.case.title}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {y:g}" '
        f'width="{width:g}" height="{y:g}" role="img" aria-label={quoteattr("Map of " + title)}>',
        f"<style>{STYLE}</style>",
        f'<rect width="{width:g}" height="{y:g}" fill="#fafafa"/>',
        _text(MARGIN, MARGIN + 8, title, "head"),
        _text(
            MARGIN,
            MARGIN + 26,
            f"{len(graph.case.moments)} moments, "
            f"{sum(len(m.moves) for m in graph.case.moments)} lines, "
            f"{len(graph.case.endings)} endings, {len(graph.spots):,} states. "
            "A dashed box cuts in. Brackets: quality 0 to 3.",
            "dim",
        ),
        *(part for lane in lanes for part in _draw_lane(lane, boxes)),
        *(part for number in range(len(boxes)) for part in _draw_box(number, boxes)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _moments(graph: Graph) -> Iterator[_Box]:
    leads = _leads(graph)
    for n, moment in enumerate(graph.case.moments):
        notes = _condition("cuts in when" if moment.cuts_in else "comes when", moment.when)
        notes += [_Row(f"decision: {moment.decision}", "dim")] if moment.decision else []
        said = moment.says[-1]
        heard = said.text or " / ".join(line.text for line in said.lines)
        rows = [*notes, _Row(_cut(f"“{heard}”"), "dim")]
        for m, move in enumerate(moment.moves):
            rows += _rows(moment, move, sorted(leads.get((n, m), ())), graph)
        style = "box cut" if moment.cuts_in else "box"
        yield _Box(f"{moment.id}: {moment.title}", rows, style=style)


def _rows(moment: Moment, move: Move, leads: list[int], graph: Graph) -> Iterator[_Row]:
    """The rows of one line: what is said, then what it is and does, with its arrows."""
    first, *more = wrap(f"{move.id} [{move.quality}]  {' '.join(move.text.split())}", CHARACTERS)
    yield _Row(first)
    yield from (_Row(f"      {rest}") for rest in more)
    names = [m.id for m in graph.case.moments] + [f"end:{e.id}" for e in graph.case.endings]
    does = [f"to {' and '.join(move.to)}"] if move.to else []
    does += [", ".join(move.codes).replace("_", " ")]
    does += [f"{name} {effect}" for name, effect in move.effects.items()]
    does += [f"sets {name}" for name in move.set] + [f"clears {name}" for name in move.clear]
    does += [f"only when {move.when}"] if move.when else []
    does += [f"{mark.id}: {'right' if mark.right else 'not right'}" for mark in move.observes]
    does += [f"→ {' or '.join(names[lead] for lead in leads)}"] if leads else ["never on offer"]
    harm = f"{move.harm} harm; " if move.harm != "none" else ""
    style = "harm" if harm else "dim"
    *before, last = wrap(f"{harm}{'; '.join(does)}", CHARACTERS - 6)
    yield from (_Row(f"      {text}", style) for text in before)
    yield _Row(f"      {last}", style, leads)


def _leads(graph: Graph) -> dict[tuple[int, int], set[int]]:
    """For each line (moment, line) the boxes it leads to; endings come after the moments."""
    found: dict[tuple[int, int], set[int]] = {}
    count = len(graph.case.moments)
    for spot, lines in zip(graph.spots, graph.lines, strict=True):
        for option, after in lines:
            at = graph.spots[after].at
            found.setdefault((spot.at, option.number), set()).add(at if at >= 0 else count + ~at)
    return found


def _ending(ending: Ending) -> _Box:
    rows = _condition("at once when" if ending.at_once else "when", ending.when)
    rows += [_Row(line) for line in wrap(" ".join(ending.text.split()), CHARACTERS)]
    head = f"end:{ending.id}: {ending.kind.upper()}, score {ending.score}"
    return _Box(head, rows, fill=KIND_COLORS[ending.kind])


def _condition(word: str, when: str | None) -> list[_Row]:
    """Rows that say when something comes; none when it always does."""
    return [_Row(line, "dim") for line in wrap(f"{word} {when}", CHARACTERS)] if when else []


def _cut(text: str) -> str:
    flat = text[: len(text) - len(text.lstrip())] + " ".join(text.split())
    return flat if len(flat) <= CHARACTERS else flat[: CHARACTERS - 1] + "…"


def _lanes(boxes: Sequence[_Box]) -> list[_Lane]:
    """One lane a target, the near targets on the inner lanes."""
    lanes: dict[int, _Lane] = {}
    for number, box in enumerate(boxes):
        for row in box.rows:
            for target in row.leads:
                if target != number + 1:
                    lanes.setdefault(target, _Lane(target)).starts.append(row.y)
    ordered = sorted(lanes.values(), key=lambda lane: abs(boxes[lane.target].y - min(lane.starts)))
    for n, lane in enumerate(ordered):
        lane.x = MARGIN + WIDTH + 30 + LANE * n
        lane.color = LANE_COLORS[n % len(LANE_COLORS)]
    return ordered


def _draw_lane(lane: _Lane, boxes: Sequence[_Box]) -> Iterator[str]:
    right, end = MARGIN + WIDTH, boxes[lane.target].y + HEAD / 2
    top, bottom = min(*lane.starts, end), max(*lane.starts, end)
    style = f'class="lane" stroke="{lane.color}"'
    yield f'<path {style} d="M{lane.x:g} {top:g}V{bottom:g}"/>'
    for y in lane.starts:
        yield f'<path {style} d="M{right} {y:g}H{lane.x:g}"/>'
        yield f'<circle cx="{lane.x:g}" cy="{y:g}" r="3" fill="{lane.color}"/>'
    yield f'<path {style} d="M{lane.x:g} {end:g}H{right + 8}"/>'
    yield (f'<path fill="{lane.color}" d="M{right} {end:g}l10 -5v10z"/>')


def _draw_box(number: int, boxes: Sequence[_Box]) -> Iterator[str]:
    box = boxes[number]
    yield (
        f'<rect class="{box.style}" x="{MARGIN}" y="{box.y:g}" width="{WIDTH}" '
        f'height="{box.height:g}" rx="6" style="fill: {box.fill}"/>'
    )
    yield _text(MARGIN + 10, box.y + 17, box.head, "head")
    for row in box.rows:
        yield _text(MARGIN + 14, row.y + 4, row.text, row.style)
    if any(number + 1 in row.leads for row in box.rows):
        x, y = MARGIN + 40, box.y + box.height
        yield f'<path class="lane" stroke="#444" d="M{x} {y:g}v{GAP - 8}"/>'
        yield f'<path fill="#444" d="M{x} {y + GAP:g}l-5 -10h10z"/>'


def _text(x: float, y: float, text: str, style: str) -> str:
    name = f' class="{style}"' if style else ""
    return f'<text x="{x:g}" y="{y:g}"{name} xml:space="preserve">{escape(text)}</text>'
