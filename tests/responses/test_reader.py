"""The reader takes what can be taken from any file, and says what it did."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from factories import multiple, single
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iop_training.errors import ForeignJournalError, JournalError
from iop_training.model.remark import validate_remark
from iop_training.responses import Journal, journal_path, read_journal
from iop_training.responses.lines import encode

ITEMS = {"m01-q01": single(), "m01-q02": multiple(id="m01-q02")}
anywhere = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def journal_with(folder: Path, *answers: tuple[str, object]) -> Path:
    """A journal of ann in m01 with these answers; its path."""
    journal = Journal.open(folder, "m01", "m01", "ann", "release-1")
    for item, value in answers:
        journal.answer(item, value)
    return journal.path


def test_does_the_last_answer_count(tmp_path: Path) -> None:
    record = read_journal(journal_with(tmp_path, ("m01-q01", "a"), ("m01-q01", "b")), ITEMS)
    assert record.answers["m01-q01"].value == "b"
    assert record.answers["m01-q01"].attempts == 2
    assert record.repairs == []


def test_is_a_torn_last_line_left_out_and_the_next_answer_kept(tmp_path: Path) -> None:
    path = journal_with(tmp_path, ("m01-q01", "a"), ("m01-q01", "b"))
    path.write_bytes(path.read_bytes()[:-15])
    assert read_journal(path).answers["m01-q01"].value == "a"
    journal_with(tmp_path, ("m01-q01", "c"))
    record = read_journal(path, ITEMS)
    assert record.answers["m01-q01"].value == "c"
    assert record.repairs == ["Line 3 is torn or not JSON; it was left out."]


@given(cut=st.integers(0, 1500))
@anywhere
def test_is_every_prefix_of_a_journal_readable(tmp_path: Path, cut: int) -> None:
    path = journal_path(tmp_path, "m01")
    path.unlink(missing_ok=True)
    journal_with(tmp_path, ("m01-q01", "a"), ("m01-q02", ["a", "c"]), ("m01-q01", "b"))
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    part = read_journal(path, ITEMS)
    kept = whole[:cut].count(b"\n")
    values = [json.loads(line) for line in whole.split(b"\n")[:kept]]
    expected = {v["item"]: v["value"] for v in values if v["type"] == "answer"}
    found = {i: a.value for i, a in part.answers.items()}
    # A line whose only missing byte is its newline is whole.
    assert found == expected or len(whole[:cut].split(b"\n")[-1]) > 0


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=80),
            st.recursive(
                st.none() | st.booleans() | st.floats() | st.text(max_size=8),
                lambda c: st.lists(c, max_size=3) | st.dictionaries(st.text(max_size=6), c),
                max_leaves=6,
            ).map(lambda v: json.dumps(v).encode()),
            st.fixed_dictionaries(
                {
                    "v": st.sampled_from([1, "1", 2]),
                    "seq": st.integers() | st.text(max_size=3),
                    "type": st.sampled_from(["open", "answer", "remark", "handin", "x"]),
                    "name": st.sampled_from(["stance", "objection", "x", None, []]),
                    "item": st.sampled_from(["m01-q01", "m99-q01", None]),
                    "value": st.one_of(
                        st.none(), st.text(max_size=5), st.lists(st.integers(), max_size=3)
                    ),
                    "trainee": st.text(max_size=4) | st.none(),
                }
            ).map(lambda v: json.dumps(v).encode()),
        ),
        max_size=12,
    )
)
@anywhere
def test_does_no_file_ever_break_the_reader(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join(lines))
    record = read_journal(path, ITEMS)
    for item, answer in record.answers.items():
        ITEMS[item].validate_response(answer.value)
    for (_, name), remark in record.remarks.items():
        assert validate_remark(name, remark.value) == remark.value


def test_are_reordered_and_repeated_lines_put_right(tmp_path: Path) -> None:
    path = journal_with(tmp_path, ("m01-q01", "a"), ("m01-q01", "b"))
    first, second, third = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([first, third, second, third]) + b"\n")
    record = read_journal(path, ITEMS)
    assert record.answers["m01-q01"].value == "b"
    assert any("repeats an earlier line" in r for r in record.repairs)
    assert any("chain of lines is broken" in r for r in record.repairs)


def test_are_foreign_lines_named(tmp_path: Path) -> None:
    path = journal_with(tmp_path, ("m01-q01", "a"))
    other = {
        "type": "open",
        "trainee": "bob",
        "assignment": "m01",
        "notebook": "m01",
        "release": "r",
        "seed": "s",
    }
    with path.open("ab") as file:
        file.write(encode(9, "0" * 64, "2026-01-01T00:00:00Z", other))
    record = read_journal(path, ITEMS)
    assert record.trainee == "ann"
    assert any("'bob'" in r for r in record.repairs)


@pytest.mark.parametrize(
    ("item", "value", "why"),
    [
        ("m99-q01", "a", "does not ask"),
        ("m01-q01", "z", "can't be an answer"),
        ("m01-q02", {"a": 1}, "can't be an answer"),
        (7, "a", "names no item"),
    ],
)
def test_does_an_impossible_answer_leave_the_one_before(
    tmp_path: Path, item: object, value: object, why: str
) -> None:
    path = journal_with(tmp_path, ("m01-q01", "a"), ("m01-q02", ["a"]), (item, value))
    record = read_journal(path, ITEMS)
    assert {i: a.value for i, a in record.answers.items()} == {"m01-q01": "a", "m01-q02": ["a"]}
    assert why in record.repairs[0]


@pytest.mark.parametrize(
    ("item", "name", "value", "why"),
    [
        ("m99-q01", "objection", "x", "does not ask"),
        ("m01-q01", "stance", "maybe", "can't be a remark"),
        ("m01-q01", "objection", {"a": 1}, "can't be a remark"),
        ("m01-q01", "objection", "x" * 2001, "can't be a remark"),
        ("m01-q01", "other", "x", "can't be a remark"),
        (7, "objection", "x", "names no item"),
    ],
)
def test_does_an_impossible_remark_leave_the_one_before(
    tmp_path: Path, item: object, name: object, value: object, why: str
) -> None:
    journal = Journal.open(tmp_path, "m01", "m01", "ann", "r")
    journal.remark("m01-q01", "stance", "ask")
    journal.remark("m01-q01", "objection", "before")
    journal._append({"type": "remark", "item": item, "name": name, "value": value})
    record = read_journal(journal.path, ITEMS)
    assert record.said("objection") == {"m01-q01": "before"}
    assert record.said("stance") == {"m01-q01": "ask"}
    assert record.answers == {} and why in record.repairs[0]


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_are_links_and_pipes_refused(tmp_path: Path) -> None:
    real = journal_with(tmp_path, ("m01-q01", "a"))
    link, pipe = tmp_path / "link.jsonl", tmp_path / "pipe.jsonl"
    link.symlink_to(real)
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path):
        record = read_journal(path)
        assert record.answers == {} and "can't be read" in record.repairs[0]


def test_is_a_missing_journal_simply_empty(tmp_path: Path) -> None:
    record = read_journal(tmp_path / "none.jsonl")
    assert not record.exists and record.answers == {} and record.repairs == []


def test_is_active_time_counted_without_pauses(tmp_path: Path) -> None:
    path = tmp_path / "m01.jsonl"
    times = ["10:00:00", "10:04:00", "10:30:00", "10:31:00"]
    path.write_bytes(
        b"".join(
            encode(
                n,
                "0" * 64,
                f"2026-01-01T{t}.000Z",
                {"type": "answer", "item": "m01-q01", "value": "a"},
            )
            for n, t in enumerate(times)
        )
    )
    assert read_journal(path).minutes == 5.0


def test_is_another_persons_journal_left_alone(tmp_path: Path) -> None:
    path = journal_with(tmp_path, ("m01-q01", "a"))
    before = path.read_bytes()
    with pytest.raises(ForeignJournalError, match="belong to “ann”"):
        Journal.open(tmp_path, "m01", "m01", "bob", "release-1")
    with pytest.raises(ForeignJournalError, match="holds answers"):
        Journal.open(tmp_path, "m01", None, "ann", "release-1")
    assert path.read_bytes() == before


def test_is_a_full_disk_said_in_plain_words_and_nothing_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal.open(tmp_path, "m01", "m01", "ann", "r")
    journal.answer("m01-q01", "a")
    before = journal.path.read_bytes()
    write = os.write

    def half_then_full(descriptor: int, data: bytes) -> int:
        if len(data) < 40:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: len(data) // 2])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", half_then_full)
        with pytest.raises(JournalError, match="disk is full"):
            journal.answer("m01-q01", "b")
    assert journal.path.read_bytes() == before
    journal.answer("m01-q01", "c")
    assert journal.read().answers["m01-q01"].value == "c"
    assert journal.read().repairs == []


def test_is_a_folder_that_cannot_be_written_to_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file where the folder should be")
    with pytest.raises(JournalError, match="could not be saved"):
        Journal.open(tmp_path, "m01", "m01", "ann", "r")
