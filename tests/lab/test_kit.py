"""The kit, and finding keys wherever they hide."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from iop_training.content.catalog import Catalog
from iop_training.errors import WorkspaceError
from iop_training.lab import kit
from iop_training.lab.kit import build_kit, find_leaks, secret_texts

SECRET = "Because the “driver” is withdrawal,\n  not <hours> & minutes"


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


HIDDEN = {
    "plain.md": f"text before {SECRET} and after".encode(),
    "wrapped.txt": SECRET.replace(" ", "\n\t ").encode(),
    "ascii.json": json.dumps({"a": [{"b": SECRET}]}).encode(),
    "lines.ipynb": json.dumps({"source": SECRET.splitlines(keepends=True)}).encode(),
    "journal.jsonl": (json.dumps({"x": 1}) + "\n" + json.dumps({"x": SECRET})).encode(),
    "page.html": SECRET.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode(),
    "a.zip": zipped({"in/x.txt": SECRET.encode()}),
    "b.whl": zipped({"c.zip": zipped({"x.json": json.dumps(SECRET).encode()})}),
    "d.tar.gz": tarred("x.txt", SECRET.encode()),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_key_is_found_in(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(HIDDEN[name])
    leaks = find_leaks(tmp_path, [SECRET, "something else"])
    assert leaks and all(name in leak for leak in leaks)
    assert find_leaks(tmp_path / name, [SECRET])
    assert SECRET not in leaks[0]


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"a": "Because"}')
    assert find_leaks(tmp_path, [SECRET, "", " \n"]) == []


def test_an_archive_that_cannot_be_searched_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK no zip")
    with pytest.raises(WorkspaceError, match=r"x\.zip"):
        find_leaks(tmp_path, [SECRET])


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory) -> Path:
    """The kit of this checkout, as an archive."""
    return build_kit(root, tmp_path_factory.mktemp("kit") / "iop.zip")


def test_kit_has_what_a_trainee_needs(made: Path) -> None:
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        mode = archive.getinfo("iop/start.sh").external_attr >> 16
        script = archive.read("iop/start.sh")
    for name in (
        "README.txt",
        "start.sh",
        "start.bat",
        "requirements.lock",
        "course/course.json",
        "course/Start here.ipynb",
    ):
        assert f"iop/{name}" in names
    assert any(name.startswith("iop/wheel/iop_training-") for name in names)
    assert mode & 0o111
    assert b"\r" not in script


def test_kit_holds_no_key(made: Path, root: Path) -> None:
    secrets = secret_texts(Catalog.load(root))
    assert secrets
    assert find_leaks(made, secrets) == []
    assert find_leaks(root / "data", secrets)  # the search itself works


def test_kit_with_a_key_is_not_made(root: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(kit, "secret_texts", lambda catalog: ["press start.bat", "double-click"])
    with pytest.raises(WorkspaceError, match="a key would be in it"):
        build_kit(root, tmp_path / "kit")
    assert list(tmp_path.iterdir()) == []


def test_kit_replaces_nothing(root: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="there already"):
        build_kit(root, tmp_path)
