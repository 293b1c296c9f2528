"""Collecting, submitting and fetching: the exchange and zips end in the same place."""

from __future__ import annotations

import json
import os
import re
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from people import RIGHT, answer, frozen, journal_of, workspace, zipped

from iop_training.errors import GradingError
from iop_training.grading.collect import collect
from iop_training.grading.exchange import ensure_exchange, private_mode
from iop_training.grading.feedback import generate_feedback, return_feedback
from iop_training.grading.fetch import fetch
from iop_training.grading.grade import grade
from iop_training.grading.handed_in import MAX_NOTEBOOK
from iop_training.grading.submit import submit
from iop_training.responses.handin import freeze, make_zip

SENT, EARLY = "20261122-140211", "20201122-140211"
YET_TO_COME = "20901122-140211"


def _collected(course: Path, student: str) -> Path:
    return course / "submitted" / student / "m01"


def _inbound(course: Path) -> Path:
    return course / "exchange" / "iop" / "inbound"


def _submit(course: Path, tmp_path: Path, student: str, answers: dict[str, Any]) -> Path:
    """Submit through the exchange; the learner's workspace."""
    ensure_exchange(course)
    place = tmp_path / f"{student}-place"
    if not place.exists():
        workspace(place, course / "exchange", student)
    number = len(list(tmp_path.glob(f"{student}-sent*")))
    folder, _ = frozen(course, tmp_path / f"{student}-sent{number}", student, answers, "exchange")
    result = submit(place, "m01", folder)
    assert result["ok"], result
    return place


def _stamp(**ahead: int) -> str:
    return f"{datetime.now(UTC) + timedelta(**ahead):%Y%m%d-%H%M%S}"


def _zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_zip_and_exchange_give_the_same_grade(course: Path, tmp_path: Path, gradebook: Any) -> None:
    _submit(course, tmp_path, "ann", RIGHT)
    report = collect(course, "m01", [zipped(course, tmp_path / "zip", "bob", RIGHT)])
    assert [(o.student, o.way, o.result, o.notes) for o in report.outcomes] == [
        ("ann", "exchange", "new", ()),
        ("bob", "zip", "new", ()),
    ]
    assert report.refused == []
    assert [(r.points, r.to_read, r.flags) for r in grade(course, "m01")] == [(5.0, 0, ())] * 2
    with gradebook() as book:
        ann, bob = (
            [(g.name, g.auto_score) for g in book.find_submission_notebook("m01", "m01", s).grades]
            for s in ("ann", "bob")
        )
    assert sorted(ann) == sorted(bob)


def test_the_newest_wins_whichever_way_it_came(course: Path, tmp_path: Path) -> None:
    _submit(course, tmp_path, "ann", {"m01-q01": "a"})
    _submit(course, tmp_path, "ann", {"m01-q01": "b"})
    first = collect(course, "m01")
    assert [o.result for o in first.outcomes] == ["new"]
    zips = [
        zipped(course, tmp_path / "early", "ann", {"m01-q01": "c"}, EARLY),
        zipped(course, tmp_path / "late", "ann", RIGHT, _stamp(hours=1)),
    ]
    second = collect(course, "m01", zips)
    assert [(o.way, o.result) for o in second.outcomes] == [
        ("exchange", "not newer"),
        ("zip", "not newer"),
        ("zip", "updated"),
    ]
    assert grade(course, "m01")[0].points == 5.0
    assert [o.result for o in collect(course, "m01", zips).outcomes] == ["not newer"] * 3


@pytest.fixture
def twice(course: Path, tmp_path: Path) -> Callable[[str, str], list[Path]]:
    """Two zips of one person with these times, the second with an answer more."""

    def made(first: str, second: str) -> list[Path]:
        journal = answer(course, tmp_path / "work", "ann", {"m01-q01": "b"})
        zips = []
        for number, stamp in enumerate((first, second), 1):
            (folder := tmp_path / str(number)).mkdir()
            freeze(journal, tmp_path / "work/m01.ipynb", folder, number, 3, "zip")
            zips.append(make_zip(folder, tmp_path / f"ann_m01_{stamp}.zip"))
            journal.answer("m01-q02", ["a", "c"])
        return zips

    return made


def test_what_has_more_of_the_answers_wins_when_a_clock_was_set_back(
    course: Path, twice: Callable[..., list[Path]]
) -> None:
    first, second = twice(SENT, EARLY)
    assert [o.result for o in collect(course, "m01", [first]).outcomes] == ["new"]
    [outcome] = collect(course, "m01", [second]).outcomes
    assert outcome.result == "updated" and "its answers the newer" in outcome.notes[0]
    [outcome] = collect(course, "m01", [first]).outcomes
    assert outcome.result == "not newer" and "its answers the older" in outcome.notes[0]
    assert grade(course, "m01")[0].points == 5.0


