"""From draft to signed: marks hold for one text only, and nothing else of a file changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from content.course import write_course
from content.kinds import write_kinds
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.content.catalog import Catalog
from iop_training.content.checks import check_course
from iop_training.content.reviews import status_of
from iop_training.model import Review
from iop_training.signoff.marks import write_reviews

SIGNED = "name: Dana Lee\ncredential: LCSW\ndate: 2026-11-20\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path)


def run(course: Path, *words: str) -> tuple[int, str]:
    """Exit code and output of the command ``review m01 ...``."""
    result = CliRunner().invoke(app, ["review", "m01", "--course", str(course), *words])
    return result.exit_code, " ".join(result.output.split())


def bank(course: Path) -> Path:
    return course / "data" / "items" / "m01.yaml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def statuses(course: Path) -> dict[str, str]:
    catalog = Catalog.load(course)
    return {i.id: status_of(catalog, i) for i in catalog.items.values()}


def warnings(course: Path) -> list[str]:
    return [str(f) for f in check_course(course)[1] if f.level == "warning"]


def sheet(course: Path, head: str = SIGNED, **said: str) -> Path:
    """The sheet of a fresh packet, filled in: ``m01_q01="sign"``."""
    assert run(course)[0] == 0
    path = course / "review" / "m01-review.txt"
    text = re.sub(r"^Name:\nCredential:\nDate:\n", head, path.read_text(), flags=re.M)
    for item, answer in said.items():
        line = re.compile(rf"^({item.replace('_', '-')} .{{12}}:)$", re.M)
        text, found = line.subn(lambda m, a=answer: f"{m[1]} {a}", text)
        assert found == 1
    path.write_text(text)
    return path


def test_a_mark_holds_for_the_text_it_was_given_for_and_no_other(course: Path) -> None:
    code, said = run(course, "--mark", "source-checked", "--items", "m01-f01,m01-w01")
    assert (code, "2 questions marked source-checked: m01-f01, m01-w01." in said) == (0, True)
    assert statuses(course) == {
        "m01-f01": "source-checked",
        "m01-q01": "draft",
        "m01-q02": "draft",
        "m01-w01": "source-checked",
    }
    assert warnings(course) == []
    edit(bank(course), "Reason for practice option b", "Another reason for option b")
    assert statuses(course)["m01-f01"] == "draft"
    line = bank(course).read_text().split("review: ")[0].count("\n") + 1
    assert len(warnings(course)) == 1
    assert warnings(course)[0].startswith(f"data/items/m01.yaml:{line}: warning: m01-f01: the text")
    assert "iop-training review m01 --mark source-checked --items m01-f01" in warnings(course)[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "drops"),
    [
        ("items/m01.yaml", "Say why.", "Say how.", True),
        ("items/m01.yaml", "max_words: 50", "max_words: 60", True),
        ("rubrics/m01-w01.yaml", "Weighs two reasons", "Weighs three reasons", True),
        ("rubrics/m01-w01.yaml", "Anchor text of the first level", "Another text", True),
        ("items/m01.yaml", "    max_words: 50\n", "    max_words: 50\n    domain: scope\n", True),
        ("items/m01.yaml", "    max_words: 50\n", "    max_words: 50 # words\n", False),
        ("items/m01.yaml", "    max_words: 50\n", "    max_words: 50\n    form: A\n", False),
        (
            "items/m01.yaml",
            "    max_words: 50\n",
            "    max_words: 50\n    review_by: 2099-01-01\n",
            False,
        ),
    ],
)
def test_what_a_reviewer_judged_drops_the_mark_and_nothing_else_does(
    course: Path, file: str, old: str, new: str, drops: bool
) -> None:
    run(course, "--mark", "source-checked", "--items", "m01-w01")
    edit(course / "data" / file, old, new)
    assert statuses(course)["m01-w01"] == ("draft" if drops else "source-checked")


def test_a_mark_without_a_text_counts_as_draft_and_is_completed_with_its_own_date(
    course: Path,
) -> None:
    edit(
        bank(course),
        "    key: b\n",
        "    key: b\n    review: {status: source-checked, date: 2026-01-02}\n",
    )
    assert statuses(course)["m01-q01"] == "draft"
    assert "run: iop-training review m01 --mark source-checked" in warnings(course)[0]
    assert "m01-q01." in run(course, "--mark", "source-checked")[1]
    assert re.search(
        r"review: \{status: source-checked, date: 2026-01-02, content: .{12,14}\}\n",
        bank(course).read_text(),
    )
    assert statuses(course)["m01-q01"] == "source-checked"
    edit(bank(course), "Reason for graded option a", "Because of graded option a")
    assert "No question was newly marked" in run(course, "--mark", "source-checked")[1]
    assert statuses(course)["m01-q01"] == "draft"


FORMS = {
    "none": "",
    "line": "    review: {status: draft}   # as of May\n",
    "lines": "    review: {\n      status: source-checked,\n      date: 2026-01-02}\n",
    "block": "    review:   # by the book\n      # a note\n      status: signed # so\n"
    "      by: 'O''Brien'\n      # another\n      credential: LCSW\n\n      date: 2026-01-02\n",
    "odd": "    review:\n      date: 2026-01-02\n      by: Dana\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    "review",
    [
        Review(),
        Review(status="source-checked", date="2026-11-22", content="0" * 12),
        Review(status="signed", by="Ö: #1, “O'Hara”", credential="{LCSW}", date="2026-11-22"),
    ],
    ids=lambda r: r.status,
)
def test_only_review_lines_change(
    course: Path, form: str, newline: str, last: bool, review: Review
) -> None:
    path = bank(course)
    text = path.read_text().replace("    stem: |", FORMS[form] + "    stem: |  # asked")
    if last:  # nothing behind the review, not even a line break
        text = text.rstrip("\n").replace(FORMS[form], "") + "\n" + FORMS[form].rstrip("\n")
    path.write_bytes(text.replace("\n", newline).encode())
    before = path.read_bytes().decode().split(newline)
    target = "m01-w01" if last else "m01-q01"
    write_reviews(Catalog.load(course), {target: review})
    catalog = Catalog.load(course)
    assert catalog.items[target].review == review
    after = path.read_bytes().decode().split(newline)
    assert "\n" not in "".join(after)
    fields = re.compile(r"\s*(review|status|by|credential|date|content)\b.*|\s*[{}]?")
    assert [x for x in before if not fields.fullmatch(x)] == [
        x for x in after if not fields.fullmatch(x)
    ]
    for comment in re.findall(r"#.*", FORMS[form]):
        assert "\n".join(after).count(comment) == "\n".join(before).count(comment)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_name_comes_back_as_it_was(tmp_path_factory: Any, name: str) -> None:
    course = write_course(tmp_path_factory.mktemp("c"))
    review = Review(status="signed", by=name, credential="LPC", date="2026-11-22")
    write_reviews(Catalog.load(course), {"m01-q02": review})
    assert Catalog.load(course).items["m01-q02"].review == review


def test_a_sheet_signs_what_it_signs(course: Path) -> None:
    path = sheet(
        course,
        m01_q01="sign",
        m01_q02='change: option b says "always": see 42 CFR #2\n    and mind the dose',
        m01_w01="Signed.",
    )
    code, said = run(course, "--read", str(path))
    assert code == 1
    assert "2 questions marked signed: m01-q01, m01-w01." in said
    place = bank(course).read_text().split("id: m01-q02")[0].count("\n") + 1
    assert (
        f'data/items/m01.yaml:{place}: change: m01-q02: option b says "always": see 42 CFR #2 '
        "and mind the dose" in said
    )
    review = Catalog.load(course).items["m01-q01"].review
    assert (review.by, review.credential, str(review.date)) == ("Dana Lee", "LCSW", "2026-11-20")
    assert list(statuses(course).values()) == ["draft", "signed", "draft", "signed"]
    assert "2 questions had that mark already" in run(course, "--read", str(path))[1]
    assert "is signed by Dana Lee" in run(course, "--mark", "draft", "--items", "m01-q01")[1]
    edit(bank(course), "Which comes first in", "What comes first in")
    assert "not the one that Dana Lee signed on 2026-11-20" in warnings(course)[0]


def test_what_changed_since_printing_is_refused_by_name(course: Path) -> None:
    path = sheet(course, m01_q01="sign", m01_q02="sign")
    edit(bank(course), "key: b", "key: c")
    code, said = run(course, "--read", str(path))
    assert code == 1
    line = path.read_text().split("m01-q01 ")[0].count("\n") + 1
    assert f"m01-review.txt:{line}: m01-q01 is not the text that was printed any more" in said
    assert "1 question marked signed: m01-q02." in said


@pytest.mark.parametrize(
    ("head", "answer", "says"),
    [
        ("name: Dana Lee\ncredential:\ndate: 2026-11-20\n", "sign", "Credential is empty"),
        ("name:\ncredential: LCSW\ndate: 2026-11-20\n", "sign", "Name is empty"),
        ("name: D\ncredential: L\ndate: 20.11.2026\n", "sign", "write year, month and day"),
        ("name: D\ncredential: L\ndate: 2999-01-01\n", "sign", "still to come"),
        ("name: D\ncredentail: L\ndate: 2026-11-20\n", "sign", "did you mean 'Credential'"),
        (SIGNED, "yes", "'yes' is not known here; write: sign, or: change"),
        (SIGNED, "change", "change what?"),
        (SIGNED, "change a\nand then b", "is no line of this sheet"),
    ],
)
def test_a_sheet_that_cant_be_read_signs_nothing(
    course: Path, head: str, answer: str, says: str
) -> None:
    before = bank(course).read_bytes()
    path = sheet(course, head, m01_q01=answer, m01_q02="sign")
    code, said = run(course, "--read", str(path))
    assert code == 2
    assert re.search(rf"review/m01-review\.txt:\d+: .*{re.escape(says)}", said)
    assert bank(course).read_bytes() == before


def test_a_sheet_somebody_typed_in_is_never_written_over(course: Path) -> None:
    path = sheet(course, m01_q01="sign")
    typed = path.read_text()
    assert "typed in it" in run(course)[1]
    assert path.read_text() == typed


def test_a_source_nobody_looked_up_keeps_an_item_a_draft(course: Path) -> None:
    path = sheet(course, m01_f01="sign")
    edit(course / "data" / "references.yaml", "evidence: read", "evidence: known")
    assert "nobody has looked up its source 'guide'" in run(course, "--read", str(path))[1]
    assert run(course, "--mark", "source-checked", "--items", "m01-f01")[0] == 1
    assert set(statuses(course).values()) == {"draft"}


def test_only_a_sheet_makes_signed_and_names_must_fit(course: Path) -> None:
    assert "Only a sign-off sheet" in run(course, "--mark", "signed", "--items", "m01-q01")[1]
    assert "did you mean 'm01-q01'" in run(course, "--items", "m01-q11")[1]
    result = CliRunner().invoke(app, ["review", "m09", "--course", str(course)])
    assert (result.exit_code, "There is no module 'm09'" in result.output) == (2, True)


def test_check_counts_what_holds(course: Path) -> None:
    run(course, "--mark", "source-checked", "--items", "m01-f01")
    run(course, "--read", str(sheet(course, m01_q01="sign")))
    result = CliRunner().invoke(app, ["check", "--quick", "--course", str(course)])
    row = next(line.split() for line in result.output.splitlines() if line.startswith("m01"))
    assert row[-3:] == ["2", "1", "1"]


def test_a_mark_stands_by_its_own_item_for_every_kind(tmp_path: Path) -> None:
    course = write_kinds(tmp_path)
    ids = ",".join(Catalog.load(course).items)
    words = ["review", "m00", "--course", str(course), "--mark", "source-checked", "--items", ids]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert set(statuses(course).values()) == {"source-checked"}
