"""A gradebook as something to compare: every table, with names in the place of row ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Base
from sqlalchemy import create_engine, select

Rows = list[tuple[tuple[str, Any], ...]]


def book_of(url: str) -> dict[str, Rows]:
    """Table name to its rows, sorted; an id is replaced by what it is the id of."""
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    names = _names(tables)
    return {
        table: sorted((_named(row, names) for row in rows), key=repr)
        for table, rows in tables.items()
    }


def sqlite_book(course: Path) -> dict[str, Rows]:
    """The gradebook beside a course."""
    return book_of(f"sqlite:///{course / 'gradebook.db'}")


def autograded(course: Path) -> dict[str, Any]:
    """Every file of a submission under autograded/ by its path: notebooks and JSON as what they
    hold (nbgrader writes notebooks line by line), the rest as bytes, each with its permissions."""
    root = course / "autograded"
    return {
        path.relative_to(root).as_posix(): (oct(path.stat().st_mode), _content(path))
        for path in sorted(root.glob("*/*/**/*"))
        if path.is_file()
    }


def _content(path: Path) -> Any:
    if path.suffix == ".ipynb":
        return nbformat.read(path, as_version=4)
    return json.loads(path.read_bytes()) if path.suffix == ".json" else path.read_bytes()


def _names(tables: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """What each id stands for; tables come before those that point to them."""
    names: dict[str, str] = {}
    for table, rows in tables.items():
        for row in rows:
            own = row.get("name") or row.get("type", "")
            points = [names.get(str(v), str(v)) for k, v in row.items() if k.endswith("_id")]
            names.setdefault(str(row.get("id")), f"{table}:{own}:{':'.join(points)}")
    return names


def _named(row: dict[str, Any], names: dict[str, str]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (key, names.get(str(value), value) if key == "id" or key.endswith("_id") else value)
        for key, value in row.items()
    )
