"""All that is PostgreSQL's own: its address, locks, the append-only triggers, and its errors in plain words.

The address is `postgresql://user:password@host:port/database`, with libpq's parameters behind a question
mark. Two are ours: `schema=NAME` keeps the tables in a schema of that name, and `raw=FOLDER` says where the
raw bytes lie; without it they lie in the user's data folder, under the database's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from oskil.errors import LedgerBroken, LedgerError
from oskil.ledger.raw import RawFolder
from oskil.ledger.schema import metadata

BUSY_SECONDS = 30
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")

# By the beginning of SQLSTATE, the longer first:
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_WORDS = {
    "53100": "the disk of the database is full; nothing of this was added",
    "53300": "the database has too many connections",
    "55P03": f"another process has held the ledger for over {BUSY_SECONDS} seconds",
    "57P03": "the database is starting or stopping",
    "57P": "the database was stopped; nothing of this was added",
    "42501": "the ledger may not be used by this user of the database",
    "25006": "the database is read-only",
    "3D000": "there is no database of this name",
    "28": "the database does not let this user in",
    "08": "the connection to the database broke",
    "53": "the database has no room left; nothing of this was added",
    "54000": "a text is too big for the ledger",
}
_GUARD = "oskil_append_only"
_GUARD_BODY = "BEGIN RAISE EXCEPTION 'the ledger is append-only: %', TG_TABLE_NAME; END"


def speaks(address: str) -> bool:
    """Whether this is an address of PostgreSQL."""
    return address.startswith(("postgresql://", "postgres://"))


class PostgreSQL:
    """A database of a server, with the raw bytes in a folder of this machine."""

    def __init__(self, address: str) -> None:
        self._url, self._schema, folder = _parts(address)
        self.where = self._url.set(drivername="postgresql").render_as_string(hide_password=True)
        if self._schema:
            self.where += f" (schema {self._schema})"
        self.raw = RawFolder(folder or _folder_of(self._url, self._schema))

    def check(self, create: bool) -> None:
        """Raises LedgerError where the server or the database cannot be reached, or holds no ledger."""
        engine = self.engine()
        try:
            with engine.connect() as connection:
                encoding = connection.scalar(text("SHOW server_encoding"))
                if encoding != "UTF8":
                    raise LedgerError(f"the database must be of encoding UTF8, not {encoding}", self.where)
                there = connection.scalar(text("SELECT to_regclass('entries')"))
                if there is None and not create:
                    raise LedgerError("there is no ledger here", self.where)
                if self._schema and create:
                    _make_schema(connection, self._schema)
        except DBAPIError as error:
            raise self.explain(error) from error
        finally:
            engine.dispose()

    def engine(self) -> Engine:
        """An engine for the database."""
        try:
            engine = create_engine(self._url, pool_size=2, connect_args={"connect_timeout": 10})
        except ImportError as error:
            raise LedgerError("PostgreSQL needs psycopg: install oskil[postgres]", self.where) from error
        except NoSuchModuleError as error:
            raise LedgerError("this address names an unknown driver", self.where) from error
        event.listen(engine, "connect", self._set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def _set_up(self, connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            if self._schema:
                cursor.execute(f"SET search_path TO {self._schema}")
            cursor.execute("SET timezone TO 'UTC'")
            # Acknowledged is on the disk, whatever the server's own setting.
            cursor.execute("SET synchronous_commit TO on")
        connection.commit()

    def insert(self, connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add many rows by COPY, which is several times faster than INSERT."""
        names = table.columns.keys()
        driver: Any = connection.connection.driver_connection
        try:
            with driver.cursor() as cursor, cursor.copy(_copying(table)) as copy:
                for row in rows:
                    copy.write_row([row[name] for name in names])
        except driver.Error as error:
            raise DBAPIError(_copying(table), None, error) from error

    def protect(self, connection: Connection) -> None:
        """Make the database refuse UPDATE, DELETE and TRUNCATE on every table."""
        body = _GUARD_BODY.replace("%", "%%")
        make = f"CREATE OR REPLACE FUNCTION {_GUARD}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        connection.exec_driver_sql(make)
        for statement in _triggers().values():
            connection.exec_driver_sql(statement)

    def upgrade(self, connection: Connection, version: int) -> None:
        """No version but the present one was ever laid out here."""
        raise LedgerError(f"schema {version} was never one of PostgreSQL's", self.where)

    def damage(self, connection: Connection) -> list[str]:
        """The append-only triggers that are gone, altered or switched off."""
        there = connection.execute(
            text(
                "SELECT t.tgname, t.tgenabled, t.tgtype, c.relname, p.prosrc FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
            )
        )
        # tgtype: 1 row, 2 before, 8 delete, 16 update, 32 truncate (PostgreSQL's pg_trigger.h).
        kinds = {"no_update": 1 + 2 + 16, "no_delete": 1 + 2 + 8, "no_truncate": 2 + 32}
        found = {
            (row.relname, row.tgname)
            for row in there
            if row.tgenabled in ("O", "A")
            and row.prosrc == _GUARD_BODY
            and kinds.get(str(row.tgname).removeprefix(f"{row.relname}_")) == row.tgtype
        }
        return [
            f"the trigger {name}, which keeps rows from being changed, is gone or altered"
            for table, name in _triggers()
            if (table, name) not in found
        ]

    def settled(self, engine: Engine) -> None:
        """Count what the tables hold, by samples, for the planner."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(f"ANALYZE {table.name}")

    def explain(self, error: DBAPIError) -> LedgerError:
        """The error in one clear line."""
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state.startswith("XX"):
            return LedgerBroken("the database is damaged", self.where)
        for prefix, words in _WORDS.items():
            if state.startswith(prefix):
                return LedgerError(words, self.where)
        lines = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
        said = " ".join(lines[-1].split())[:150]
        reason = "cannot be reached" if not state else "cannot be used"
        return LedgerError(f"the database {reason}: {said}", self.where)


def _make_schema(connection: Connection, schema: str) -> None:
    # Two at once would both find none, and one of them fail. Who finds one needs no right to make it.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('oskil schemas'))"))
    if connection.scalar(text(f"SELECT to_regnamespace('{schema}')")) is None:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    connection.commit()


def _parts(address: str) -> tuple[URL, str, Path | None]:
    try:
        url = make_url(address.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:
        raise LedgerError("not an address of a database", "postgresql://") from error
    query = dict(url.query)
    schema, folder = query.pop("schema", ""), query.pop("raw", None)
    if schema and not (isinstance(schema, str) and _SCHEMA.fullmatch(schema)):
        raise LedgerError("a schema's name is small letters, digits and _", "schema=")
    url = url.set(drivername="postgresql+psycopg", query=query)
    return url, str(schema), Path(str(folder)).expanduser() if folder else None


def _folder_of(url: URL, schema: str) -> Path:
    from platformdirs import user_data_dir

    name = "-".join(part for part in (url.host or "local", url.database or "", schema) if part)
    return Path(user_data_dir("oskil")) / "raw" / re.sub(r"[^\w.-]+", "_", name)


@cache
def _copying(table: Table) -> str:
    return f"COPY {table.name} ({', '.join(table.columns.keys())}) FROM STDIN"


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        # One lock for all who write here, taken before anything is looked at.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('oskil ' || current_schema()))")
    elif connection.get_isolation_level() != "AUTOCOMMIT":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _triggers() -> dict[tuple[str, str], str]:
    statements = {}
    for table in metadata.sorted_tables:
        for verb, level in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{table.name}_no_{verb.lower()}"
            statements[table.name, name] = (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} "
                f"FOR EACH {level} EXECUTE FUNCTION {_GUARD}()"
            )
    return statements
