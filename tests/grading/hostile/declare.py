"""How a hostile or broken submission is declared: what it is, what it deserves, how it is made.

A builder is a function that spoils a sound submission; its name, with hyphens, is the
submission's name and the id of who hands it in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iop_training.responses import journal_path
from iop_training.responses.handin import RECEIPT
from iop_training.responses.lines import NO_LINE, encode, line_hash

SOUND = {"m01-q01": "b", "m01-q02": ["b"], "m01-w01": "Because of what I heard."}
"""What everybody answers before it is spoiled: the first question right, the second not, so that
there are three points left to be had by tricks."""
AT = "2026-11-22T10:00:00.000Z"
CELLS = ("m01-q01", "m01-q02", "m01-w01")


@dataclass(frozen=True)
class Earns:
    """Points of the two questions that are scored automatically (2 and 3 at most), and whether
    the written answer waits for a person."""

    first: float
    several: float
    waits: bool = True

    @property
    def points(self) -> float:
        """All points without a person's."""
        return self.first + self.several


HONEST = Earns(2, 0)
BLANK = Earns(0, 0, waits=False)


@dataclass(frozen=True)
class Made:
    """A submission to be spoiled: its folder in ``course``, a folder ``outside`` of the course
    with files that nobody may read or write, and a port on which a connection is noticed."""

    name: str
    course: Path
    folder: Path
    outside: Path
    port: int

    @property
    def notebook(self) -> Path:
        """The submitted notebook."""
        return self.folder / "m01.ipynb"

    @property
    def journal(self) -> Path:
        """The journal of answers."""
        return journal_path(self.folder, "m01")

    @property
    def receipt(self) -> Path:
        """What they got for handing in."""
        return self.folder / RECEIPT

    @property
    def secret(self) -> Path:
        """A file that is nobody's business."""
        return self.outside / "secret.txt"

    @property
    def ran(self) -> Path:
        """The file that this submission's code would write."""
        return self.outside / "ran" / self.name

    @property
    def neighbor(self) -> Path:
        """What an honest trainee handed in."""
        return self.course / "submitted" / "b-honest" / "m01"

    def cells(self) -> list[dict[str, Any]]:
        """The notebook's cells, to be changed and given to :meth:`keep`."""
        cells: list[dict[str, Any]] = json.loads(self.notebook.read_bytes())["cells"]
        return cells

    def keep(self, cells: Any, **more: Any) -> None:
        """Write the notebook with these cells."""
        whole = json.loads(self.notebook.read_bytes()) | {"cells": cells} | more
        self.notebook.write_text(json.dumps(whole), encoding="utf-8")

    def insert(self, source: str) -> None:
        """Put a code cell of the trainee's before the first question."""
        cells = self.cells()
        at = cells.index(cell(cells, "m01-q01"))
        fresh = {
            "cell_type": "code",
            "id": "mine",
            "source": source,
            "metadata": {"trusted": True, "iop": {"run": True}},
            "outputs": [],
            "execution_count": None,
        }
        self.keep([*cells[:at], fresh, *cells[at:]])

    def lines(self) -> list[bytes]:
        """The journal's lines, each with its newline."""
        return self.journal.read_bytes().splitlines(keepends=True)

    def opening(self, **changed: Any) -> dict[str, Any]:
        """The journal's first line, with changes."""
        first: dict[str, Any] = json.loads(self.lines()[0])
        return {k: v for k, v in first.items() if k not in ("v", "seq", "prev", "at")} | changed

    def forge(self, *bodies: dict[str, Any], at: str = AT) -> None:
        """A journal with a sound chain, whatever lines somebody likes after the opening, and a
        receipt for it: nothing but what the lines say can give it away."""
        if not bodies or bodies[0].get("type") != "open":
            bodies = (self.opening(), *bodies)
        raw, previous = b"", NO_LINE
        for n, body in enumerate(bodies):
            line = encode(n, previous, at, body)
            raw, previous = raw + line, line_hash(line.rstrip(b"\n"))
        self.journal.write_bytes(raw)
        self.sign()

    def sign(self) -> None:
        """Make the receipt one for the journal as it is."""
        receipt = json.loads(self.receipt.read_bytes())
        receipt["journal"] = hashlib.sha256(self.journal.read_bytes()).hexdigest()
        self.receipt.write_text(json.dumps(receipt), encoding="utf-8")


def answered(item: str, value: Any) -> dict[str, Any]:
    """A line with an answer."""
    return {"type": "answer", "item": item, "value": value}


def remarked(item: str, name: str, value: Any) -> dict[str, Any]:
    """A line with something said beside an answer."""
    return {"type": "remark", "item": item, "name": name, "value": value}


def cell(cells: list[dict[str, Any]], grade_id: str) -> dict[str, Any]:
    """The cell that has this grade_id."""
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def marks(cells: list[dict[str, Any]], grade_id: str) -> dict[str, Any]:
    """What nbgrader keeps in that cell."""
    found: dict[str, Any] = cell(cells, grade_id)["metadata"]["nbgrader"]
    return found


@dataclass(frozen=True)
class Hostile:
    """One of the set. ``earns`` has what it may earn, more than one where it depends on the moment
    it is read, none where it is not graded. ``says`` are words that the supervisor must read about
    it (flags, repairs, or why it was not graded); without any it is told from an honest one by
    nothing, so nothing may be said. ``stock`` says why nbgrader was not tried with it, "" where it
    was. ``make`` spoils a :class:`Made`; of a session it is given the case and returns the
    answer."""

    name: str
    what: str
    make: Callable[[Any], Any]
    earns: tuple[Any, ...]
    says: tuple[str, ...]
    stock: str


@dataclass
class Group:
    """Those of one sort; ``stock`` is what theirs say when they don't say more."""

    title: str
    stock: str = ""
    members: list[Hostile] = field(default_factory=list)

    def add(
        self,
        what: str,
        *says: str,
        earns: Any = (HONEST,),
        stock: str | None = None,
    ) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """Declare one: a sentence, the words it must be told by, and what it earns."""

        def declare(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
            name = make.__name__.replace("_", "-")
            could = earns if isinstance(earns, tuple) else (earns,)
            why = self.stock if stock is None else stock
            self.members.append(Hostile(name, what, make, could, says, why))
            return make

        return declare
