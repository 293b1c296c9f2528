"""Zips that came from people: hostile ones, and the many in what a learning system exports."""

from __future__ import annotations

import io
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from people import RIGHT, answer, frozen

from iop_training.grading import zips
from iop_training.grading.collect import CollectReport, collect
from iop_training.grading.grade import grade
from iop_training.responses.handin import freeze

STAMP = "20261122-140211"
JOURNAL = "answers/m01.jsonl"


def packed(entries: Mapping[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A zip as bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


@pytest.fixture(scope="module")
def handed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict]:
    """The files that a person hands in, by name."""
    made: dict[str, dict[str, bytes]] = {}

    def files(student: str) -> dict[str, bytes]:
        if student not in made:
            folder, _ = frozen(template, tmp_path_factory.mktemp(student), student, RIGHT)
            paths = [p for p in sorted(folder.rglob("*")) if p.is_file()]
            made[student] = {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}
        return dict(made[student])

    return files


@pytest.fixture
def take(course: Path, tmp_path: Path) -> Callable[[str, bytes], CollectReport]:
    """Collects one zip of this name."""

    def collected(name: str, content: bytes) -> CollectReport:
        path = tmp_path / "zips" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return collect(course, "m01", [path])

    return collected


def _submitted(course: Path) -> list[str]:
    place = course / "submitted"
    return sorted(str(p.relative_to(place)) for p in place.rglob("*") if p.is_file())


def _named(name: str, mode: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    entry.external_attr = mode << 16
    return entry


TRICKS = {
    "/answers/m01.jsonl": "a path from the top of a disk",
    "C:/receipt.json": "a path from the top of a disk",
    "../../../receipt.json": "leads out of the zip",
    "x/../answers/m01.jsonl": "leads out of the zip",
    "./receipt.json": "leads out of the zip",
    "answers\\m01.jsonl": "has a backslash in it",
    "receipt.json\0.txt": "has a NUL in it",
    "Answers/M01.jsonl": "looks like answers/m01.jsonl and is another",
    "ａnswers/m01.jsonl": "looks like answers/m01.jsonl and is another",
    "answers/m01.jsonl. ": "looks like answers/m01.jsonl and is another",
    "answers/m01\u202e.jsonl": "looks like answers/m01.jsonl and is another",
    "deeper.zip": "a zip in a zip, which is not opened",
}


def test_tricks_with_names_take_nothing_and_are_said(
    course: Path, take: Callable[..., CollectReport], handed: Callable[..., dict]
) -> None:
    entries = {_named(name): b"evil" for name in TRICKS}
    report = take(f"ann_m01_{STAMP}.zip", packed(entries | handed("ann")))
    assert [o.result for o in report.outcomes] == ["new"]
    assert len(report.refused) == len(TRICKS)
    for sentence, words in zip(report.refused, TRICKS.values(), strict=True):
        assert words in sentence and sentence.isprintable()
    assert _submitted(course) == [
        "ann/m01/answers/m01.jsonl",
        "ann/m01/m01.ipynb",
        "ann/m01/receipt.json",
        "ann/m01/timestamp.txt",
    ]
    assert grade(course, "m01")[0].points == 5.0


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (stat.S_IFLNK | 0o777, "it is a link"),
        (stat.S_IFIFO | 0o666, "it is a pipe, socket or device"),
        (stat.S_IFCHR | 0o666, "it is a pipe, socket or device"),
        (stat.S_IFSOCK | 0o666, "it is a pipe, socket or device"),
    ],
)
def test_what_is_no_file_in_a_zip_is_not_taken(
    course: Path,
    take: Callable[..., CollectReport],
    handed: Callable[..., dict],
    mode: int,
    words: str,
) -> None:
    files = handed("ann")
    journal = {_named(JOURNAL, mode): b"/etc/passwd"}
    del files[JOURNAL]
    report = take(f"ann_m01_{STAMP}.zip", packed(journal | files))
    assert report.outcomes == [] and len(report.refused) == 1
    assert f"{JOURNAL}: {words}" in report.refused[0]
    assert _submitted(course) == []


def _patched(content: bytes, at: Mapping[bytes, int], value: bytes) -> bytes:
    """The zip with ``value`` at an offset from each header of the kind named."""
    raw = bytearray(content)
    for signature, offset in at.items():
        start = raw.find(signature)
        while start >= 0:
            raw[start + offset : start + offset + len(value)] = value
            start = raw.find(signature, start + 4)
    return bytes(raw)


def _overlapping(files: Mapping[str, bytes]) -> bytes:
    """Many names for the same bytes: what it unpacks to is a multiple of what it holds."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for n in range(150):
            entry = _named(f"copy{n}")
            first = archive.filelist[0]
            for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(entry, field, getattr(first, field))
            archive.filelist.append(entry)
    return file.getvalue()


def _contents(number: int) -> bytes:
    """A zip of nothing but a table of contents with so many entries."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, *[0] * 6) + b"x"
    table = entry * number
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(table), 0, 0)
    return table + end


