"""Release: from source/<assignment> and data/ to what learners get and what grading needs.

Everything is built in a temporary folder, without a gradebook. Only a whole result is
published: the keyed snapshot first, then the gradebook, then ``release/<assignment>`` at once.
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.checks import check_course
from iop_training.content.faults import Fault, shown_path
from iop_training.content.notebooks import read_notebook, says_code
from iop_training.content.public import bundle_of, bundle_text
from iop_training.content.snapshot import snapshot_path
from iop_training.errors import ContentError, GradingError
from iop_training.grading.course import CourseFolder
from iop_training.grading.files import read_json
from iop_training.grading.handed_in import MAX_NOTEBOOK
from iop_training.grading.keys import full_snapshot, released_bundle
from iop_training.grading.log import reason, run
from iop_training.grading.registry import (
    graded_students,
    refuse_changed_cells,
    register_notebook,
    released_cells,
)

_IGNORED = shutil.ignore_patterns(".ipynb_checkpoints")


@dataclass(frozen=True)
class ReleaseReport:
    """What a release did. ``release`` is the content hash that journals will name;
    ``changed`` says whether release/<assignment> differs from before; ``submitted`` are the
    ids who answered an earlier release (they are scored with its key)."""

    assignment: str
    release: str
    changed: bool
    submitted: tuple[str, ...]


@dataclass(frozen=True)
class _Build:
    """``snapshot`` is None for an assignment with code, which has no keys of ours."""

    folder: Path
    release: str
    snapshot: Path | None


class PublicItems(NbGraderPreprocessor):
    """Last step of generating an assignment: the public item file goes beside the notebook,
    the keyed snapshot into ``data/snapshots`` of the folder that is being built."""

    course_root = Unicode(help="The course folder whose data/ holds the items.").tag(config=True)

    def preprocess(
        self, nb: nbformat.NotebookNode, resources: dict[str, Any]
    ) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        """Add the file to nbgrader's outputs; ContentError stops the release."""
        path = Path(resources["metadata"]["path"]) / f"{resources['metadata']['name']}.ipynb"
        catalog = Catalog.load(Path(self.course_root))
        notebook = read_notebook(path, path.parents[2])
        snapshot = full_snapshot(catalog, notebook)
        kept = snapshot_path(path.parents[2], snapshot.assignment, snapshot.release)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(snapshot.to_json(), encoding="utf-8")
        public = bundle_text(bundle_of(catalog, notebook))
        resources["outputs"] = {**(resources["outputs"] or {}), path.stem + SUFFIX: public.encode()}
        return nb, resources


def release(course_root: Path, assignment: str) -> ReleaseReport:
    """Build and publish an assignment; the same content gives the same bytes.

    ContentError with all faults of its notebook and items; GradingError when its cells
    changed after somebody submitted. Nothing is changed then.
    """
    course = CourseFolder.open(course_root)
    _check_content(course, assignment)
    with _built(course, assignment) as build:
        submitted = _submitted(course, assignment)
        target = course.step("release", assignment)
        _refuse(build.folder, target, assignment, submitted)
        kept = snapshot_path(course.root, assignment, build.release)
        if build.snapshot and not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(build.snapshot, kept)
        register_notebook(course, assignment, build.folder / f"{assignment}.ipynb")
        changed = _differences(build.folder, target) != []
        if changed:
            _swap(build.folder, target)
    return ReleaseReport(assignment, build.release, changed, tuple(submitted))


def release_in_sync(
    course_root: Path, assignment: str, faults: Sequence[Fault] | None = None
) -> list[str]:
    """Sentences that say where ``release/<assignment>`` is not what a release would make now;
    empty when it is the same byte for byte and its snapshot is there. ``faults`` are those of
    ``check_course``, for who has them already."""
    course = CourseFolder.open(course_root)
    again = f"Run: iop-training release {assignment}"
    try:
        _check_content(course, assignment, faults)
        with _built(course, assignment) as build:
            target = course.step("release", assignment)
            differences = [
                f"release/{assignment}/{name} {what}. {again}"
                for name, what in _differences(build.folder, target)
            ]
            kept = snapshot_path(course.root, assignment, build.release)
            if build.snapshot and not kept.exists():
                differences.append(
                    f"data/snapshots/{assignment}/{build.release}.json, which is needed "
                    f"to grade this release, is missing. {again}"
                )
    except ContentError as error:
        return [str(fault) for fault in error.faults]
    return differences


