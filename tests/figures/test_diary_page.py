"""A client's diary cards: the picture, the sentences and the tables say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from content.diary import write_diary

from iop_training.content import strict_yaml
from iop_training.content.diaries import head_path, parse_diary
from iop_training.figures import diary_html
from iop_training.model import Diary


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    write_diary(tmp_path)
    document = strict_yaml.read(head_path(tmp_path, "reni"), tmp_path)
    parsed, faults = parse_diary(document, tmp_path, "reni")
    assert parsed and not faults
    return parsed


def sections(html: str) -> list[str]:
    return re.findall(r"<section.*?</section>", html, re.S)


def cells(html: str, name: str) -> list[str]:
    """What the row ``name`` of a table says, as it is read aloud."""
    row = re.search(rf"<th[^>]*>{name}</th>(.*?)</tr>", html, re.S)
    assert row, name
    spoken = re.sub(r'<span aria-hidden="true">[^<]*</span>', "", row[1])
    return [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", spoken, re.S)]


def test_is_there_a_picture_of_all_weeks_and_one_of_each(diary: Diary) -> None:
    html = str(diary_html(diary, "g"))
    assert html.count("<svg") == 5 and html.count('role="img"') == 5
    assert "currentColor" in html and not re.search("#0102|#0103", html)
    assert html == str(diary_html(diary, "g"))
    whole = html[: html.index("<section")]
    names = re.findall(r"<text[^>]*>([^<]*)</text>", whole)
    assert {"Week 1", "Week 4", "Urge to use", "Used", "Wise mind", "5", "10"} <= set(names)


def test_says_each_week_its_sentence_its_numbers_and_its_notes(diary: Diary) -> None:
    first, second, third, _ = sections(str(diary_html(diary, "g")))
    assert 'aria-label="Week 2"' in second
    assert second.count("Two short nights, then an urge of 5 and a day of use.") == 2
    assert cells(second, "Urge to use") == ["2", "2", "4", "5", "4", "3", "2"]
    assert cells(second, "Used") == ["no", "no", "no", "yes", "no", "no", "no"]
    assert cells(second, "Opposite action") == ["", "", "noted", "", "noted", "", ""]
    assert cells(third, "Shame")[2] == "not filled in"
    assert "“Baked through the night, again”" in second and "<ul" not in third
    assert "Long shift" in first


def test_is_the_first_week_chosen_by_native_radio_buttons(diary: Diary) -> None:
    html = str(diary_html(diary, 'a"b'))
    radios = re.findall(r"<input[^>]*>", html)
    assert len(radios) == 4 and all('type="radio" name="a&#34;b"' in radio for radio in radios)
    assert [radio.endswith(" checked>") for radio in radios] == [True, False, False, False]


def test_do_the_weeks_stand_side_by_side_in_a_table(diary: Diary) -> None:
    html = str(diary_html(diary, "g"))
    table = html[: html.index("<fieldset")]
    assert cells(table, "Days filled in") == ["7", "7", "6", "7"]
    assert cells(table, "Urge to use: mean") == ["1.6", "3.1", "3.5", "1.3"]
    assert cells(table, "Used: days") == ["0", "1", "1", "0"]
    assert cells(table, "Skills noted, times") == ["7", "7", "2", "8"]


def test_stays_hostile_text_text(diary: Diary) -> None:
    line = diary.lines[0].model_copy(update={"name": "<b>Urge</b> $x$"})
    day = diary.days[0].model_copy(update={"note": "<script>"})
    hostile = diary.model_copy(
        update={"lines": [line, *diary.lines[1:]], "days": [day, *diary.days[1:]], "title": "<i>"}
    )
    html = str(diary_html(hostile, "g"))
    assert "<script>" not in html and "<i>" not in html and "<b>Urge" not in html


def test_can_a_week_be_empty(diary: Diary) -> None:
    empty = [day.model_copy(update={"values": {}, "skills": []}) for day in diary.days[:7]]
    html = str(diary_html(diary.model_copy(update={"days": [*empty, *diary.days[7:]]}), "g"))
    assert cells(html, "Days filled in")[0] == "0"
    assert cells(html, "Urge to use: mean")[0] == "not known"