@pytest.mark.parametrize("turned", [False, True])
def test_a_time_that_is_yet_to_come_is_in_nobodys_way(
    course: Path, tmp_path: Path, turned: bool
) -> None:
    zips = [
        zipped(course, tmp_path / "ahead", "ann", {"m01-q01": "c"}, YET_TO_COME),
        zipped(course, tmp_path / "now", "ann", RIGHT, _stamp()),
    ]
    zips = zips[::-1] if turned else zips
    collect(course, "m01", zips)
    assert [o.result for o in collect(course, "m01", zips).outcomes] == ["not newer"] * 2
    assert grade(course, "m01")[0].points == 5.0


def test_a_clock_that_was_ahead_is_in_nobodys_way_in_the_exchange(
    course: Path, tmp_path: Path
) -> None:
    _submit(course, tmp_path, "ann", {"m01-q01": "c"})
    [sent] = _inbound(course).iterdir()
    ahead = sent.rename(sent.with_name(re.sub(r"20\d\d-", "2090-", sent.name)))
    stamp = ahead / "timestamp.txt"
    stamp.write_text("2090" + stamp.read_text(encoding="utf-8")[4:], encoding="utf-8")
    assert [o.result for o in collect(course, "m01").outcomes] == ["new"]
    _submit(course, tmp_path, "ann", RIGHT)
    assert [o.result for o in collect(course, "m01").outcomes] == ["updated"]
    assert [o.result for o in collect(course, "m01").outcomes] == ["not newer"]
    assert grade(course, "m01")[0].points == 5.0


def test_an_unreadable_time_gives_way(course: Path, tmp_path: Path) -> None:
    zips = [zipped(course, tmp_path / "zip", "ann", RIGHT, EARLY)]
    collect(course, "m01", zips)
    (_collected(course, "ann") / "timestamp.txt").write_text("yesterday or so", encoding="utf-8")
    assert [o.result for o in collect(course, "m01", zips).outcomes] == ["updated"]


def test_nbgraders_command_collects_the_same(course: Path, tmp_path: Path, program: Any) -> None:
    _submit(course, tmp_path, "ann", RIGHT)
    result = program("-m", "nbgrader", "collect", "m01", cwd=course)
    assert result.returncode == 0, result.stderr
    assert sorted(p.name for p in _collected(course, "ann").iterdir()) == [
        "answers",
        "m01.ipynb",
        "receipt.json",
        "submission_secret.txt",
        "timestamp.txt",
    ]


def test_feedback_goes_round_the_exchange(course: Path, tmp_path: Path) -> None:
    place = _submit(course, tmp_path, "ann", RIGHT)
    assert fetch(place, "m01") == {"ok": True, "files": []}
    collect(course, "m01", [zipped(course, tmp_path / "zip", "bob", RIGHT)])
    grade(course, "m01")
    generate_feedback(course, "m01")
    assert [(r.student, r.way) for r in return_feedback(course, "m01")] == [
        ("ann", "exchange"),
        ("bob", "file"),
    ]
    result = fetch(place, "m01")
    assert result["ok"] and len(result["files"]) == 1
    assert re.fullmatch(
        r"assignments/m01/feedback/\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d/m01\.html", result["files"][0]
    )
    assert "5 of 9 points" in (place / result["files"][0]).read_text(encoding="utf-8")
    other = workspace(tmp_path / "cy-place", course / "exchange", "cy")
    assert fetch(other, "m01") == {"ok": True, "files": []}


def test_the_programs_print_one_json_line(course: Path, tmp_path: Path, program: Any) -> None:
    ensure_exchange(course)
    place = workspace(tmp_path / "place", course / "exchange", "ann")
    folder, _ = frozen(course, tmp_path / "sent", "ann", RIGHT, "exchange")
    module = "iop_training.grading.{}"
    sent = program(
        "-m",
        module.format("submit"),
        "--workspace",
        place,
        "--assignment",
        "m01",
        "--folder",
        folder,
        cwd=tmp_path,
    )
    result = json.loads(sent.stdout)
    assert result["ok"] and result["file"].startswith("ann+m01+") and result["timestamp"]
    assert sent.stdout.count("\n") == 1
    got = program(
        "-m", module.format("fetch"), "--workspace", place, "--assignment", "m01", cwd=tmp_path
    )
    assert json.loads(got.stdout) == {"ok": True, "files": []}


