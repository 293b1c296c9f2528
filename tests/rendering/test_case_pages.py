"""A session drawn for the supervisor and for the trainee, whatever there is of it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
import yaml
from content.sessions import ITEM, example_text, item_of
from simulation.cases import case_from

from iop_training.figures.case_curves import curves_svg
from iop_training.model.case import Case
from iop_training.model.case_codes import CODE_WORDS
from iop_training.model.kinds.case import CaseItem
from iop_training.rendering.case_feedback import case_feedback_html
from iop_training.rendering.debrief import debrief_html, sources_of
from iop_training.rendering.html import Html
from iop_training.rendering.items import body_html
from iop_training.scoring import score
from iop_training.scoring.case_work import CaseWork
from iop_training.scoring.debrief_words import REASON_WORDS
from iop_training.simulation.session import Session

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def case() -> Case:
    """The example, assessed, with hostile text wherever a page shows the case's words."""
    text = example_text().replace("You came anyway", f"You came anyway {HOSTILE}")
    text = text.replace("Nobody asked.", HOSTILE).replace("The letter\n", f"{HOSTILE}\n")
    text = text.replace("name: Theo", f'name: "{HOSTILE}"')
    return case_from(yaml.load(text, yaml.BaseLoader))


def work_on(case: Case, *runs: list[str], **more: Any) -> CaseWork:
    """The judged work of these runs."""
    saved = []
    for lines in runs:
        now = Session.start(case, "seed")
        for line in lines:
            now = now.choose(line)
        saved.append({"saved": now.to_list(), "ended": now.ended})
    detail = score(item_of(case), {"way": "session", "runs": saved, **more}).detail
    assert isinstance(detail, CaseWork)
    return detail


def plain(markup: str) -> str:
    """What a page says."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


@pytest.mark.parametrize("value", [None, {}, {"way": "in_person"}, {"way": "together"}])
def test_a_session_without_a_score_is_outlined(case: Case, value: Any) -> None:
    item = item_of(case)
    said = plain(body_html(item, value, None, []))
    assert said == "No session was begun." or said.endswith("did not reach an ending yet.")
    public = CaseItem.from_public(item.public())
    assert plain(body_html(public, value, None, [])) == said


def test_every_attempt_is_there_and_only_the_counting_one_open(case: Case) -> None:
    good = ["weight", "ask", "means", "together"]
    work = work_on(case, ["weight"], good, ["lecture", "rules"])
    value = {"way": "session", "runs": [{"saved": ["case/1", "a90", "seed"]}]}
    result = score(item_of(case), value).model_copy(update={"detail": work})
    page = body_html(item_of(case), value, result, [])
    assert page.count("<details") == 4 and page.count(" open>") == 1
    said = plain(page)
    assert "Attempt 1: paused after 1 turn" in said and "Attempt 3: ended after 2 turns" in said
    assert "If you leave now, I have to write it down" in said
    assert CODE_WORDS["confront"].meaning in said
    assert HOSTILE not in page and html.escape(HOSTILE) in page


def test_a_debrief_tells_what_mattered_first_and_hides_the_loop(case: Case) -> None:
    told = work_on(case, ["sit", "harmless", "alone", "number"]).debrief
    assert told
    drawing = Html(curves_svg(told.curves, [2]))
    page = debrief_html(told, {"suicide_words": "Words (2020)"}, drawing)
    said = plain(page)
    order = ["The story", "Turning points", "One goal", "The whole conversation, line by line"]
    assert [said.index(words) for words in order] == sorted(said.index(w) for w in order)
    assert "You first" not in said, "nothing was said yet"
    assert f"{REASON_WORDS['harm']}. In points: 1.6 were out of reach after it." in said
    assert "Source: Words (2020)" in said and "too few to judge" in said.lower()
    assert not re.search(r"\b(wrong|fail\w*|proficient)\b", said.lower().partition("turn 1")[0])
    loop = page[page.index("Try this turn again") :]
    assert "<details" in loop.partition("Theo and")[0] and HOSTILE not in page
    assert sources_of(told) == sorted(sources_of(told))


def test_feedback_on_a_run_that_does_not_count_shows_no_lines(case: Case) -> None:
    paused = plain(case_feedback_html("Theo", ITEM, work_on(case, ["weight"])))
    assert "stands where you left it" in paused and "You came anyway" not in paused
    assert "There is no session here yet" in plain(case_feedback_html("Theo", ITEM, None))
