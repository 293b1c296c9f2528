"""Marks: reviews of items and cases, written into their files without touching anything else."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import yaml

from iop_training.content import strict_yaml
from iop_training.content.catalog import Catalog
from iop_training.content.strict_yaml import Document, Loc
from iop_training.errors import ContentError
from iop_training.model import Review

Edit = tuple[int, int, str]
"""Offsets (from, to) in a file's text, and what stands there afterwards."""


def write_reviews(catalog: Catalog, reviews: Mapping[str, Review]) -> list[Path]:
    """Give items and cases (by id) these reviews in their files; the files that changed.

    Only the review's own lines are changed: comments, blank lines and the form of every text
    stay. A file is replaced at once or not at all. ContentError when a file can't be written,
    or when the edit would have changed anything else.
    """
    by_file: dict[str, list[tuple[Document, Loc, Review]]] = defaultdict(list)
    for item_id, review in reviews.items():
        place = catalog.place("cases" if item_id in catalog.cases else "items", item_id)
        by_file[place.document.file].append((place.document, place.loc, review))
    written = []
    for file, marks in by_file.items():
        document = marks[0][0]
        edits = [edit for _, loc, review in marks for edit in _edits(document, loc, review)]
        text = _apply(document.text, edits)
        if text != document.text:
            path = catalog.root / file
            _replace(path, text, _expected(document, marks), catalog.root)
            written.append(path)
    return written


def _edits(document: Document, loc: Loc, review: Review) -> Iterator[Edit]:
    where = (*loc, "review")
    fields = review.model_dump(exclude_none=True)
    if where not in document.spans:
        yield _new_line(document, (*loc, "id"), fields)
    elif document.text[document.spans[where][0]] == "{":
        yield (*document.spans[where], _flow(fields))
    else:
        yield from _block(document, where, fields)


def _new_line(document: Document, after: Loc, fields: dict[str, Any]) -> Edit:
    """A review line below the line of ``after``, in its column."""
    end = _line_end(document.text, document.spans[after][1])
    indent = _column(document, after)
    return end, end, f"{_newline(document)}{indent}review: {_flow(fields)}"


def _block(document: Document, where: Loc, fields: dict[str, Any]) -> Iterator[Edit]:
    """The lines of a review that is written as a block: changed, removed, added one by one."""
    there = [loc for loc in document.spans if loc[:-1] == where and len(loc) > len(where)]
    for loc in there:
        start, end = document.spans[loc]
        if loc[-1] in fields:
            yield start, end, _scalar(fields[str(loc[-1])])
        else:
            yield _line_start(document.text, start), _next_line(document.text, end), ""
    keys = {loc[-1] for loc in there}
    new = [f"{name}: {_scalar(value)}" for name, value in fields.items() if name not in keys]
    # Below the line of a key that stays; with none, above the first.
    staying = next((loc for loc in there if loc[-1] in fields), None)
    newline, indent = _newline(document), _column(document, staying or there[0])
    if new and staying:
        end = _line_end(document.text, document.spans[staying][1])
        yield end, end, "".join(f"{newline}{indent}{line}" for line in new)
    elif new:
        start = _line_start(document.text, document.spans[there[0]][0])
        yield start, start, "".join(f"{indent}{line}{newline}" for line in new)


def _apply(text: str, edits: list[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _expected(document: Document, marks: list[tuple[Document, Loc, Review]]) -> Any:
    """The file's data as it must be afterwards; all scalars are text."""
    data = copy.deepcopy(document.data)
    for _, loc, review in marks:
        marked = reduce(getitem, loc, data)
        marked["review"] = review.model_dump(mode="json", exclude_none=True)
    return data


def _replace(path: Path, text: str, expected: Any, root: Path) -> None:
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(text.encode())
        if strict_yaml.read(fresh, root).data != expected:
            raise ContentError(
                [
                    f"{path}: the review lines could not be changed without changing something "
                    "else, so the file was left as it is; write them by hand"
                ]
            )
        fresh.replace(path)
    except OSError as error:
        raise ContentError([f"{path}: can't be written ({error.strerror})"]) from error
    finally:
        fresh.unlink(missing_ok=True)


def _flow(fields: dict[str, Any]) -> str:
    """``{status: draft}``, quoted where YAML needs it, in one line."""
    return str(_dump(fields)).strip()


def _scalar(value: Any) -> str:
    return _dump([value]).strip()[1:-1]


def _dump(value: Any) -> str:
    text: str = yaml.safe_dump(
        value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=100_000
    )
    return text


def _newline(document: Document) -> str:
    return "\r\n" if "\r\n" in document.text else "\n"


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends: before its line break, or the end of the text."""
    end = text.find("\n", offset)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1] == "\r" else end


def _next_line(text: str, offset: int) -> int:
    return text.find("\n", offset) + 1 or len(text)


def _column(document: Document, loc: Loc) -> str:
    """Blanks up to the key at ``loc``; a list's dash counts as one."""
    line = document.text[_line_start(document.text, document.spans[loc][0]) :]
    return " " * (len(line) - len(line.lstrip(" -")))
