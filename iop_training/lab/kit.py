"""The kit: what assessed trainees get. Program, lessons and assignments, and no keys."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from iop_training.content.catalog import Catalog
from iop_training.content.secrecy import MIN_SECRET
from iop_training.errors import WorkspaceError
from iop_training.lab.leaks import find_leaks
from iop_training.lab.workspace import make_workspace
from iop_training.model.case_parts import case_secrets

__all__ = ["build_kit", "find_leaks", "secret_texts"]

FILES = Path(__file__).parent / "kit_files"
LOCK = "requirements.lock"
WORKSPACE = "course"
"""Name of the learner's folder in the kit; the start scripts name it too."""


def build_kit(course_root: Path, target: Path) -> Path:
    """Make the kit at ``target``, a folder, or one archive if the name ends in ``.zip``.

    Everything is searched for keys before ``target`` appears. WorkspaceError when it exists
    already, when the program can't be built or when a key was found; ContentError for faults in
    the course.
    """
    course_root, target = course_root.resolve(), target.resolve()
    if target.exists():
        raise WorkspaceError(f"{target} is there already. Remove it or choose another name.")
    if not (course_root / LOCK).is_file():
        raise WorkspaceError(f"{course_root}: there is no {LOCK}. Make it with: make lock")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kit-", dir=target.parent) as name:
        kit = Path(name) / target.stem if target.suffix == ".zip" else Path(name) / target.name
        _fill(kit, course_root)
        leaks = find_leaks(kit, secret_texts(Catalog.load(course_root)))
        if leaks:
            raise WorkspaceError(
                "The kit was not made, because a key would be in it:\n" + "\n".join(leaks)
            )
        made = _zipped(kit) if target.suffix == ".zip" else kit
        made.replace(target)
    return target


def secret_texts(catalog: Catalog) -> list[str]:
    """Reasons of graded items and assessed cases, and example answers of rubrics, long enough to
    be telling."""
    graded = (item for item in catalog.items.values() if item.use == "graded")
    texts = [text for item in graded for text in item.secrets()]
    texts += [text for rubric in catalog.rubrics.values() for _, _, text in rubric.anchors.rows()]
    texts += [t for c in catalog.cases.values() if c.mode == "assessed" for t in case_secrets(c)]
    return [text for text in texts if len(text.strip()) >= MIN_SECRET]


def _fill(kit: Path, course_root: Path) -> None:
    kit.mkdir()
    make_workspace(course_root, kit / WORKSPACE)
    shutil.copy(course_root / LOCK, kit / LOCK)
    _build_wheel(course_root, kit / "wheel")
    for name, newline in (("README.txt", "\r\n"), ("start.bat", "\r\n"), ("start.sh", "\n")):
        text = (FILES / name).read_text(encoding="utf-8")
        (kit / name).write_text(text, encoding="utf-8", newline=newline)
    (kit / "start.sh").chmod(0o755)


def _build_wheel(course_root: Path, folder: Path) -> None:
    """The package as a wheel, built with what is installed, without a network."""
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder),
            str(course_root),
        ],
        capture_output=True,
        text=True,
    )
    if result.returncode != 0 or not list(folder.glob("*.whl")):
        tail = "\n".join((result.stdout + result.stderr).strip().splitlines()[-8:])
        raise WorkspaceError(
            "The program could not be built. Run 'make setup', then try again. "
            f"The builder said:\n{tail}"
        )


def _zipped(kit: Path) -> Path:
    """The kit as one archive; it unpacks into one folder and keeps start.sh executable."""
    archive = kit.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(kit.rglob("*")):
            file.write(path, path.relative_to(kit.parent))
    return archive
