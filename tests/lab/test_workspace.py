"""The learner's folder: made once, never overwritten where there are answers, without keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from content.course import write_course

from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle
from iop_training.errors import ContentError, WorkspaceError
from iop_training.lab.kit import find_leaks, secret_texts
from iop_training.lab.workspace import make_workspace
from iop_training.responses import Journal

LESSON = Path("lessons/m01.ipynb")
ASSIGNMENT = Path("assignments/m01/m01.ipynb")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one module, with Start here and a release."""
    root = write_course(tmp_path / "course")
    items = root / "data" / "items"
    text = (items / "m01.yaml").read_text().split("items:\n")[0] + "items: []\n"
    (items / "m00.yaml").write_text(text.replace("m01", "m00"))
    home = json.loads((root / "notebooks" / "m01.ipynb").read_text())
    home["cells"] = home["cells"][:1]
    (root / "notebooks" / "m00.ipynb").write_text(json.dumps(home))
    release(root)
    return root


def release(root: Path) -> None:
    """What nbgrader and the release make of source/m01, as far as learners see it."""
    source = root / "source" / "m01" / "m01.ipynb"
    folder = root / "release" / "m01"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "m01.ipynb").write_bytes(source.read_bytes())
    bundle = public_bundle(Catalog.load(root), source)
    (folder / "m01.items.json").write_text(bundle_text(bundle))


def change(root: Path, old: str, new: str) -> None:
    path = root / "data" / "items" / "m01.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    release(root)


def answer(workspace: Path, page: Path, item: str) -> None:
    path = workspace / page
    installed = json.loads(path.with_suffix(".items.json").read_text())
    Journal.open(
        path.parent, path.stem, installed["assignment"], "t1", installed["release"]
    ).answer(item, "a")


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_folder_holds_pages_items_and_settings_only(course: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "My course"
    report = make_workspace(course, workspace, exchange=tmp_path / "exchange")
    assert sorted(files(workspace)) == [
        "Start here.ipynb",
        "assignments/m01/m01.ipynb",
        "assignments/m01/m01.items.json",
        "course.json",
        "lessons/m01.ipynb",
        "lessons/m01.items.json",
        "m00.items.json",
        "nbgrader_config.py",
        "program.json",
    ]
    assert len(report.added) == 3
    assert find_leaks(workspace, secret_texts(Catalog.load(course))) == []


def test_manifest_lists_the_code_of_every_page(course: Path, tmp_path: Path) -> None:
    make_workspace(course, tmp_path / "w", exchange=tmp_path / "exchange")
    manifest = json.loads((tmp_path / "w" / "course.json").read_text())
    assert list(manifest["notebooks"]) == ["Start here.ipynb", str(LESSON), str(ASSIGNMENT)]
    assert manifest["exchange"] == str(tmp_path / "exchange")
    for path, entry in manifest["notebooks"].items():
        cells = json.loads((tmp_path / "w" / path).read_text())["cells"]
        assert entry["code"] == ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    assert [entry["title"] for entry in manifest["notebooks"].values()] == [
        "A small module",
        "A small module",
        "A small module (assignment)",
    ]
    assert manifest["notebooks"][str(ASSIGNMENT)]["kind"] == "assignment"


def test_second_start_changes_nothing(course: Path, tmp_path: Path) -> None:
    make_workspace(course, tmp_path / "w", exchange=tmp_path / "exchange")
    before = files(tmp_path / "w")
    report = make_workspace(course, tmp_path / "w")
    assert report.lines() == []
    assert files(tmp_path / "w") == before


def test_a_missing_page_is_added_again_and_own_files_stay(course: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    make_workspace(course, workspace)
    (workspace / LESSON).unlink()
    (workspace / "my notes.txt").write_text("mine")
    report = make_workspace(course, workspace)
    assert report.added == [f"A small module ({LESSON})"]
    assert (workspace / LESSON).is_file()
    assert (workspace / "my notes.txt").read_text() == "mine"


def test_a_newer_release_replaces_only_pages_without_answers(course: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    make_workspace(course, workspace)
    answer(workspace, ASSIGNMENT, "m01-q01")
    before = files(workspace)
    change(course, "Which", "Now which")
    report = make_workspace(course, workspace)
    assert report.refreshed == [f"A small module ({LESSON})"]
    assert report.kept == [f"A small module (assignment) ({ASSIGNMENT})"]
    after = files(workspace)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"lessons/m01.items.json"}


def test_a_kept_page_keeps_its_place_on_the_list(course: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    make_workspace(course, workspace)
    answer(workspace, LESSON, "m01-f01")
    notebook = course / "notebooks" / "m01.ipynb"
    old = json.loads((workspace / "course.json").read_text())["notebooks"][str(LESSON)]
    data = json.loads(notebook.read_text())
    data["cells"] = [c for c in data["cells"] if c["id"] != "review"]
    notebook.write_text(json.dumps(data))
    make_workspace(course, workspace)
    assert json.loads((workspace / "course.json").read_text())["notebooks"][str(LESSON)] == old


def test_a_damaged_page_of_the_same_release_is_mended(course: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    make_workspace(course, workspace)
    answer(workspace, ASSIGNMENT, "m01-q01")
    answers = workspace / "assignments" / "m01" / "answers"
    good, journal = (workspace / ASSIGNMENT).read_bytes(), files(answers)
    (workspace / ASSIGNMENT).write_text("broken")
    assert make_workspace(course, workspace).refreshed
    assert (workspace / ASSIGNMENT).read_bytes() == good
    assert files(answers) == journal


def test_a_fault_in_the_course_leaves_no_half_made_folder(course: Path, tmp_path: Path) -> None:
    (course / "data" / "items" / "m01.yaml").write_text("module: m01\n")
    with pytest.raises(ContentError):
        make_workspace(course, tmp_path / "w")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["course"]


def test_a_missing_release_file_says_what_to_do(course: Path, tmp_path: Path) -> None:
    (course / "release" / "m01" / "m01.items.json").unlink()
    with pytest.raises(WorkspaceError, match="iop-training release m01"):
        make_workspace(course, tmp_path / "w")


def test_somebody_elses_folder_is_not_used(course: Path, tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "letter.txt").write_text("dear")
    with pytest.raises(WorkspaceError, match="holds other files"):
        make_workspace(course, tmp_path / "w")
    assert sorted(files(tmp_path / "w")) == ["letter.txt"]


@pytest.mark.parametrize("name", [".course", ".w"])
def test_a_hidden_folder_is_refused(course: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkspaceError, match="dot"):
        make_workspace(course, tmp_path / name)


def test_an_empty_folder_may_be_given(course: Path, tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    assert make_workspace(course, tmp_path / "w").new
    assert (tmp_path / "w" / "course.json").is_file()
