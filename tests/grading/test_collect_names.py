"""Any name at all: what it is read as, how it is shown, and what it can't do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iop_training.errors import CourseError, WorkspaceError
from iop_training.grading.archives import open_archive, trick
from iop_training.grading.intake import Tally
from iop_training.grading.names import (
    SHOWN,
    folded,
    left_behind,
    lookalike,
    read_zip_name,
    shown,
)
from iop_training.responses.identity import ID_PATTERN, check_id

ANY = st.text(st.characters(), max_size=120)
"""Half characters, too: bytes of a file name that are no text come as these."""
TRICKY = st.text(
    st.sampled_from("a_m01/\\.:+- 9\0\n\u202e\u200bÅａ_ſ\ud800\udcff20261122-140211.zip"),
    max_size=60,
)
IDS = st.from_regex(ID_PATTERN, fullmatch=True)
BEFORE = {
    "": "",
    "Doe Ann_12345_assignsubmission_file_/": "Doe Ann_12345",
    "Doe_Ann_12345_assignsubmission_file_": "Doe_Ann_12345",
    "doeann_12345_67890_": "doeann_12345",
    "doeann_LATE_12345_67890_": "doeann_12345",
    "Module 1_doe_attempt_2026-11-22-14-05-00_": "Module 1_doe",
    "Ann Doe - ": "",
    "a folder/another/": "",
}
"""What learning systems put before the name, and whom they name by it."""
AFTER = st.sampled_from(["", "-1", "-12", " (1)", " (23)", " - Copy", " copy 2"])
KNOWN = ("m01.ipynb", "answers/m01.jsonl", "receipt.json")


@given(ANY | TRICKY)
def test_a_shown_name_is_one_printable_line(name: str) -> None:
    text = shown(name)
    assert text.isprintable() and len(text) <= SHOWN + 1
    text.encode("utf-8")
    assert all(sentence.isprintable() for sentence in left_behind([name] * 7))


@given(st.sampled_from(sorted(BEFORE)), IDS, AFTER)
def test_the_id_is_found_whatever_an_lms_adds(before: str, student: str, after: str) -> None:
    name = read_zip_name(f"{before}{student}_m01_20261122-140211{after}.zip")
    assert name and (name.assignment, f"{name.at:%H%M%S}") == ("m01", "140211")
    assert name.student(student) == student
    assert name.sender == BEFORE[before] or not BEFORE[before]


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(ANY | TRICKY, st.none() | IDS | ANY)
def test_what_a_name_is_read_as_is_always_an_id(start: str, named: str | None) -> None:
    for path in (start, f"{start}_m01_20261122-140211.zip", f"{start}x_m01_20261122-140211.zip"):
        name = read_zip_name(path)
        if name:
            student = name.student(named)
            assert ID_PATTERN.fullmatch(student) and student in path


@given(st.sampled_from("a_/ "), st.integers(1_000, 60_000))
def test_a_long_name_costs_nothing(part: str, count: int) -> None:
    assert read_zip_name(part * count + "_m01_20261122-140211.zip") is None


@pytest.mark.parametrize(
    "name", ["con", "NUL", "aux.txt", "Com1", "lpt9.x.y", "ann.", "a..", "prn."]
)
def test_ids_that_are_no_folder_everywhere_are_refused(name: str) -> None:
    with pytest.raises(WorkspaceError, match="can't be an id") as error:
        check_id(name)
    assert check_id(str(error.value).rsplit(" ", 1)[1]), "the example is one"


@given(IDS)
def test_an_id_that_is_allowed_is_one_folder_on_every_system(student: str) -> None:
    try:
        check_id(student)
    except WorkspaceError:
        return
    assert folded(student) == student.casefold()
    assert student.split(".")[0].casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


@given(st.sampled_from(KNOWN), st.data())
def test_disguises_of_known_names_are_seen(name: str, data: st.DataObject) -> None:
    hidden = data.draw(st.lists(st.sampled_from("\u200b\u202e\u2066\ufeff\u00ad\0"), max_size=3))
    place = data.draw(st.integers(0, len(name)))
    change = data.draw(st.sampled_from([str.upper, str.title, lambda t: t + " . ", lambda t: t]))
    disguised = change(name[:place] + "".join(hidden) + name[place:])
    assert lookalike(disguised, KNOWN) == (None if disguised == name else name)


@given(ANY | TRICKY)
def test_an_entry_is_a_trick_or_stays_in_its_folder(name: str) -> None:
    entry = zipfile.ZipInfo("x")
    entry.filename = entry.orig_filename = name
    if trick(entry) is None:
        path = Path("/top").joinpath(name)
        assert ".." not in path.parts and path.is_relative_to("/top")


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda b: b"PK\3\4" + b + b"PK\5\6"))
def test_any_bytes_are_a_zip_or_a_sentence(raw: bytes) -> None:
    try:
        with open_archive(io.BytesIO(raw), 10) as archive:
            for entry in archive.entries:
                archive.read(entry, 100)
    except CourseError as error:
        assert str(error).isprintable()


@given(st.data())
def test_a_damaged_zip_is_a_zip_or_a_sentence(data: st.DataObject) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in KNOWN:
            archive.writestr(name, name * 20)
    raw = bytearray(file.getvalue())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        with open_archive(io.BytesIO(raw), 10) as opened:
            for entry in opened.entries:
                assert len(opened.read(entry, 1_000)) <= 1_000
    except CourseError as error:
        assert str(error).isprintable()


@given(st.lists(st.sampled_from("abc"), max_size=100))
def test_sentences_are_counted_where_there_are_too_many(sources: list[str]) -> None:
    tally = Tally()
    for n, source in enumerate(sources):
        tally.refuse(source, f"{source} {n}")
    sentences = tally.refused()
    assert len(sentences) <= 3 * (tally.MOST + 1)
    for source in set(sources):
        of_it = [s for s in sentences if s.startswith(f"{source} ")]
        assert len(of_it) == min(sources.count(source), tally.MOST)
        more = sources.count(source) - len(of_it)
        assert (f"{source}: {more} more were not taken." in sentences) == (more > 0)