@pytest.mark.parametrize(
    ("exchange", "student", "words"),
    [
        (None, "ann", "has no exchange"),
        ("exchange", None, "choose one on Start here"),
        ("nowhere", "ann", "directory"),
    ],
)
def test_submitting_says_what_is_missing(
    course: Path, tmp_path: Path, exchange: str | None, student: str | None, words: str
) -> None:
    ensure_exchange(course)
    place = workspace(tmp_path / "place", course / exchange if exchange else None, student)
    folder, _ = frozen(course, tmp_path / "sent", "ann", RIGHT, "exchange")
    result = submit(place, "m01", folder)
    assert not result["ok"] and words in result["message"]
    assert "your answers are saved" in result["message"]


def test_the_exchange_is_prepared_once_and_follows_the_release(course: Path) -> None:
    assert ensure_exchange(course) == ["m01"]
    assert ensure_exchange(course) == []
    (course / "release" / ".m01.old").mkdir()
    (course / "release" / ".m01.old" / "m01.ipynb").touch()
    (course / "release" / "m01" / "m01.items.json").write_text("{}", encoding="utf-8")
    assert ensure_exchange(course) == ["m01"]
    base = course / "exchange" / "iop"
    modes = {p.name: oct(p.stat().st_mode & 0o7777) for p in (base, *base.iterdir())}
    assert modes == {
        "iop": "0o755",
        "outbound": "0o755",
        "inbound": "0o2733",
        "feedback": "0o711",
        "program.json": "0o644",
    }


