"""What stands in the exchange in the place of a submission's files: never followed, opened or
copied, named in a sentence, and no hindrance to anybody else's."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from people import RIGHT, frozen

from iop_training.grading import files, inbound, intake
from iop_training.grading.collect import CollectReport, collect
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.files import Folder
from iop_training.grading.grade import grade

SECRET_TEXT = "what nobody may read"
JOURNAL = "answers/m01.jsonl"
WHOLE = ["answers/m01.jsonl", "m01.ipynb", "receipt.json", "timestamp.txt"]


@pytest.fixture
def sent(course: Path, tmp_path: Path) -> Callable[..., Path]:
    """Puts a sound submission into the exchange, as nbgrader would; the folder, to spoil."""
    ensure_exchange(course)

    def put(student: str, at: str = "2026-11-22 14:02:11") -> Path:
        made, _ = frozen(course, tmp_path / f"{student}{at}", student, RIGHT, "exchange")
        return made.rename(course / f"exchange/iop/inbound/{student}+m01+{at} UTC+x1")

    return put


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside with a file that is somebody else's."""
    (tmp_path / "elsewhere" / "answers").mkdir(parents=True)
    for name in ("m01.jsonl", "receipt.json", "m01.ipynb", "answers/m01.jsonl"):
        (tmp_path / "elsewhere" / name).write_text(SECRET_TEXT, encoding="utf-8")
    return tmp_path / "elsewhere"


def _taken(course: Path, student: str) -> list[str]:
    folder = course / "submitted" / student / "m01"
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())


def _everything(course: Path) -> str:
    files = [p for p in (course / "submitted").rglob("*") if not p.is_dir()]
    assert all(stat.S_ISREG(p.lstat().st_mode) and p.lstat().st_nlink == 1 for p in files)
    return "".join(p.read_text("utf-8", "replace") for p in files)


def _socket(path: Path, _: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may be 100 bytes long
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path, _: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # zeros without end
    except PermissionError:
        pytest.skip("this account can't make devices")


def _long(path: Path, _: Path) -> None:
    path.touch()
    os.truncate(path, 40_000_000_000)  # takes no place on the disk


SPOILT: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "link": (lambda p, there: p.symlink_to(there / p.name), "it is a link"),
    "link to nothing": (lambda p, _: p.symlink_to("nowhere"), "it is a link"),
    "link to itself": (lambda p, _: p.symlink_to(p.name), "it is a link"),
    "hard link": (lambda p, there: os.link(there / p.name, p), "it is a hard link"),
    "pipe": (lambda p, _: os.mkfifo(p), "it is a pipe (FIFO)"),
    "socket": (_socket, "it is a socket"),
    "device": (_device, "it is a device"),
    "folder": (lambda p, _: p.mkdir(), "it is a folder"),
    "long file": (_long, "it has more than"),
}


@pytest.mark.parametrize("name", [JOURNAL, "receipt.json", "m01.ipynb"])
@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_no_file_is_left_out(
    course: Path, sent: Callable[..., Path], elsewhere: Path, name: str, spoil: str
) -> None:
    folder = sent("ann")
    make, reason = SPOILT[spoil]
    (folder / name).unlink()
    make(folder / name, elsewhere)
    report = collect(course, "m01")
    assert len(report.refused) == 1
    assert f"{name} was left out: {reason}" in report.refused[0]
    assert report.refused[0].startswith(folder.name)
    # The released notebook stands in for one that is missing; for the rest nothing does.
    assert _taken(course, "ann") == [n for n in WHOLE if n != name or name == "m01.ipynb"]
    assert SECRET_TEXT not in _everything(course)


@pytest.mark.parametrize("spoil", ["link", "pipe", "file", "chain"])
def test_the_folder_of_the_answers_may_be_no_folder(
    course: Path, sent: Callable[..., Path], elsewhere: Path, spoil: str
) -> None:
    answers = sent("ann") / "answers"
    shutil.rmtree(answers)
    if spoil == "link":
        answers.symlink_to(elsewhere / "answers")
    elif spoil == "chain":
        (elsewhere / "two").symlink_to(elsewhere / "answers")
        answers.symlink_to(elsewhere / "two")
    elif spoil == "pipe":
        os.mkfifo(answers)
    else:
        answers.write_text(SECRET_TEXT, encoding="utf-8")
    report = collect(course, "m01")
    assert [r for r in report.refused if f"{JOURNAL} was left out: it is a" in r] == report.refused
    assert len(report.refused) == 1 and "not a folder" in report.refused[0]
    assert JOURNAL not in _taken(course, "ann") and SECRET_TEXT not in _everything(course)


