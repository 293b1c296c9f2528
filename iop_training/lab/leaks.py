"""Looking for texts that must be nowhere a learner gets, however a file wraps them."""

from __future__ import annotations

import html
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from iop_training.errors import WorkspaceError

ZIPS = (".zip", ".whl")
TARS = (".tar.gz", ".tgz", ".tar")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def find_leaks(folder_or_archive: Path, secrets: Iterable[str]) -> list[str]:
    """Sentences naming each file that holds one of ``secrets``, with the text's beginning.

    Reads every file below a folder or in an archive, archives in archives too. White space
    counts as one space; JSON and HTML escapes are undone. Links are not followed.
    WorkspaceError for an archive that can't be opened.
    """
    wanted = {_normal(secret) for secret in secrets} - {""}
    leaks = []
    for name, data in _files(folder_or_archive):
        views = list(_views(data))
        for secret in sorted(wanted):
            if any(secret in view for view in views):
                leaks.append(f"{name} holds “{secret[:40]}{'…' if len(secret) > 40 else ''}”")
    return leaks


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file; an archive's members are ``archive!member``."""
    paths = sorted(place.rglob("*")) if place.is_dir() else [place]
    for path in paths:
        if path.is_file() and not path.is_symlink():
            yield from _unpacked(str(path), path.read_bytes())


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    try:
        yield from _members(name, data)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError) as error:
        raise WorkspaceError(
            f"{name}: this archive can't be opened ({error}), so it can't be "
            "searched for keys. Remove it or make it again."
        ) from error


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith(ZIPS):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    yield from _unpacked(f"{name}!{member.filename}", archive.read(member))
    elif name.endswith(TARS):
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is not None:
                    yield from _unpacked(f"{name}!{entry.name}", content.read())


def _views(data: bytes) -> Iterator[str]:
    """The text as it stands, unescaped, and (for JSON) the strings it means."""
    text = data.decode("utf-8", errors="replace")
    yield _normal(text)
    unescaped = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    unescaped = unescaped.replace("\\n", " ").replace("\\t", " ").replace('\\"', '"')
    yield _normal(html.unescape(unescaped))
    try:
        yield _normal("\n".join(_strings(json.loads(text))))
    except (ValueError, RecursionError):
        return


def _strings(value: Any) -> Iterator[str]:
    """All strings in JSON; a list of strings is one text, as in notebooks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(part, str) for part in value):
            yield "".join(value)
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)


def _normal(text: str) -> str:
    return " ".join(text.split())