def test_a_submission_under_anothers_account_is_refused(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _submit(course, tmp_path, "ann", RIGHT)
    monkeypatch.setattr(os, "getuid", lambda: 12_345)
    report = collect(course, "m01")
    assert report.outcomes == [] and len(report.refused) == 1
    assert "names 'ann' but was put there by the account" in report.refused[0]
    assert "trust_chosen_ids" in report.refused[0]
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("\nc.CourseCollect.trust_chosen_ids = True\n")
    assert [o.student for o in collect(course, "m01").outcomes] == ["ann"]


def test_a_forged_newer_one_does_not_hide_the_real_one(course: Path, tmp_path: Path) -> None:
    _submit(course, tmp_path, "ann", RIGHT)
    for name in (
        "ann+m01+2031-01-01 10:00:00 UTC+x",
        "..+m01+2031-01-01 10:00:00 UTC+x",
        "ann+m01+never+x",
        "ann+m01",
    ):
        path = _inbound(course) / name
        path.symlink_to(course) if name.startswith("ann+m01+2031") else path.mkdir()
    report = collect(course, "m01")
    assert [o.student for o in report.outcomes] == ["ann"] and len(report.refused) == 3
    assert grade(course, "m01")[0].points == 5.0
    assert (course / "release" / "m01").is_dir() and not (course / "m01").exists()


def test_links_and_other_files_in_a_submission_are_left_behind(
    course: Path, tmp_path: Path
) -> None:
    _submit(course, tmp_path, "ann", RIGHT)
    sent = next(_inbound(course).iterdir())
    (sent / "extra.py").write_text("x", encoding="utf-8")
    (sent / "receipt.json").unlink()
    (sent / "receipt.json").symlink_to(course / "gradebook.db")
    os.mkfifo(sent / "pipe")
    report = collect(course, "m01")
    assert "receipt.json was left out: it is a link" in report.refused[0]
    assert sorted(p.name for p in _collected(course, "ann").iterdir()) == [
        "answers",
        "m01.ipynb",
        "submission_secret.txt",
        "timestamp.txt",
    ]


def test_zips_take_only_what_is_known(course: Path, tmp_path: Path) -> None:
    folder, _ = frozen(course, tmp_path / "made", "ann", RIGHT)
    entries = {
        f"ann/{p.relative_to(folder).as_posix()}": p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file()
    }
    extra = {
        "../../evil.txt": b"x",
        "/etc/evil": b"x",
        "ann/submission_secret.txt": b"s",
        "__MACOSX/answers/m01.jsonl": b"x",
        "answers/m02.jsonl": b"x",
    }
    path = _zip(tmp_path / f"ann_m01_{SENT} (1).zip", entries | extra)
    assert [o.result for o in collect(course, "m01", [path]).outcomes] == ["new"]
    assert sorted(
        str(p.relative_to(course / "submitted"))
        for p in (course / "submitted").rglob("*")
        if p.is_file()
    ) == [
        "ann/m01/answers/m01.jsonl",
        "ann/m01/m01.ipynb",
        "ann/m01/receipt.json",
        "ann/m01/timestamp.txt",
    ]
    assert grade(course, "m01")[0].points == 5.0


@pytest.mark.parametrize(("notebook", "word"), [(None, "missing"), (b"{", "damaged")])
def test_the_released_notebook_stands_in(
    course: Path, tmp_path: Path, notebook: bytes | None, word: str
) -> None:
    folder, _ = frozen(course, tmp_path / "made", "ann", RIGHT)
    entries = {"answers/m01.jsonl": journal_of(folder).read_bytes()}
    if notebook:
        entries["m01.ipynb"] = notebook
    outcome = collect(course, "m01", [_zip(tmp_path / f"ann_m01_{SENT}.zip", entries)]).outcomes[0]
    assert f"notebook is {word}" in outcome.notes[0]
    assert grade(course, "m01")[0].points == 5.0


def test_a_zip_without_answers_is_noted(course: Path, tmp_path: Path) -> None:
    path = _zip(tmp_path / f"ann_m01_{SENT}.zip", {"m01.ipynb": b"{}"})
    assert "It has no answers in it" in collect(course, "m01", [path]).outcomes[0].notes[-1]


def _bad_zips(tmp_path: Path) -> dict[str, Path]:
    link = zipfile.ZipInfo("answers/m01.jsonl")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    linked = tmp_path / f"link_m01_{SENT}.zip"
    with zipfile.ZipFile(linked, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    broken = tmp_path / f"broken_m01_{SENT}.zip"
    broken.write_bytes(b"PK\x03\x04 nothing")
    packed = tmp_path / f"packed_m01_{SENT}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("receipt.json", b"{}")
    bomb = {"receipt.json": b"0" * 20_000_000}
    twice = {"receipt.json": b"{}", "x/receipt.json": b"{}"}
    return {
        "nothing of m01": linked,
        "can't be opened": broken,
        "packed in a way": packed,
        "more than 10,000 bytes": _zip(tmp_path / f"bomb_m01_{SENT}.zip", bomb),
        "two files named": _zip(tmp_path / f"twice_m01_{SENT}.zip", twice),
        "201 entries": _zip(tmp_path / f"many_m01_{SENT}.zip", {f"{n}": b"" for n in range(201)}),
        "submission of m02": _zip(tmp_path / f"ann_m02_{SENT}.zip", {}),
        "the name is not": _zip(tmp_path / f".._m01_{SENT}.zip", {}),
        "no such time": _zip(tmp_path / "ann_m01_20309999-140211.zip", {}),
        "No such file": tmp_path / f"gone_m01_{SENT}.zip",
    }


def test_bad_zips_are_refused_by_name_and_stop_nobody(course: Path, tmp_path: Path) -> None:
    bad = _bad_zips(tmp_path)
    report = collect(course, "m01", [*bad.values(), zipped(course, tmp_path / "ok", "zoe", RIGHT)])
    assert [o.student for o in report.outcomes] == ["zoe"]
    assert len(report.refused) == len(bad)
    for (words, path), sentence in zip(bad.items(), report.refused, strict=True):
        assert sentence.startswith(path.name) and words in sentence


def test_a_huge_notebook_does_not_cost_the_answers(course: Path, tmp_path: Path) -> None:
    path = zipped(course, tmp_path / "ok", "zoe", RIGHT)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["m01.ipynb"] = b"0" * (MAX_NOTEBOOK + 1)
    report = collect(course, "m01", [_zip(tmp_path / f"zoe_m01_{SENT}.zip", files)])
    assert [o.student for o in report.outcomes] == ["zoe"] and report.refused == []
    assert grade(course, "m01", ["zoe"])[0].points == 5


def test_collecting_needs_a_release(course: Path) -> None:
    with pytest.raises(GradingError, match="m02 is not released"):
        collect(course, "m02")


def test_submissions_are_closed_to_others_where_accounts_allow(tmp_path: Path) -> None:
    tmp_path.chmod(0o2733)
    owner = tmp_path.stat()
    assert private_mode(tmp_path, owner.st_uid, [owner.st_gid]) == 0o700
    stranger = owner.st_uid + 1
    assert private_mode(tmp_path, stranger, [owner.st_gid + 1]) == 0o770
    assert private_mode(tmp_path, stranger, [owner.st_gid]) is None
    tmp_path.chmod(0o733)
    assert private_mode(tmp_path, stranger, [owner.st_gid + 1]) is None
