"""The gradebook's database: where it is, and how several programs write it at once.

SQLite in one file beside the course is the default; PostgreSQL is for several machines. The
tables are nbgrader's, and so are the engines: Formgrader and nbgrader's commands make their own.
What has to hold for all of them hangs on SQLAlchemy's "connect" event, which is set up when
``nbgrader_config.py`` asks for :func:`gradebook_url`.

nbgrader is imported only where it is used: that takes seconds, and reading the config file must
not.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from iop_training.errors import GradingError
from iop_training.grading.disks import on_local_disk

FILE = "gradebook.db"
ELSEWHERE = Path("data", "local", "gradebook.url")
"""In a course folder: a line with the URL of a PostgreSQL database. Never committed, and never
copied with the course, so a demonstration can't write into the gradebook of a program."""
BUSY_SECONDS = 60
"""How long a connection waits for another one that writes the file. The 5 that Python gives are
too few while a batch is written, and Formgrader can't go on after such an error."""
TRIES = 12
PATIENCE_SECONDS = 180
_ADVISORY_LOCK = 0x696F705F67620001
"""Names our lock in a PostgreSQL database, among those of other programs."""
_PASSING = {
    "40001": "serialization failure",
    "40P01": "deadlock",
    "55P03": "lock not available",
    "23505": "unique violation: somebody added the same row first",
    "23503": "foreign key violation: somebody removed a row",
    "42P07": "duplicate table: somebody made it first",
    "42710": "duplicate type: somebody made it first",
}
"""PostgreSQL's codes of what is over when the whole transaction is run again."""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_TAKEN = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}

T = TypeVar("T")
_write_ahead: dict[str, bool] = {}
"""The gradebook files that this process knows, and whether each is to have a write-ahead log."""


def gradebook_url(root: Path, write_ahead: bool | None = None) -> str:
    """SQLAlchemy's URL of the course's gradebook, for ``c.CourseDirectory.db_url``: what stands in
    ``data/local/gradebook.url``, else the file ``gradebook.db`` in ``root``.

    From now on every connection of this process to that file waits for others, whoever opens it.
    With a write-ahead log people read while a batch is written, but it spoils a file that several
    machines open over a network: None has one only where the disk is known to be this machine's.
    GradingError for another kind of database.
    """
    if (root / ELSEWHERE).is_file():
        return _postgresql(
            (root / ELSEWHERE).read_text(encoding="utf-8-sig", errors="replace").strip()
        )
    file = os.path.realpath(root / FILE)
    _write_ahead[file] = on_local_disk(Path(file).parent) if write_ahead is None else write_ahead
    if not event.contains(Engine, "connect", _opened):
        event.listen(Engine, "connect", _opened)
    return f"sqlite:///{root / FILE}"


def prepare(url: str, course_id: str) -> None:
    """Make sure that there is a whole gradebook at ``url``.

    nbgrader makes one where it finds none, and two programs that do so at once get in each
    other's way; here one does it and the others wait. What was stopped half-way is completed.
    GradingError when the database can't be opened.
    """
    try:
        if not _is_whole(url, course_id):
            with alone(url):
                retrying(lambda: _make(url, course_id))
    except ImportError as error:
        raise GradingError(
            f"The gradebook is in PostgreSQL, and its driver can't be used: {error}. Run: "
            "python -m pip install 'psycopg[binary]'"
        ) from error
    except SQLAlchemyError as error:
        raise GradingError(
            f"The gradebook at {make_url(url).render_as_string()} can't be opened: "
            f"{_sentence(error)} Nothing was changed."
        ) from error


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Hold the gradebook's one lock, for what takes more than a transaction: making the tables,
    registering a release. Given back when the process dies; GradingError after three minutes.

    With PostgreSQL the server keeps it, so it holds for all machines; with SQLite it is a file
    beside the gradebook. It can't be taken twice by one process.
    """
    from filelock import FileLock, Timeout  # here, since every nbgrader command imports this file

    parts = make_url(url)
    if _is_sqlite(parts):
        try:
            lock = FileLock(f"{parts.database}.lock", PATIENCE_SECONDS, mode=0o666).acquire()
        except Timeout:
            raise _still_busy() from None
        with lock:
            yield
        return
    # Without a transaction around it: servers may end those that do nothing for long.
    engine = create_engine(parts, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            try:
                connection.execute(text(f"SET lock_timeout = '{PATIENCE_SECONDS}s'"))
                connection.execute(text(f"SELECT pg_advisory_lock({_ADVISORY_LOCK})"))
            except DBAPIError as error:
                raise (_still_busy() if is_passing(error) else error) from error
            yield
    finally:
        engine.dispose()


def transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run ``work`` in one transaction that writes, and commit it: all of it happens or nothing.

    ``work`` is run again, from its beginning, when somebody else was in the way, so it must do
    nothing but read and write through the connection. What it read is still so when it commits:
    SQLite gives the right to write before the first reading, PostgreSQL refuses to change a row
    that somebody changed since. GradingError when others are in the way for too long.
    """

    def once() -> T:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                if engine.dialect.name == "sqlite":
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                return work(connection)

    return retrying(once)


