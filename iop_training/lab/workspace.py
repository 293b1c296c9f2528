"""A learner's folder: pages, their public item files, and the list of pages course mode trusts.

Nothing of ``source/``, ``data/`` or the keys goes into it. Answers are never touched.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.notebooks import read_notebook
from iop_training.content.program import carry
from iop_training.content.public import bundle_text, public_bundle
from iop_training.content.sequence import HOME_MODULE, place_in_course
from iop_training.errors import WorkspaceError
from iop_training.responses import journal_path, read_journal
from iop_training.responses.identity import MANIFEST

COURSE = "iop"
HOME = "Start here.ipynb"

NBGRADER_CONFIG = '''\
"""nbgrader's settings for this learner's folder. Made by the course; changes are overwritten."""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader defines it)

# nbgrader calls `alembic` by name: the environment's programs go first.
BIN = str(Path(sys.executable).parent)
if os.environ.get("PATH", "").split(os.pathsep)[0] != BIN:
    os.environ["PATH"] = BIN + os.pathsep + os.environ.get("PATH", "")

ROOT = Path(__file__).absolute().parent
c.CourseDirectory.course_id = {course!r}
c.Exchange.assignment_dir = str(ROOT / "assignments")
# nbgrader's default cache is per user; with one account in two roles, roles would share it.
c.Exchange.cache = str(ROOT / ".nbgrader-cache")
'''


@dataclass(frozen=True)
class Page:
    """A page of the workspace: its notebook's path in it, both files' texts, its list entry."""

    path: PurePosixPath
    notebook: str
    items: str
    entry: dict[str, Any]
    stem: str
    release: str
    has_graded_session: bool

    @property
    def module(self) -> str:
        """The id of its module."""
        return str(self.entry["module"])

    @property
    def items_path(self) -> PurePosixPath:
        """Where its item file stands, in the workspace."""
        return self.path.with_name(self.stem + SUFFIX)


@dataclass
class WorkspaceReport:
    """What was done to ``folder``: titles with paths of pages that were added, refreshed, or
    kept as they were because there are answers to an older release of them."""

    folder: Path
    new: bool = False
    added: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Sentences for the learner; none when nothing changed."""
        if self.new:
            return [f"Your course folder is {self.folder} ({len(self.added)} pages)."]
        return [
            *(f"New: {page}" for page in self.added),
            *(f"Brought up to date: {page}" for page in self.refreshed),
            *(f"Left as it was, because you have answered it: {page}" for page in self.kept),
        ]


def make_workspace(
    course_root: Path, target: Path, exchange: Path | None = None, identity: str | None = None
) -> WorkspaceReport:
    """Make the learner's folder ``target``, or add to it and refresh what has no answers.

    ``exchange`` is nbgrader's exchange folder; None keeps what the folder had (none, when new:
    handing in is by zip file). ``identity`` is "chosen" (the learner picks an
    id; so when new) or "account"; None keeps what the folder had.
    ContentError for faults in the course, WorkspaceError when ``target`` can't be used.
    """
    target = target.resolve()
    _refuse(target, identity or "chosen")
    pages = course_pages(course_root)
    is_new = not (target / MANIFEST).exists()
    report = WorkspaceReport(target, new=is_new)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".course-", dir=target.parent) as name:
            made = Path(name) / "workspace"
            for page in pages:
                _write(made / page.path, page.notebook)
                _write(made / page.items_path, page.items)
            entries = {str(page.path): page.entry for page in pages}
            if is_new:
                report.added = [_label(page) for page in pages]
                _write_settings(made, exchange, identity or "chosen", entries)
                carry(course_root, made)
                _move_folder(made, target)
            else:
                old = _read_manifest(target)
                entries |= _update(made, target, pages, old["notebooks"], report)
                keep = old.get("exchange")
                exchange = exchange or (Path(keep) if keep else None)
                identity = identity or old.get("identity", "chosen")
                _write_settings(made, exchange, identity, entries)
                for settings in (MANIFEST, "nbgrader_config.py"):
                    _replace(made / settings, target / settings)
                carry(course_root, target)
    except OSError as error:
        raise WorkspaceError(
            f"{target}: the course folder can't be written ({error.strerror or error}). Make room, "
            "or choose a folder you may write to."
        ) from error
    return report


def course_pages(course_root: Path) -> list[Page]:
    """Every page as learners get it, in the order of the course. Lessons are made from
    ``notebooks/`` and ``data/``, assignments taken from ``release/`` as they are. Those with code
    of the trainee's own are no pages of the course: nbgrader's own tools hand them out."""
    catalog = Catalog.load(course_root)
    lessons = sorted((course_root / "notebooks").glob("*.ipynb"))
    if not any(path.stem == HOME_MODULE for path in lessons):
        raise WorkspaceError(
            f"{course_root}: there is no notebooks/{HOME_MODULE}.ipynb, so this "
            "is not the course's own folder. Name it with --course."
        )
    releases = [
        path
        for path in sorted((course_root / "release").glob("*/*.ipynb"))
        if not read_notebook(path, course_root).has_code
    ]
    pages = [
        *(_lesson(catalog, path) for path in lessons),
        *(_assignment(catalog, path) for path in releases if path.stem == path.parent.name),
    ]
    with_sessions = {page.module for page in pages if page.has_graded_session}
    return sorted(pages, key=lambda page: _place_in_course(page, with_sessions))


