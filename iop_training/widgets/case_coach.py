"""The coach in a practice room: a word after a turn, fewer of them with every case that is done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from iop_training.model.case import Case, PlayCase
from iop_training.model.case_answer import CaseAnswer
from iop_training.model.case_codes import CODE_WORDS
from iop_training.responses import journal_path, read_journal
from iop_training.scoring.coach import Coach, coach, coach_on_request
from iop_training.simulation import Session
from iop_training.widgets.frame import is_case_page, manifest_pages
from iop_training.widgets.page import Page


class CaseCoach:
    """Who comments on the turns of one case. Silent in an assessed case, whose play part has
    nothing to say."""

    def __init__(self, page: Page, case: PlayCase) -> None:
        self._page, self._case = page, case
        self._earlier = finished_cases(page)
        self._said: dict[tuple[str, ...], dict[str, Any]] = {}

    def words(self, session: Session) -> dict[str, Any]:
        """What the coach says of the last line: ``coach`` unasked, ``more`` when asked (None where
        there is no more to say than that)."""
        if not isinstance(self._case, Case):
            return {"coach": None, "more": None}
        if session.chosen not in self._said:
            unasked = coach(self._case, session, self._earlier)
            whole = coach_on_request(self._case, session)
            self._said[session.chosen] = {
                "coach": self._shown(unasked),
                "more": self._shown(whole) if whole != unasked else None,
            }
        return self._said[session.chosen]

    def _shown(self, said: Coach | None) -> dict[str, Any] | None:
        if said is None:
            return None
        references = self._page.bundle.references if self._page.bundle else {}
        codes = [CODE_WORDS[code].name for code in said.codes]
        return {
            **said.model_dump(mode="json"),
            "codes": codes,
            "sources": cited(said.sources, references),
        }


def cited(keys: tuple[str, ...], references: Mapping[str, str]) -> list[str]:
    """The citations of sources."""
    return [references[key] for key in keys if key in references]


def finished_cases(page: Page) -> int:
    """In how many other practice cases of the workspace a session has reached an ending."""
    if page.workspace is None:
        return 0
    paths = [
        page.workspace.root / path
        for path, about in manifest_pages(page.workspace)
        if is_case_page(str(about.get("module", ""))) and about.get("module") != page.name
    ]
    return sum(_is_finished(path.stem, path.parent) for path in paths)


def _is_finished(name: str, folder: Path) -> bool:
    answers = read_journal(journal_path(folder, name)).answers.values()
    return any(_has_ended(answer.value) for answer in answers)


def _has_ended(value: Any) -> bool:
    try:
        return CaseAnswer.model_validate(value).counting is not None
    except ValueError:
        return False
