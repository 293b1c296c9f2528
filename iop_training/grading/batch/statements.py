"""Statements: many rows of nbgrader's tables read, added or changed by one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from iop_training.grading.tables import new_id

Row = dict[str, Any]


class Writer:
    """Collects what is to be added and changed, and does each in one statement a table."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.added: dict[Table, list[Row]] = {}
        self.changed: dict[tuple[Table, tuple[str, ...]], list[Row]] = {}

    def add(self, table: Table, row: Row) -> Row:
        """A new row, which gets an id of its own."""
        row["id"] = new_id()
        self.added.setdefault(table, []).append(row)
        return row

    def change(self, table: Table, row: Row, **values: Any) -> None:
        """Set columns of a row, where they are other than they were."""
        if any(row[name] != value for name, value in values.items()):
            row |= values
            key = (table, tuple(values))
            self.changed.setdefault(key, []).append({"_id": row["id"], **values})

    def flush(self) -> None:
        """Send it all."""
        for table, rows in self.added.items():
            insert_rows(self.connection, table, rows)
        for (table, names), rows in self.changed.items():
            statement = update(table).where(table.c.id == bindparam("_id"))
            self.connection.execute(
                statement.values({name: bindparam(name) for name in names}), rows
            )


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows, where there are any."""
    if rows:
        connection.execute(insert(table), rows)


def by_notebook(
    connection: Connection, table: Table, notebooks: Sequence[str]
) -> dict[str, dict[str, Row]]:
    """Rows of grades or comments by submitted notebook and cell."""
    found: dict[str, dict[str, Row]] = {}
    for row in connection.execute(
        select(table).where(table.c.notebook_id.in_(notebooks))
    ).mappings():
        found.setdefault(row["notebook_id"], {})[row["cell_id"]] = dict(row)
    return found