def _place_in_course(page: Page, with_sessions: set[str]) -> tuple[int, str, bool]:
    """By module, the lesson before its assignment."""
    return *place_in_course(page.module, with_sessions), page.entry["kind"] == "assignment"


def _lesson(catalog: Catalog, path: Path) -> Page:
    home = path.stem == HOME_MODULE
    place = PurePosixPath(HOME) if home else PurePosixPath("lessons", path.name)
    bundle = public_bundle(catalog, path)
    return _page(catalog, path, place, bundle, bundle_text(bundle), "lesson")


def _assignment(catalog: Catalog, path: Path) -> Page:
    items = path.with_name(path.stem + SUFFIX)
    try:
        text = items.read_text(encoding="utf-8")
        bundle = json.loads(text)
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"{items}: the released questions can't be read ({error}). Release the assignment "
            f"again: iop-training release {path.stem}"
        ) from error
    place = PurePosixPath("assignments", path.stem, path.name)
    return _page(catalog, path, place, bundle, text, "assignment")


def _page(
    catalog: Catalog,
    path: Path,
    place: PurePosixPath,
    bundle: dict[str, Any],
    items: str,
    kind: str,
) -> Page:
    module = catalog.modules.get(bundle["module"])
    entry = {
        "title": _title(bundle["title"].strip(), path.stem, kind),
        "minutes": bundle["minutes"],
        "kind": kind,
        "module": bundle["module"],
        "code": read_notebook(path, catalog.root).code(),
        "glossary": bundle.get("glossary", {}),
        **({"note": module.note} if module and module.note else {}),
    }
    return Page(
        path=place,
        notebook=path.read_text(encoding="utf-8"),
        items=items,
        entry=entry,
        stem=path.stem,
        release=bundle["release"],
        has_graded_session=kind == "assignment"
        and any(i["kind"] == "case" for i in bundle["items"]),
    )


def _title(title: str, stem: str, kind: str) -> str:
    """A name that no other page has: a module's lesson and its assignment share theirs."""
    if kind == "lesson":
        return title
    if stem == HOME_MODULE:
        return f"{title.partition(':')[0]}: practice hand-in"
    return f"{title} (assignment)"


def _update(
    made: Path, target: Path, pages: list[Page], old: dict[str, Any], report: WorkspaceReport
) -> dict[str, Any]:
    """Move what is new from ``made`` into ``target``; old entries of the pages that stay."""
    staying = {}
    for page in pages:
        path = str(page.path)
        is_there = (target / page.path).is_file()
        if is_there and _same(made, target, page):
            continue
        if is_there and path in old and _answered_older(target, page):
            staying[path] = old[path]
            report.kept.append(_label(page))
            continue
        (report.refreshed if is_there else report.added).append(_label(page))
        _replace(made / page.items_path, target / page.items_path)
        _replace(made / page.path, target / page.path)
    return staying


def _same(made: Path, target: Path, page: Page) -> bool:
    return all(
        (target / path).is_file() and (target / path).read_bytes() == (made / path).read_bytes()
        for path in (page.path, page.items_path)
    )


def _answered_older(target: Path, page: Page) -> bool:
    """Whether the page has answers (or lines that may be answers) to another release."""
    try:
        installed = json.loads((target / page.items_path).read_text(encoding="utf-8"))["release"]
    except (OSError, ValueError, KeyError, TypeError):
        return False  # without its questions the page can't be shown: renew it
    record = read_journal(journal_path((target / page.path).parent, page.stem))
    return installed != page.release and bool(record.answers or record.handins or record.repairs)


def _write_settings(
    folder: Path, exchange: Path | None, identity: str, entries: dict[str, Any]
) -> None:
    manifest = {
        "format": 1,
        "course": COURSE,
        "exchange": str(exchange) if exchange else None,
        "identity": identity,
        "notebooks": entries,
    }
    config = NBGRADER_CONFIG.format(course=COURSE)
    if exchange:
        config += f"c.Exchange.root = str((ROOT / {str(exchange)!r}).absolute())\n"
    _write(folder / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    _write(folder / "nbgrader_config.py", config)


def _read_manifest(target: Path) -> dict[str, Any]:
    """The list that is there; a broken one is renewed, it holds nothing of the learner's."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return {**manifest, "notebooks": dict(manifest["notebooks"])}
    except (ValueError, KeyError, TypeError):
        return {"notebooks": {}}


def _refuse(target: Path, identity: str) -> None:
    if identity not in ("chosen", "account"):
        raise WorkspaceError(
            f"identity is {identity!r}; it is 'chosen' (the learner picks an id) "
            "or 'account' (the name they signed in with)."
        )
    if target.name.startswith("."):
        raise WorkspaceError(
            f"{target}: Jupyter does not open folders whose name starts with a "
            "dot. Choose another name for the course folder."
        )
    if target.exists() and not target.is_dir():
        raise WorkspaceError(f"{target} is a file. Choose the name of a folder.")
    if target.is_dir() and not (target / MANIFEST).exists() and any(target.iterdir()):
        raise WorkspaceError(
            f"{target}: this folder holds other files and is no course folder. "
            "Choose a new name; the folder is made for you."
        )


def _label(page: Page) -> str:
    return f"{page.entry['title']} ({page.path})"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _replace(new: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new.replace(path)


def _move_folder(made: Path, target: Path) -> None:
    made.chmod(0o700)  # on a shared computer nobody else reads a learner's answers
    if target.is_dir():
        target.rmdir()  # empty, see _refuse; a rename onto a folder fails on Windows
    made.replace(target)
