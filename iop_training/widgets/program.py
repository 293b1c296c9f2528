"""The program's own facts in a learner's page: where they come from, and the pocket card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from iop_training.content.program import load_carried
from iop_training.errors import CourseError
from iop_training.model import Fact, ProgramFacts
from iop_training.model.program import NATIONAL, POCKET
from iop_training.rendering import style
from iop_training.responses.identity import find_workspace
from iop_training.widgets.assets import esm


def program_facts(folder: Path) -> ProgramFacts:
    """The facts as the workspace of ``folder`` carries them, or the exchange it hands in to where
    that has newer ones. Read anew each time; without any, everything is to be asked."""
    try:
        place = find_workspace(folder)
    except CourseError:
        return ProgramFacts()
    shared = [Path(place.root, place.exchange, place.course)] if place.exchange else []
    return load_carried([place.root, *shared])


class PocketCard(anywidget.AnyWidget):
    """The pocket card. ``parts`` are headings with facts; ``national`` are (number, what for)."""

    _esm = esm("pocket_card")
    _css = style()
    program = traitlets.Unicode("").tag(sync=True)
    national = traitlets.List().tag(sync=True)
    parts = traitlets.List().tag(sync=True)

    def __init__(self, facts: ProgramFacts) -> None:
        parts = [
            {"title": title, "facts": [_entry(fact) for fact in facts.facts(names)]}
            for title, names in POCKET
        ]
        name = ", ".join(part for part in (facts.program_name, facts.state) if part)
        super().__init__(program=name, national=[list(n) for n in NATIONAL], parts=parts)


def _entry(fact: Fact) -> dict[str, Any]:
    return {"label": fact.label, "lines": list(fact.lines)}
