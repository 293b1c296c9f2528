"""Static HTML: everything escaped, everything said in words."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from factories import EVERY_KIND, multiple, single, written
from hypothesis import given
from hypothesis import strategies as st
from rendering.cards import item_html

from iop_training.model import Reference
from iop_training.rendering import Summary, answer_text_html, summary_html
from iop_training.scoring import score

REFERENCES = {
    "guide": Reference.model_validate(
        {"title": "A guide", "publisher": "Somebody", "year": 2020, "evidence": "known"}
    )
}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>&\"' $x$ **b** `c`"
ANSWERS: dict[str, Any] = {
    "single_choice": "b",
    "multiple_choice": ["a", "b"],
    "written": HOSTILE,
    "ordering": ["wait", "look", "call", "naloxone"],
    "matching": {"p1": "a3", "p2": "a1"},
    "categorise": {"e1": "counts", "e2": "counts"},
    "numeric": HOSTILE,
    "short_text": HOSTILE,
    "form": {"level": "a", "signs": ["a", "b"]},
    "schedule": {"days": {"group_a": "mon", "lunch": "mon"}, "counts": ["lunch"]},
    "defects": {"lines": ["name", "what"], "missing": ["photo"]},
    "coding": {"l1": "open", "l3": "open"},
    "plan": {"signs": {"picked": ["s_a", "s_c"], "own": HOSTILE}},
    "board": ["file", "send_home", "talk"],
    "chain": {
        "pieces": {"bus": "before", "weak": "thought"},
        "breaks": {"ana": "feeling", "boss": ""},
        "own": {"use": HOSTILE},
    },
    "referral": {"signs": {"g_a": "ready", "g_c": "ready"}, "decision": "at_once", "steps": {}},
}


class Tags(HTMLParser):
    """Collects the tags and attributes a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_is_a_hostile_text_shown_and_not_run(kind: str) -> None:
    item = EVERY_KIND[kind](stem=HOSTILE)
    value = ANSWERS[kind]
    page = Tags(item_html(item, value, score(item, value), [], REFERENCES))
    assert not {"script", "img"} & set(page.tags)
    assert not [a for a in page.attributes if a.startswith("on")]
    assert page.open == []


@given(st.text())
def test_is_every_typed_answer_one_harmless_block(text: str) -> None:
    page = answer_text_html(text)
    assert "\n" not in page and page.startswith("<div")
    assert set(Tags(page).tags) <= {"div", "p", "br"}


@given(st.text(alphabet="<>&\"'ab \n$\\*_`#", max_size=40))
def test_can_every_typed_character_be_read_again(text: str) -> None:
    class Texts(HTMLParser):
        seen = ""

        def handle_data(self, data: str) -> None:
            self.seen += data

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.seen += " "

    reader = Texts()
    reader.feed(answer_text_html(text))
    reader.close()
    assert reader.seen.split() == text.split()


def test_does_the_card_say_what_was_chosen_and_why() -> None:
    item = multiple()
    text = item_html(item, ["a", "b"], score(item, ["a", "b"]), list("edcba"), REFERENCES)
    assert "0 of 2 points" in text
    assert "Chosen: " in text and "Not chosen: " in text
    for words in ("Yes. ", "Not yet. ", "This belongs here. ", "Rightly left. "):
        assert words in text
    assert "Somebody (2020). A guide." in text
    assert text.index("Option e") < text.index("Option a")


def test_does_single_choice_point_out_the_better_answer() -> None:
    item = single()
    text = item_html(item, "a", score(item, "a"), [], REFERENCES)
    assert "Not yet. " in text and "The better answer. " in text and "Rightly left" not in text


def test_is_harm_named_only_where_it_was_chosen() -> None:
    options = [
        {
            "id": i,
            "text": f"Option {i}",
            "rationale": "Because",
            **({"harm": "serious", "harm_reason": "Somebody could die"} if i == "a" else {}),
        }
        for i in "abc"
    ]
    item = single(options=options)
    chosen = item_html(item, "a", score(item, "a"), [], REFERENCES)
    left = item_html(item, "b", score(item, "b"), [], REFERENCES)
    assert "This could seriously harm a client. Somebody could die" in chosen.replace("</b>", "")
    assert "Somebody could die" not in left