def _check_content(
    course: CourseFolder, assignment: str, faults: Sequence[Fault] | None = None
) -> None:
    """The faults that concern this assignment, all at once; other modules don't stop it."""
    source = course.step("source", assignment)
    path = source / f"{assignment}.ipynb"
    if not path.is_file():
        raise GradingError(
            f"There is no source/{assignment}/{path.name} to release. "
            f"Assignments here: {', '.join(assignments(course.root)) or 'none'}."
        )
    _refuse_others(path)
    if faults is None:
        faults = check_course(course.root)[1]
    ours = {shown_path(path, course.root), f"data/items/{path.stem}.yaml"}
    errors = [f for f in faults if f.level == "error" and f.file in ours]
    if errors:
        raise ContentError(errors)


def _refuse_others(notebook: Path) -> None:
    """GradingError for files beside a source notebook that must not be there. Code may need data;
    of our own assignments nothing but the notebook goes to learners."""
    assignment = notebook.stem
    others = sorted(
        p for p in notebook.parent.iterdir() if p != notebook and p.name != ".ipynb_checkpoints"
    )
    if says_code(read_json(notebook, MAX_NOTEBOOK)):
        wrong = [p.name for p in others if p.suffix == ".ipynb" or not p.is_file()]
        why = "An assignment with code has one notebook and, if need be, files of data beside it."
    else:
        wrong = [p.name for p in others]
        why = (
            "nbgrader gives such files to learners and copies them over submissions; move them "
            "elsewhere."
        )
    if wrong:
        raise GradingError(
            f"source/{assignment}/ holds {', '.join(wrong)} beside {notebook.name}. {why}"
        )


def assignments(course_root: Path) -> list[str]:
    """Ids of the assignments in source/, in order."""
    return sorted(p.parent.name for p in (Path(course_root) / "source").glob("*/*.ipynb"))


@contextmanager
def _built(course: CourseFolder, assignment: str) -> Iterator[_Build]:
    """The release made afresh in a temporary folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="iop-release-") as name:
        root = Path(name).resolve()
        source = course.step("source", assignment) / f"{assignment}.ipynb"
        shutil.copytree(source.parent, root / "source" / assignment, ignore=_IGNORED)
        result = run(_generator(course, assignment, root))
        folder = root / "release" / assignment
        if not result["success"]:
            raise GradingError(f"nbgrader could not generate {assignment}: {reason(result)}")
        if says_code(read_json(source, MAX_NOTEBOOK)):
            yield _Build(folder, sha256((folder / source.name).read_bytes()).hexdigest(), None)
            return
        hash_ = released_bundle(folder / source.name).release
        yield _Build(folder, hash_, snapshot_path(root, assignment, hash_))


def _generator(course: CourseFolder, assignment: str, root: Path) -> GenerateAssignment:
    """nbgrader's tool for a course in ``root``, without a gradebook (making one takes seconds);
    what SaveCells would write there is registered when the release is published."""
    config = copy.deepcopy(course.config)
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    directory = course.directory(root=str(root), assignment_id=assignment)
    return GenerateAssignment(coursedir=directory, config=config)


def _submitted(course: CourseFolder, assignment: str) -> list[str]:
    with course.gradebook() as gradebook:
        graded = graded_students(gradebook, assignment)
    return sorted({*graded, *course.students("submitted", assignment)})


def _refuse(built: Path, target: Path, assignment: str, submitted: list[str]) -> None:
    released = target / f"{assignment}.ipynb"
    if released.is_file():
        old, new = (
            released_cells(nbformat.read(p, as_version=4))
            for p in (released, built / released.name)
        )
        if old != new:
            refuse_changed_cells(assignment, submitted)


def _differences(built: Path, target: Path) -> list[tuple[str, str]]:
    """(file, what is wrong with the one in ``target``)."""
    new = {p.name: p.read_bytes() for p in built.iterdir()}
    old = {p.name: p.read_bytes() for p in target.iterdir()} if target.is_dir() else {}
    return [
        (
            name,
            "is missing"
            if name not in old
            else "does not belong there"
            if name not in new
            else "differs from a fresh build",
        )
        for name in sorted({*new, *old})
        if new.get(name) != old.get(name)
    ]


def _swap(built: Path, target: Path) -> None:
    """Replace the folder ``target`` by a copy of ``built``, whole or not at all."""
    fresh, old = (target.with_name(f".{target.name}.{word}") for word in ("new", "old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    target.parent.mkdir(exist_ok=True)
    shutil.copytree(built, fresh)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