def retrying(work: Callable[[], T]) -> T:
    """The result of ``work``, which is run again, whole, while :func:`is_passing` errors come out
    of it: at most 12 times, and not after three minutes. Then GradingError, and for a database
    that doesn't work at all (a full disk, a server that is gone) too."""
    started, attempt = time.monotonic(), 0
    while True:
        attempt += 1
        try:
            return work()
        except Exception as error:
            if is_passing(error):
                if attempt == TRIES or time.monotonic() - started > PATIENCE_SECONDS:
                    raise _still_busy() from error
            elif isinstance(error, OperationalError):
                raise _out_of_order(error) from error
            else:
                raise
        # By chance, so that two who met don't meet again.
        time.sleep(random.uniform(0, min(2.0, 0.02 * 2**attempt)))


def is_passing(error: BaseException | None) -> bool:
    """Whether a database's error is over when the transaction is run again: somebody else was
    writing, or added the same row first, or the connection broke. nbgrader's InvalidEntry stands
    for the error that it was made of."""
    if isinstance(error, _invalid_entry()):
        return is_passing(error.__context__)
    if not isinstance(error, DBAPIError):
        return False
    origin: Any = error.orig
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", 0)
        made = "already exists" in str(origin)
        return code & 0xFF in _BUSY or code in _TAKEN or made
    return error.connection_invalidated or getattr(origin, "sqlstate", None) in _PASSING


def _invalid_entry() -> tuple[type[Exception], ...]:
    """nbgrader's InvalidEntry, once somebody has imported it: before that, none can be raised."""
    api = sys.modules.get("nbgrader.api")
    return (api.InvalidEntry,) if api else ()


def _postgresql(line: str) -> str:
    """The URL with the driver that the extra ``postgres`` installs. The rest stays as it was
    written: nbgrader's ``db upgrade`` can't read the % of an escaped sign."""
    kind, _, rest = line.partition("://")
    if kind in ("postgres", "postgresql", "postgresql+psycopg"):
        with suppress(ArgumentError, ValueError):
            make_url(url := f"postgresql+psycopg://{rest}")
            return url
    raise GradingError(
        f"{ELSEWHERE.as_posix()} does not hold the URL of a PostgreSQL database. It is one line "
        "like postgresql://name@server/database. Without the file the gradebook is "
        f"{FILE} in the course's folder."
    )


def _opened(connection: Any, _record: object) -> None:
    """Set up a new connection of any engine, if it is to one of our files."""
    if not isinstance(connection, sqlite3.Connection):
        return
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    wanted = _write_ahead.get(os.path.realpath(file)) if file else None
    if wanted is None:
        return
    # The file remembers its mode. When others are using it, the change is left to the next one.
    connection.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):
        mode = "wal" if wanted else "delete"
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != mode:
            connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _is_whole(url: str, course_id: str) -> bool:
    """Whether everything is there that nbgrader makes in an empty database."""
    parts = make_url(url)
    if _is_sqlite(parts) and not Path(parts.database or "").is_file():
        return False
    course = text("SELECT 1 FROM course WHERE id = :id")
    engine = create_engine(parts)
    try:
        with engine.connect() as connection:
            return _has_version(connection) and bool(
                connection.execute(course, {"id": course_id}).first()
            )
    finally:
        engine.dispose()


def _make(url: str, course_id: str) -> None:
    """As nbgrader makes it, without the seconds that asking alembic's program for the number takes.
    nbgrader numbers only a database without any table, so the number comes with the tables."""
    from alembic.script import ScriptDirectory
    from nbgrader.api import Base, Gradebook
    from nbgrader.dbutil import ALEMBIC_DIR

    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            if not _has_version(connection):
                connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
                connection.execute(
                    text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
                )
                number = ScriptDirectory(ALEMBIC_DIR).get_current_head()
                connection.execute(
                    text("INSERT INTO alembic_version VALUES (:number)"), {"number": number}
                )
    finally:
        engine.dispose()
    with Gradebook(url, course_id):
        pass


def _has_version(connection: Connection) -> bool:
    return inspect(connection).has_table("alembic_version") and bool(
        connection.execute(text("SELECT 1 FROM alembic_version")).first()
    )


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _sentence(error: SQLAlchemyError) -> str:
    """What the database said, in one line with a full stop."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return f"{said[0].rstrip('.')}." if said else f"{type(error).__name__}."


def _out_of_order(error: SQLAlchemyError) -> GradingError:
    return GradingError(
        f"The gradebook can't be used: {_sentence(error)} Nothing that was written is lost. Mend "
        "that and run it again; it goes on where it stopped."
    )


def _still_busy() -> GradingError:
    return GradingError(
        "The gradebook is busy: other programs have been writing it for minutes. Nothing is lost. "
        "Wait until they are done, or end those that hang, and run it again."
    )