def test_does_a_blank_answer_say_so() -> None:
    item = written()
    text = item_html(item, None, score(item, None), [], REFERENCES)
    assert "No answer was written." in text and "no answer" in text


def test_does_the_summary_put_flags_first_and_bound_long_lists() -> None:
    text = summary_html(
        Summary(
            "Title<b>",
            3,
            5,
            "today",
            12.4,
            2,
            "f" * 64,
            repairs=[f"Line {n}" for n in range(50)],
            flags=["Look"],
        )
    )
    assert "Title&lt;b&gt;" in text and "3 of 5" in text and "about 12 minutes" in text
    assert text.index("Look") < text.index("Receipt code")
    assert "and 30 more" in text


def test_does_an_ordering_show_the_order_given_and_where_lines_belong() -> None:
    item = EVERY_KIND["ordering"]()
    value = ["wait", "look", "call", "naloxone"]
    text = item_html(item, value, score(item, value), [], REFERENCES)
    assert text.index("Step wait") < text.index("Step look") < text.index("Step call")
    assert text.count("Not yet. ") == 2 and text.count("Yes. ") == 3
    assert "Better: </b>place 4 of 4. " in text and "“Step wait” before “Step call”" in text
    assert "Somebody could die while you wait" in text
    blank = item_html(item, [], score(item, []), ["call", "wait", "look", "naloxone"], REFERENCES)
    assert "No order was given." in blank and blank.index("Step call") < blank.index("Step wait")


def test_does_a_match_show_both_sides_and_what_would_fit() -> None:
    item = EVERY_KIND["matching"]()
    value = ANSWERS["matching"]
    text = item_html(item, value, score(item, value), [], REFERENCES)
    assert "Line p1" in text and "<b>Place a3</b>" in text and "Better: </b>Place a2. " in text
    assert "<i>no answer</i>" in text and "No answer here yet. " in text
    assert "This could seriously harm a client. " in text


def test_does_a_form_show_each_field_with_its_points() -> None:
    item = EVERY_KIND["form"]()
    value = ANSWERS["form"]
    page = item_html(item, value, score(item, value), [], REFERENCES)
    assert page.index("Field level") < page.index("0 of 2 points") < page.index("Field signs")
    assert "No order was given." in page and "0 of 6 points" in page
    for words in ("Not yet. ", "The better answer. ", "This belongs here. "):
        assert words in page


def test_does_a_referral_show_its_board_and_then_the_reasons() -> None:
    item = EVERY_KIND["referral"]()
    value = ANSWERS["referral"]
    page = item_html(item, value, score(item, value), ["g_c", "g_a"], REFERENCES)
    board, _, reasons = page.partition("Sign by sign")
    assert board.index("Speaks for it") < board.index("Sign g_c") < board.index("Sign g_a")
    assert board.index("Sign g_a") < board.index("Speaks for waiting") and "Sign g_d" not in board
    assert "Without a place: 2" in board and "It would come too early" in reasons
    assert "No answer here yet. </b><b>Better: </b>Speaks for waiting. " in reasons
    assert "The better answer. " in reasons and "The nights could get worse" in reasons
    assert "Nothing here" in reasons.partition("Who does this")[2]
    unscored = item_html(item, value, None, [], REFERENCES)
    assert "Sign by sign" not in unscored and "Because" not in unscored


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_is_nothing_on_a_page_to_press(kind: str) -> None:
    item = EVERY_KIND[kind]()
    for value in (ANSWERS[kind], None):
        for result in (score(item, value), None):
            page = Tags(item_html(item, value, result, [], REFERENCES))
            assert not {"input", "button", "select", "textarea"} & set(page.tags)