LOCAL, CENTRAL = b"PK\3\4", b"PK\1\2"


def _bombs(files: dict[str, bytes]) -> dict[str, tuple[bytes, str]]:
    sound = packed(files)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    journal = files[JOURNAL]
    flipped = stored.getvalue().replace(journal, journal[:-9] + b"X" + journal[-8:])
    small = struct.pack("<L", 30)
    return {
        "absurd ratio": (packed(files | {JOURNAL: bytes(31_000_000)}), "packed 200 times"),
        "declared too long": (packed(files | {JOURNAL: bytes(33_000_000)}), "more than 32,000,000"),
        "says less than it is": (_patched(sound, {LOCAL: 22, CENTRAL: 24}, small), "Bad CRC-32"),
        "encrypted": (_patched(sound, {LOCAL: 6, CENTRAL: 8}, b"\1\0"), "it is encrypted"),
        "wrong sum": (flipped, "Bad CRC-32"),
        "overlapping": (_overlapping(files), "shares its bytes"),
        "endless table": (_contents(400_000), "table of contents is too long"),
        "many entries": (_contents(60_000), "60,000 entries; 200 are the most"),
        "other method": (_patched(sound, {LOCAL: 8, CENTRAL: 10}, b"\x09\0"), "packed in a way"),
        "far away": (_patched(sound, {CENTRAL: 42}, b"\xff\xff\xff\x7f"), "shares its bytes"),
        "cut off": (sound[: len(sound) // 2], "can't be opened"),
        "empty": (b"", "can't be opened"),
        "no zip": (b"GIF89a" * 1_000, "can't be opened"),
        "empty zip": (packed({}), "holds nothing of m01"),
    }


def test_bombs_and_broken_zips_are_refused_and_nothing_is_unpacked(
    course: Path, tmp_path: Path, handed: Callable[..., dict]
) -> None:
    bombs = _bombs(handed("ann"))
    paths = []
    for n, (content, _) in enumerate(bombs.values()):
        paths.append(tmp_path / f"s{n:02}_m01_{STAMP}.zip")
        paths[-1].write_bytes(content)
    last = tmp_path / f"zoe_m01_{STAMP}.zip"
    last.write_bytes(packed(handed("zoe")))
    tracemalloc.start()
    report = collect(course, "m01", [*paths, last])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [o.student for o in report.outcomes] == ["zoe"]
    for path, (kind, (_, words)), sentence in zip(
        paths, bombs.items(), report.refused, strict=True
    ):
        assert sentence.startswith(path.name) and words in sentence, (kind, sentence)
    assert {name.split("/")[0] for name in _submitted(course)} == {"zoe"}
    assert peak < 60_000_000, "the table of 60,000 entries is the most that is held"


def test_zips_on_the_disk_are_not_followed_either(
    course: Path, tmp_path: Path, handed: Callable[..., dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "zips"
    folder.mkdir()
    sound = tmp_path / "sound.zip"
    sound.write_bytes(packed(handed("ann")))
    (folder / f"a_m01_{STAMP}.zip").symlink_to(sound)
    (folder / f"b_m01_{STAMP}.zip").hardlink_to(sound)
    os.mkfifo(folder / f"c_m01_{STAMP}.zip")
    (folder / f"d_m01_{STAMP}.zip").touch()
    os.truncate(folder / f"d_m01_{STAMP}.zip", 3_000_000_000)
    (folder / f"e_m01_{STAMP}.zip").mkdir()
    (folder / "f").symlink_to(folder)
    (folder / "notes.txt").touch()
    (tmp_path / "here").symlink_to(folder)
    report = collect(course, "m01", [folder, tmp_path / "here"])
    assert report.outcomes == [] and not (course / "submitted").exists()
    words = ["a link", "a hard link", "a pipe", "more than 2,000,000,000", "a link", "a link"]
    assert len(report.refused) == len(words)
    for sentence, reason in zip(report.refused, words, strict=True):
        assert reason in sentence


def test_folders_are_looked_into_within_limits(
    course: Path, tmp_path: Path, handed: Callable[..., dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "MAX_HAND_INS", 10)
    place = tmp_path / "zips"
    (place / "1/2/3/4").mkdir(parents=True)
    (place / "1/2/3" / f"ann_m01_{STAMP}.zip").write_bytes(packed(handed("ann")))
    (place / "1/2/3/4" / f"ben_m01_{STAMP}.zip").write_bytes(packed(handed("ben")))
    report = collect(course, "m01", [place])
    assert [o.student for o in report.outcomes] == ["ann"]
    assert "1/2/3/4: it is a folder too deep" in report.refused[0]
    for n in range(20):
        (place / "1" / f"f{n:02}").touch()
    report = collect(course, "m01", [place])
    assert any("more than 10 files; the rest was not looked at" in r for r in report.refused)


PEOPLE = ("ann", "b_c")
EXPORTS = {
    "Moodle, folders": "Doe Ånn-{n}_1234{n}_assignsubmission_file_/{name}",
    "Moodle, flat": "Doe Ånn-{n}_1234{n}_assignsubmission_file_{name}",
    "Moodle, newer": "Course 1-Doe {n}_1234{n}_assignsubmission_file/{name}",
    "Canvas": "doeann{n}_1234{n}_67890_{name}",
    "Canvas, late": "doeann{n}_LATE_1234{n}_67890_{name}",
    "Canvas, again": "doeann{n}_1234{n}_67890_{stem}-1.zip",
    "Blackboard": "Module 1_doe{n}_attempt_2026-11-22-14-05-0{n}_{name}",
    "Brightspace": "1234{n}-567 - Ann Doe - Nov 22, 2026 205 PM/{name}",
    "Sakai": "Module 1/Doe, Ann(doe{n})/Submission attachment(s)/{name}",
    "Classroom": "Ann Doe - {name}",
    "plain": "{name}",
    "a folder": "week 1/{stem} (2).ZIP",
}


def _exported(pattern: str, handed: Callable[..., dict]) -> dict[str, bytes]:
    result = {}
    for n, student in enumerate(PEOPLE):
        stem = f"{student}_m01_{STAMP}"
        name = pattern.format(n=n, name=f"{stem}.zip", stem=stem)
        result[name] = packed(handed(student))
    return result


@pytest.mark.parametrize(
    ("system", "unpacked"),
    [*((s, False) for s in EXPORTS), *((s, True) for s in ("Moodle, folders", "Canvas", "Sakai"))],
)
def test_what_a_learning_system_exports_is_taken(
    course: Path, tmp_path: Path, handed: Callable[..., dict], system: str, unpacked: bool
) -> None:
    entries = _exported(EXPORTS[system], handed)
    entries |= {
        "Module 1_doe_attempt_2026-11-22-14-05-00.txt": b"Name: Doe",
        "Doe_12345_assignsubmission_onlinetext_/onlinetext.html": b"<p>",
        "__MACOSX/._x.zip": b"x",
    }
    target = tmp_path / "submissions.zip"
    target.write_bytes(packed(entries))
    if unpacked:
        with zipfile.ZipFile(target) as archive:
            archive.extractall(tmp_path / "submissions")
        target = tmp_path / "submissions"
    told: list[tuple[int, int]] = []
    report = collect(course, "m01", [target], lambda *counts: told.append(counts))
    assert report.refused == []
    assert [(o.student, o.result, o.notes) for o in report.outcomes] == [
        (student, "new", ()) for student in PEOPLE
    ]
    for student in PEOPLE:
        taken = (course / "submitted" / student / "m01" / JOURNAL).read_bytes()
        assert taken == handed(student)[JOURNAL]
    assert told[-1][0] == told[-1][1]


def test_an_export_with_all_sorts_in_it(
    course: Path, take: Callable[..., CollectReport], handed: Callable[..., dict]
) -> None:
    bad = {
        "Roe_1_assignsubmission_file_/homework.zip": "the name is not <id>_<assignment>",
        "Roe_2_assignsubmission_file_/m01.ipynb": "it is no zip that the notebook made",
        f"Roe_3_assignsubmission_file_/cy_m02_{STAMP}.zip": "a submission of m02, not of m01",
        f"Roe_4_assignsubmission_file_/dan_m01_{STAMP}.zip": "can't be opened",
        "Roe_5_assignsubmission_file_/eve_m01_20269999-000000.zip": "no such time",
        f"../../fay_m01_{STAMP}.zip": "leads out of the zip",
        f"Roe_7_assignsubmission_file_/con_m01_{STAMP}.zip": "can't be an id",
        f"Roe_8_assignsubmission_file_/ü_m01_{STAMP}.zip": "the name is not",
    }
    inner = packed({"x.txt": b"x"})
    entries = dict.fromkeys(bad, inner) | {
        list(bad)[3]: b"no zip",
        list(bad)[6]: packed(handed("x")),
    }
    entries[f"Zoe_9_assignsubmission_file_/zoe_m01_{STAMP}.zip"] = packed(handed("zoe"))
    report = take("submissions.zip", packed(entries))
    assert [o.student for o in report.outcomes] == ["zoe"]
    for (name, words), sentence in zip(bad.items(), report.refused, strict=True):
        assert sentence.startswith(f"submissions.zip: {name}: "[:60]) and words in sentence
    assert {name.split("/")[0] for name in _submitted(course)} == {"zoe"}


def test_zips_in_zips_in_zips_are_not_opened(
    course: Path, take: Callable[..., CollectReport], handed: Callable[..., dict]
) -> None:
    person = packed({f"ann_m01_{STAMP}.zip": packed(handed("ann"))})
    report = take("all.zip", packed({"week1.zip": person, f"ann_m01_{STAMP}.zip": person}))
    assert report.outcomes == [] and _submitted(course) == []
    assert "all.zip: week1.zip: the name is not" in report.refused[0]
    assert "a zip in a zip, which is not opened" in report.refused[1]


def test_an_export_that_explodes_is_given_up(
    course: Path,
    take: Callable[..., CollectReport],
    handed: Callable[..., dict],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zips, "MAX_EXPORT", 60_000_000)
    entries = {f"a_m01_{STAMP}.zip": packed(handed("a"))}
    entries |= {f"x{n}_m01_{STAMP}.zip": bytes(25_000_000) for n in range(4)}
    report = take("all.zip", packed(entries))
    assert [o.student for o in report.outcomes] == ["a"]
    assert "packed 200 times" in report.refused[0]
    assert "unpacks to more than 60,000,000 bytes; the rest was not" in report.refused[-1]


def test_two_people_under_one_id_are_said(
    course: Path,
    take: Callable[..., CollectReport],
    template: Path,
    tmp_path: Path,
    handed: Callable[..., dict],
) -> None:
    other, _ = frozen(template, tmp_path / "other", "ann", {"m01-q01": "a"})
    theirs = {p.relative_to(other).as_posix(): p.read_bytes() for p in other.rglob("*.json*")}
    entries = {
        f"Doe Ann_1_assignsubmission_file_/ann_m01_{STAMP}.zip": packed(handed("ann")),
        "Roe Ann_2_assignsubmission_file_/ann_m01_20261123-090000.zip": packed(theirs),
    }
    report = take("submissions.zip", packed(entries))
    assert [o.result for o in report.outcomes] == ["new", "updated"]
    notes = " ".join(report.outcomes[1].notes)
    assert "Doe Ann_1 and Roe Ann_2 both handed in under this id; the newest counts." in notes
    assert "Two separate sets of answers were handed in under this id" in notes
    # Later, and by another way, the answers themselves still tell.
    again = take("ann_m01_20261124-090000.zip", packed(handed("ann")))
    assert "Two separate sets of answers" in again.outcomes[0].notes[0]


def test_handing_in_again_is_no_other_person(
    course: Path, tmp_path: Path, take: Callable[..., CollectReport]
) -> None:
    journal = answer(course, tmp_path / "work", "ann", {"m01-q01": "a"})
    for n, at in enumerate((STAMP, "20261123-090000")):
        made = tmp_path / f"made{n}"
        made.mkdir()
        freeze(journal, tmp_path / "work/m01.ipynb", made, 1, 3, "zip")
        files = {p.relative_to(made).as_posix(): p.read_bytes() for p in made.rglob("*.*")}
        report = take(f"ann_m01_{at}.zip", packed(files))
        assert [o.notes for o in report.outcomes] == [()]
        journal.answer("m01-q01", "b")


@pytest.mark.parametrize(("first", "second"), [("ann", "Ann"), ("b.C", "B.c")])
def test_ids_that_differ_in_capitals_only_share_no_folder(
    course: Path,
    take: Callable[..., CollectReport],
    handed: Callable[..., dict],
    first: str,
    second: str,
) -> None:
    assert take(f"{first}_m01_{STAMP}.zip", packed(handed(first))).refused == []
    report = take(f"{second}_m01_20261123-090000.zip", packed(handed(second)))
    assert report.outcomes == [] and "differs only in capitals" in report.refused[0]
    assert {name.split("/")[0] for name in _submitted(course)} == {first}


@pytest.mark.parametrize(
    ("name", "inside", "student"),
    [
        ("doe_12345_67890_ann", "ann", "ann"),
        ("doe_12345_67890_ann", "doe_12345_67890_ann", "doe_12345_67890_ann"),
        ("doe_12345_67890_ann", "ben", "ann"),
        ("big_ann", "ben", "big_ann"),
        ("copy of_ann", "ann", "ann"),
        ("Jürgen Müller_ann", "ann", "ann"),
    ],
)
def test_whose_it_is_where_a_name_can_be_read_in_two_ways(
    course: Path,
    take: Callable[..., CollectReport],
    handed: Callable[..., dict],
    name: str,
    inside: str,
    student: str,
) -> None:
    report = take(f"{name}_m01_{STAMP}.zip", packed(handed(inside)))
    assert [o.student for o in report.outcomes] == [student]
    flags = grade(course, "m01")[0].flags
    assert any("were given under the id" in flag for flag in flags) == (student != inside)
