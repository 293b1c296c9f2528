"""Statements: many rows of nbgrader's tables read, added or changed by one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nbgrader.api import new_uuid
from sqlalchemy import Connection, Table, bindparam, insert, select, update

Row = dict[str, Any]


class Writer:
    """Collects what is to be added and changed, and does each in one statement a table."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.added: dict[Any, list[Row]] = {}
        self.changed: dict[tuple[Any, tuple[str, ...]], list[Row]] = {}

    def add(self, entity: Any, **values: Any) -> Row:
        """A new row with an id of its own."""
        row = {"id": new_uuid(), **values}
        self.added.setdefault(entity, []).append(row)
        return row

    def change(self, entity: Any, row: Row, **values: Any) -> None:
        """Set columns of a row, where they are other than they were."""
        if any(row[name] != value for name, value in values.items()):
            row |= values
            key = (entity, tuple(values))
            self.changed.setdefault(key, []).append({"_id": row["id"], **values})

    def flush(self) -> None:
        """Send it all."""
        for entity, rows in self.added.items():
            insert_rows(self.connection, entity, rows)
        for (entity, names), rows in self.changed.items():
            table = table_of(entity)
            statement = update(table).where(table.c.id == bindparam("_id"))
            self.connection.execute(
                statement.values({name: bindparam(name) for name in names}), rows
            )


def table_of(entity: Any) -> Table:
    """The table behind one of nbgrader's classes."""
    table: Table = entity.__table__
    return table


def insert_rows(connection: Connection, entity: Any, rows: Sequence[Row]) -> None:
    """Add rows, where there are any."""
    if rows:
        connection.execute(insert(table_of(entity)), rows)


def by_notebook(
    connection: Connection, entity: Any, notebooks: Sequence[str]
) -> dict[str, dict[str, Row]]:
    """Rows of nbgrader's Grade or Comment by submitted notebook and cell."""
    table = table_of(entity)
    found: dict[str, dict[str, Row]] = {}
    for row in connection.execute(
        select(table).where(table.c.notebook_id.in_(notebooks))
    ).mappings():
        found.setdefault(row["notebook_id"], {})[row["cell_id"]] = dict(row)
    return found