def test_a_submission_that_is_no_folder_is_refused(
    course: Path, sent: Callable[..., Path], elsewhere: Path
) -> None:
    sent("zoe")
    place = course / "exchange/iop/inbound"
    names = {s: f"{s}+m01+2026-11-22 15:00:00 UTC+x" for s in ("ann", "ben", "cy", "dan")}
    (place / names["ann"]).symlink_to(elsewhere)
    os.mkfifo(place / names["ben"])
    (place / names["cy"]).write_text("x", encoding="utf-8")
    (place / names["dan"]).symlink_to("..")
    report = collect(course, "m01")
    assert [o.student for o in report.outcomes] == ["zoe"]
    assert sorted(p.name for p in (course / "submitted").iterdir()) == ["zoe"]
    for student, words in (("ann", "a link"), ("ben", "a pipe"), ("cy", "a file"), ("dan", "link")):
        assert any(names[student] in r and words in r for r in report.refused), student
    assert len(report.refused) == 4


def test_answers_that_cannot_be_taken_do_not_cost_earlier_ones(
    course: Path, sent: Callable[..., Path], elsewhere: Path
) -> None:
    sent("ann")
    collect(course, "m01")
    later = sent("ann", "2026-11-23 09:00:00")
    (later / JOURNAL).unlink()
    (later / JOURNAL).symlink_to(elsewhere / "m01.jsonl")
    report = collect(course, "m01")
    assert report.outcomes == [] and "what was collected before stays" in report.refused[-1]
    assert grade(course, "m01", ["ann"])[0].points == 5.0


@pytest.mark.parametrize("count", [1_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_submission_with_thousands_of_files_costs_no_more(
    course: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    folder = sent("ann")
    for n in range(count):
        (folder / f"f{n}").touch()
        (folder / "answers" / f"f{n}").touch()
    looks = []
    monkeypatch.setattr(
        Folder, "look", lambda s, n, look=Folder.look: looks.append(n) or look(s, n)
    )
    report = collect(course, "m01")
    assert len(looks) < 3 * inbound.MAX_LISTED
    assert len(report.refused) == 2 and "more than 200 files" in report.refused[0]
    assert _taken(course, "ann") == WHOLE and grade(course, "m01")[0].points == 5.0
    assert "Left behind: f1" in report.outcomes[0].notes[0]


def test_other_files_are_named_and_left_behind(course: Path, sent: Callable[..., Path]) -> None:
    folder = sent("ann")
    (folder / "notes\u202etxt.exe").write_text("x", encoding="utf-8")
    (folder / "Receipt.JSON").write_text("{}", encoding="utf-8")
    (folder / "answers" / "m01\u200b.jsonl").write_text("{}", encoding="utf-8")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / "door").symlink_to("/")
    report = collect(course, "m01")
    assert report.outcomes[0].notes == ("Left behind: notes\\u202etxt.exe.",)
    assert sorted(r.split("/", 1)[1] for r in report.refused) == [
        "Receipt.JSON was left out: its name looks like receipt.json and is another.",
        "answers/m01\\u200b.jsonl was left out: its name looks like answers/m01.jsonl and is "
        "another.",
        "door was left out: it is a link.",
    ]
    assert _taken(course, "ann") == WHOLE


def test_a_flood_of_hand_ins_buries_nobody(course: Path, sent: Callable[..., Path]) -> None:
    sent("ann")
    sent("ben")
    place = course / "exchange/iop/inbound"
    for n in range(inbound.MAX_HAND_INS + 30):
        (place / f"ann+m01+2020-01-01 00:00:00 UTC+{n:03}").mkdir()
        (place / f"x{n:03}+m01+2030-01-01 00:00:00 UTC+x").touch()
    report = collect(course, "m01")
    assert [(o.student, o.notes) for o in report.outcomes] == [("ann", ()), ("ben", ())]
    assert "ann handed in 81 times" in "".join(report.refused)
    assert report.refused[-1].endswith("60 more were not taken.")
    assert len(report.refused) == 22


def test_names_that_command_a_terminal_are_written_out(
    course: Path, sent: Callable[..., Path]
) -> None:
    sent("ann")
    place = os.fsencode(course / "exchange/iop/inbound")
    for name in (
        b"\x1b[2Jann",
        "ann\u202e".encode(),
        b"\xff\xfe",
        b"a\nb",
        b" ann",
        b"con",
        b"ann.",
    ):
        Path(os.fsdecode(place + b"/" + name + b"+m01+2026-12-24 10:00:00 UTC+x")).mkdir()
    Path(os.fsdecode(place + b"/ann+m01+\x1b[2J+x")).mkdir()
    report = collect(course, "m01")
    assert [o.student for o in report.outcomes] == ["ann"]
    assert len(report.refused) == 8 and all(r.isprintable() for r in report.refused)
    assert any("\\u001b[2Jann" in r for r in report.refused)
    assert [p.name for p in (course / "submitted").iterdir()] == ["ann"]


def test_a_full_disk_costs_nothing_that_was_there(
    course: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent("ann")
    collect(course, "m01")
    sent("ann", "2026-11-23 09:00:00")
    sent("ben")

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        report = collect(course, "m01")
    assert report.outcomes == [] and len(report.refused) == 2
    assert all("No space left on device" in r for r in report.refused)
    assert _taken(course, "ann") == WHOLE
    assert [o.result for o in collect(course, "m01").outcomes] == ["updated", "new"]


def test_another_accounts_files_are_not_taken(
    course: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sent("ann")
    if os.getuid():
        pytest.skip("only root can give files to other accounts")
    os.chown(folder, 4_711, 4_711)
    for path in folder.rglob("*"):
        os.chown(path, 4_711, 4_711)
    os.chown(folder / "receipt.json", 4_712, 4_712)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("\nc.CourseCollect.trust_chosen_ids = True\n")
    report = collect(course, "m01")
    assert "receipt.json was left out: it belongs to another account" in report.refused[0]
    assert "receipt.json" not in _taken(course, "ann") and JOURNAL in _taken(course, "ann")


@pytest.mark.parametrize("name", [JOURNAL, "receipt.json"])
def test_a_file_exchanged_between_look_and_open_gains_nothing(
    course: Path,
    sent: Callable[..., Path],
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Right after the look, a link, a pipe, or another file comes in its place; the other one's
    second name is gone again when it is asked for its number of names."""
    path = sent("ann") / name
    victim = elsewhere / path.name

    def race(way: str) -> CollectReport:
        def look(self: Folder, asked: str) -> os.stat_result:
            info = original(self, asked)
            if asked == path.name:
                path.unlink()
                {"link": path.symlink_to, "hard link": path.hardlink_to}.get(
                    way, lambda _: os.mkfifo(path)
                )(victim)
            return info

        def opened(*args: object, **more: object) -> int:
            descriptor = os_open(*args, **more)  # type: ignore[arg-type]
            if way == "hard link" and args[0] == path.name:
                path.unlink()
            return descriptor

        original, os_open = Folder.look, os.open
        path.unlink(missing_ok=True)
        path.write_text("{}", encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(Folder, "look", look)
            patch.setattr(files.os, "open", opened)
            return collect(course, "m01")

    for way in ("link", "pipe", "hard link"):
        shutil.rmtree(course / "submitted", ignore_errors=True)
        report = race(way)
        assert any(f"{name} was left out" in r for r in report.refused), way
        assert name not in _taken(course, "ann") and SECRET_TEXT not in _everything(course)


def test_a_folder_exchanged_after_the_look_gains_nothing(
    course: Path, sent: Callable[..., Path], elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sent("ann")
    has = intake.Intake.has

    def swap(*args: object) -> bool:
        if not folder.is_symlink():
            shutil.rmtree(folder)
            folder.symlink_to(elsewhere)
        return has(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(intake.Intake, "has", swap)
    report = collect(course, "m01")
    assert report.outcomes == [] and "it is a link, not a folder" in report.refused[0]
    assert not (course / "submitted").exists()


def test_a_file_that_grows_while_it_is_read_is_left_out(
    course: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sent("ann") / JOURNAL
    fstat = os.fstat

    def grown(descriptor: int) -> os.stat_result:
        if os.path.samestat(fstat(descriptor), path.stat()):
            with path.open("ab") as file:
                file.write(b"x")
        return fstat(descriptor)

    monkeypatch.setattr(files.os, "fstat", grown)
    report = collect(course, "m01")
    assert f"{JOURNAL} was left out: it was changed while it was read" in report.refused[0]
    assert JOURNAL not in _taken(course, "ann")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="descriptors can't be counted here")
def test_descriptors_are_given_back(course: Path, sent: Callable[..., Path]) -> None:
    for spoil in ("pipe", "link"):
        folder = sent(spoil)
        (folder / JOURNAL).unlink()
        SPOILT[spoil][0](folder / JOURNAL, folder)
    counts = []
    for _ in range(3):
        shutil.rmtree(course / "submitted", ignore_errors=True)
        assert len(collect(course, "m01").refused) == 2
        counts.append(len(list(Path("/proc/self/fd").iterdir())))
    assert counts[1] == counts[2]


def test_whatever_fails_stops_nobody_else(
    course: Path, sent: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: dict[str, Exception] = {
        "ann": RecursionError("deep"),
        "ben": PermissionError(13, "Permission denied"),
        "cy": OverflowError("far"),
    }
    for student in (*errors, "zoe"):
        sent(student)
    read = inbound.read

    def failing(folder: Folder, assignment: str) -> inbound.Found:
        if error := errors.get(folder.path.name.split("+")[0]):
            raise error
        return read(folder, assignment)

    monkeypatch.setattr(inbound, "read", failing)
    report = collect(course, "m01")
    assert [o.student for o in report.outcomes] == ["zoe"]
    for student, words in {"ann": "RecursionError", "ben": "Permission", "cy": "far"}.items():
        assert any(r.startswith(f"{student}+m01") and words in r for r in report.refused)


BROKEN = {
    "empty": b"",
    "torn": b'{"nbformat": 4, "cells": [{"cell_type": "ma',
    "no UTF-8": b'{"nbformat": 4, "cells": [], "x": "\xff\xfe"}',
    "UTF-16": '{"nbformat": 4, "cells": []}'.encode("utf-16"),
    "BOM": '\ufeff{"nbformat": 4, "cells": []}'.encode(),
    "deep": b'{"nbformat": 4, "cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "list": b'["cells", "nbformat"]',
    "text": b'"cells"',
    "number": b"1" * 10_000,
    "cells are no list": b'{"nbformat": 4, "cells": {"a": 1}}',
    "cells are numbers": b'{"nbformat": 4, "cells": [1, 2]}',
    "source is a number": b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}',
    "format 3": json.dumps({"nbformat": 3, "worksheets": [{"cells": []}]}).encode(),
    "format nine": b'{"nbformat": "9", "cells": []}',
    "merge": b'<<<<<<< HEAD\n{"nbformat": 4, "cells": []}\n=======\n{}\n>>>>>>> mine\n',
    "zeros": bytes(5_000),
}


def test_broken_notebooks_are_replaced_by_the_released_one(
    course: Path, sent: Callable[..., Path]
) -> None:
    students = {f"s{n:02}": raw for n, raw in enumerate(BROKEN.values())}
    for student, raw in students.items():
        (sent(student) / "m01.ipynb").write_bytes(raw)
    report = collect(course, "m01")
    assert report.refused == [] and len(report.outcomes) == len(BROKEN)
    released = (course / "release/m01/m01.ipynb").read_bytes()
    for outcome in report.outcomes:
        assert "Its notebook is damaged; the released one stands in." in outcome.notes[0]
        assert (course / f"submitted/{outcome.student}/m01/m01.ipynb").read_bytes() == released


def test_a_sound_notebook_stays_as_it_came(course: Path, sent: Callable[..., Path]) -> None:
    path = sent("ann") / "m01.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = "# mine"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert collect(course, "m01").outcomes[0].notes == ()
    assert "# mine" in (course / "submitted/ann/m01/m01.ipynb").read_text(encoding="utf-8")


def test_a_collect_that_was_killed_between_two_steps_goes_on(
    course: Path, sent: Callable[..., Path]
) -> None:
    sent("ann")
    collect(course, "m01")
    place = course / "submitted/ann"
    (place / "m01").rename(place / ".m01.old")
    (place / ".m01.new" / "answers").mkdir(parents=True)
    assert [o.result for o in collect(course, "m01").outcomes] == ["not newer"]
    assert _taken(course, "ann") == WHOLE
    later = sent("ann", "2026-11-23 09:00:00")
    (place / "m01").rename(place / ".m01.old")
    assert [o.result for o in collect(course, "m01").outcomes] == ["updated"]
    assert later.is_dir() and [p.name for p in place.iterdir()] == ["m01"]
